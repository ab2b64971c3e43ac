import type { Statement } from "../database/batch.ts";
import type { Pool } from "../database/pool.ts";
import { ProblemError } from "../problem.ts";
import { keepClaimedAnswer, keepClaimedProblem, releaseKey, renewClaim, type KeyedRequest } from "./idempotency.ts";
import { isOutcome } from "./outcome.ts";
import type { Answer } from "./seams.ts";

export interface ClaimOptions {
  readonly pool: Pool;
  readonly keyed: KeyedRequest;
  /** Until when it is held, as the database says it: by this a holder is known. */
  readonly heldUntil: string;
  readonly leaseMs: number;
}

/**
 * An Idempotency-Key that a run holds while it takes several transactions. The lease is short and renewed while the run works, so that
 * the key of a process that died is soon free again. Who has been overtaken, as after a pause of his whole process, keeps nothing: his
 * last transaction fails.
 */
export class Claim {
  readonly #options: ClaimOptions;
  readonly #timer: NodeJS.Timeout;
  #heldUntil: string;
  #renewing: Promise<void> = Promise.resolve();

  constructor(options: ClaimOptions) {
    this.#options = options;
    this.#heldUntil = options.heldUntil;
    const endsMs = performance.now() + heldMaxMs;
    this.#timer = setInterval(() => {
      if (performance.now() > endsMs) clearInterval(this.#timer);
      else this.#renewing = this.#renewing.then(() => this.#renew());
    }, options.leaseMs / 3).unref();
  }

  /** What keeps the answer, in the transaction of its effect, if nobody has overtaken this run. */
  async keep(answer: Answer): Promise<Statement> {
    await this.#settle();
    return keepClaimedAnswer(this.#options.keyed, this.#heldUntil, answer);
  }

  /** Ends the claim of a run that failed: with what is an answer to the request, or so that it may be sent again. */
  async fail(error: unknown): Promise<void> {
    await this.#settle();
    const { pool, keyed } = this.#options;
    const end =
      error instanceof ProblemError && isOutcome(error)
        ? keepClaimedProblem(keyed, this.#heldUntil, error)
        : releaseKey(keyed, this.#heldUntil);
    // Without a database there is nobody to tell, and the lease runs out by itself.
    await pool.read([end]).catch(() => undefined);
  }

  async #settle(): Promise<void> {
    clearInterval(this.#timer);
    await this.#renewing;
  }

  async #renew(): Promise<void> {
    const { pool, keyed, leaseMs } = this.#options;
    try {
      const [renewed] = await pool.read([renewClaim(keyed, this.#heldUntil, leaseMs)]);
      const heldUntil: unknown = renewed?.rows[0]?.["held_until"];
      if (typeof heldUntil === "string") this.#heldUntil = heldUntil;
    } catch {
      // The next renewal may get through. If none does, another run may take over, and this one finds out at its end.
    }
  }
}

/** Code that is still at work after this long is taken for stuck. */
const heldMaxMs = 60_000;
