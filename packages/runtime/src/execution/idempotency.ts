import { createHash } from "node:crypto";
import { canonicalJson, type JsonValue } from "@archwright/model";
import type { Result, Statement } from "../database/batch.ts";
import { DatabaseFailure } from "../database/failure.ts";
import { ProblemError } from "../problem.ts";
import type { Answer, Caller } from "./seams.ts";

/** One caller's key for one operation, and what was asked with it. */
export interface KeyedRequest {
  readonly caller: string;
  readonly operation: string;
  readonly key: string;
  readonly requestHash: Buffer;
}

/** Keys are the caller's own: another caller's equal key is another key. */
export function keyedRequest(caller: Caller, operation: string, key: string, input: JsonValue): KeyedRequest {
  const requestHash = createHash("sha256").update(canonicalJson(input)).digest();
  return { caller: `${caller.role}:${caller.id ?? ""}`, operation, key, requestHash };
}

/** Takes the key for as long as the transaction lasts, and looks up what was answered to it before. */
export function takeKey({ caller, operation, key }: KeyedRequest): readonly Statement[] {
  return [
    { text: "select pg_try_advisory_xact_lock(hashtextextended($1, 0)) as taken", values: [JSON.stringify([caller, operation, key])] },
    { text: selectRecord, values: [caller, operation, key] },
  ];
}

/** The earlier answer, or nothing when the request may run now. */
export function earlierAnswer(request: KeyedRequest, [lock, found]: readonly Result[]): Answer | undefined {
  if (lock?.rows[0]?.["taken"] !== true) throw inFlight();
  const record = found?.rows[0];
  if (!record) return undefined;
  const hash = record["request_hash"];
  if (!Buffer.isBuffer(hash) || !hash.equals(request.requestHash)) throw reused();
  if (record["state"] === "running") throw inFlight();
  const [status, text] = [Number(record["status"]), record["body"]];
  const body = typeof text === "string" ? (JSON.parse(text) as JsonValue) : undefined; // We wrote it as JSON.
  if (status >= 400) throw replayedProblem(status, body as unknown as StoredProblem); // Written by keepFailure.
  return { status, body, replayed: true };
}

interface StoredProblem {
  readonly code: string;
  readonly detail?: string;
}

function replayedProblem(status: number, { code, detail }: StoredProblem): ProblemError {
  return new ProblemError(code, status, { replayed: true, ...(detail !== undefined && { detail }) });
}

/** Keeps the answer, in the transaction of its effect. */
export function keepAnswer({ caller, operation, key, requestHash }: KeyedRequest, { status, body }: Answer): Statement {
  return {
    text: `insert into archwright.idempotency (caller, operation, key, request_hash, state, status, body, leased_until, created_at)
      values ($1, $2, $3, $4, 'done', $5, $6, now(), now())
      on conflict (caller, operation, key) do update set state = 'done', status = excluded.status, body = excluded.body`,
    values: [caller, operation, key, requestHash, status, body === undefined ? null : JSON.stringify(body)],
  };
}

/**
 * Keeps a failure that answers the request. It comes after the transaction was rolled back, so another request with the key may have
 * succeeded meanwhile, or be at work: then it is for that one to say.
 */
export function keepFailure(request: KeyedRequest, problem: ProblemError): Statement {
  const kept = keepAnswer(request, asAnswer(problem));
  return { ...kept, text: `${kept.text} where idempotency.state = 'running' and idempotency.leased_until < now()` };
}

const asAnswer = ({ code, status, detail }: ProblemError): Answer => ({ status, body: { code, ...(detail !== undefined && { detail }) } });

/**
 * Marks a request as running for longer than one transaction, as a handler that calls a third party does. A run that died loses its claim
 * when the lease is over; the third party then sees the same key of its own again. Answers `held_until`, by which the holder is known.
 */
export function claimKey({ caller, operation, key, requestHash }: KeyedRequest, leaseMs: number): Statement {
  return {
    text: `insert into archwright.idempotency (caller, operation, key, request_hash, state, leased_until, created_at)
      values ($1, $2, $3, $4, 'running', now() + $5 * interval '1 millisecond', now())
      on conflict (caller, operation, key) do update set leased_until = excluded.leased_until, request_hash = excluded.request_hash
      returning leased_until::text as held_until`,
    values: [caller, operation, key, requestHash, leaseMs],
  };
}

export function renewClaim(request: KeyedRequest, heldUntil: string, leaseMs: number): Statement {
  return {
    text: `update archwright.idempotency set leased_until = now() + $5 * interval '1 millisecond' where ${isHeld} returning leased_until::text as held_until`,
    values: [...holder(request, heldUntil), leaseMs],
  };
}

/** As with deliveries: who has been overtaken divides by zero, and takes his effect back. */
export function keepClaimedAnswer(request: KeyedRequest, heldUntil: string, { status, body }: Answer): Statement {
  return {
    text: `with kept as (update archwright.idempotency set state = 'done', status = $5, body = $6 where ${isHeld} returning 1)
      select 1 / (select count(*) from kept) as kept_the_claimed_answer`,
    values: [...holder(request, heldUntil), status, body === undefined ? null : JSON.stringify(body)],
  };
}

/** Whether a transaction failed because another run had taken its key over. */
export function isOvertaken(error: unknown): boolean {
  return error instanceof DatabaseFailure && error.sqlState === "22012" && error.statement?.includes("kept_the_claimed_answer") === true;
}

export function keepClaimedProblem(request: KeyedRequest, heldUntil: string, problem: ProblemError): Statement {
  const { status, body } = asAnswer(problem);
  return {
    text: `update archwright.idempotency set state = 'done', status = $5, body = $6 where ${isHeld}`,
    values: [...holder(request, heldUntil), status, JSON.stringify(body)],
  };
}

export function releaseKey(request: KeyedRequest, heldUntil: string): Statement {
  return { text: `delete from archwright.idempotency where ${isHeld}`, values: holder(request, heldUntil) };
}

const isHeld = "caller = $1 and operation = $2 and key = $3 and state = 'running' and leased_until = $4::timestamptz";
const holder = ({ caller, operation, key }: KeyedRequest, heldUntil: string): readonly string[] => [caller, operation, key, heldUntil];

// A claim whose lease is over is as good as none.
const selectRecord = `select request_hash, state, status, body from archwright.idempotency
  where caller = $1 and operation = $2 and key = $3 and (state = 'done' or leased_until > now())`;

export function inFlight(): ProblemError {
  return new ProblemError("in-flight", 409, {
    detail: "A request with this Idempotency-Key is still running. Repeat it in a moment to get its answer.",
    retryAfterMs: 1_000,
  });
}

function reused(): ProblemError {
  return new ProblemError("key-reused", 422, {
    detail: "This Idempotency-Key came with another request before. Send the same request again, or take a new key.",
  });
}
