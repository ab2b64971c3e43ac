import { availableParallelism } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { credentialFields } from "@archwright/model";
import { createGuardedCall } from "@archwright/resilience";
import { hash, verify } from "@node-rs/argon2";
import { ProblemError } from "../problem.ts";

export interface Passwords {
  hash(password: string): Promise<string>;
  /** Takes as long for an account that does not exist. */
  matches(password: string, passwordHash: string | undefined): Promise<boolean>;
}

export interface PasswordOptions {
  /** Passwords that are hashed at the same moment, each with 19 MiB and a thread of its own. By default half as many as there are processors, and four at most. */
  readonly atOnceMax?: number;
  /** Further ones that may wait; the rest is told to come back. */
  readonly waitingMax?: number;
}

/**
 * Hashes passwords with argon2id, few at a time: each takes a thread and memory for tens of milliseconds, so that a flood of sign-ins
 * would otherwise take both from everybody else. Whoever finds no place within some seconds gets `GuardedCallError`.
 */
export function createPasswords({ atOnceMax = halfOfTheProcessors(), waitingMax = 200 }: PasswordOptions = {}): Passwords {
  const turns = createGuardedCall(
    {
      callee: "password hashing",
      timeoutMs: 10_000,
      retriesMax: 0,
      classify: () => ({ retryable: false, calleeAtFault: false }),
      bulkhead: { inFlightMax: atOnceMax, waitersMax: waitingMax, waitMs: 5_000 },
    },
    {
      now: () => performance.now(),
      random: Math.random,
      sleep: (ms, signal) => sleep(ms, undefined, { ref: false, ...(signal && { signal }) }),
    },
  );
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => turns.call(work, { idempotent: false });
  const hashNow = (password: string): Promise<string> => hash(normal(password), owasp);
  // Nobody's password: verifying it is the work that an unknown email costs too.
  const decoy = hashNow("no account has this password");
  decoy.catch(() => undefined); // Whoever awaits it hears of it.
  return {
    hash: (password) => inTurn(() => hashNow(password)),
    async matches(password, passwordHash) {
      const matched = await inTurn(async () => verify(passwordHash ?? (await decoy), normal(password)));
      return matched && passwordHash !== undefined;
    },
  };
}

/** The other half serves everybody else, whatever the flood. */
const halfOfTheProcessors = (): number => Math.min(4, Math.max(1, Math.floor(availableParallelism() / 2)));

/** The contract says it, and it is checked again for those who come another way. */
const lengthMin = Number(credentialFields.find(({ name }) => name === "password")?.min ?? 8);

/** @throws ProblemError when the password is the email itself, or too short once it is written in one way. */
export function assertPassword(password: string, email: string): void {
  const written = normal(password);
  if (written.toLowerCase() === normal(email).toLowerCase()) throw refused("must not be the email");
  if (Array.from(written).length < lengthMin) throw refused(`must have at least ${lengthMin} characters`);
}

// https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html, argon2id; the algorithm is the library's default.
const owasp = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** The same password typed on two keyboards is the same text. */
const normal = (password: string): string => password.normalize("NFKC");

function refused(message: string): ProblemError {
  return new ProblemError("invalid-input", 400, { detail: `The password ${message}.`, fields: [{ path: "password", message }] });
}
