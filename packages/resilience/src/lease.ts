import { assertInRange, assertInstant, durationRange } from "./range.ts";

/** Who may work on a thing, until when. It is data: a row that a claim, renewal or release changes under a lock or by compare-and-set. */
export interface Lease {
  /** Grows with every claim and never shrinks, also when the lease is free: the number that fences off an earlier holder. */
  readonly token: number;
  /** Undefined if nobody holds it. */
  readonly owner: string | undefined;
  /** The first instant at which it is held no more, in milliseconds of the clock that all holders share. */
  readonly expiresAtMs: number;
}

export interface LeaseClaim {
  readonly owner: string;
  readonly nowMs: number;
  /** How long the lease is to last, in milliseconds: 1 to 86,400,000. Renew it at a third of that. */
  readonly leaseMs: number;
}

export interface LeaseRenewal extends LeaseClaim {
  /** The token that the claim gave. */
  readonly token: number;
}

export type LeaseDecision =
  | { readonly kind: "granted"; readonly lease: Lease }
  | { readonly kind: "held"; readonly owner: string; readonly retryAfterMs: number }
  | { readonly kind: "lost"; readonly because: "expired" | "released" | "claimed by another" };

/** A lease that nobody has ever held. */
export const freshLease: Lease = { token: 0, owner: undefined, expiresAtMs: 0 };

/**
 * Claims a lease that is free or expired. The holder itself cannot claim again before its lease has ended: two workers under one name are
 * two workers.
 *
 * @throws RangeError if a time is out of its range.
 *
 * @example
 * claimLease(freshLease, { owner: "worker-1", nowMs: 0, leaseMs: 30_000 });
 * // { kind: "granted", lease: { token: 1, owner: "worker-1", expiresAtMs: 30000 } }
 */
export function claimLease(lease: Lease, { owner, nowMs, leaseMs }: LeaseClaim): LeaseDecision {
  assertInstant(nowMs);
  assertInRange("leaseMs", leaseMs, durationRange);
  if (lease.owner !== undefined && nowMs < lease.expiresAtMs) {
    return { kind: "held", owner: lease.owner, retryAfterMs: lease.expiresAtMs - nowMs };
  }
  return { kind: "granted", lease: { token: lease.token + 1, owner, expiresAtMs: nowMs + leaseMs } };
}

/**
 * Prolongs a lease that its holder still has. One that has expired is lost even if nobody has claimed it since: whoever was late once must
 * read the state of its work again, as any new holder does.
 *
 * @throws RangeError if a time is out of its range.
 *
 * @example
 * const lease = { token: 1, owner: "worker-1", expiresAtMs: 30_000 };
 * renewLease(lease, { owner: "worker-1", token: 1, nowMs: 30_000, leaseMs: 30_000 }); // { kind: "lost", because: "expired" }
 */
export function renewLease(lease: Lease, { owner, token, nowMs, leaseMs }: LeaseRenewal): LeaseDecision {
  assertInstant(nowMs);
  assertInRange("leaseMs", leaseMs, durationRange);
  if (!holdsLease(lease, { owner, token })) {
    return { kind: "lost", because: lease.owner === undefined ? "released" : "claimed by another" };
  }
  if (nowMs >= lease.expiresAtMs) {
    return { kind: "lost", because: "expired" };
  }
  // A renewal that arrives late or asks for less must not take away what was granted already.
  return { kind: "granted", lease: { ...lease, expiresAtMs: Math.max(lease.expiresAtMs, nowMs + leaseMs) } };
}

/**
 * Frees a lease, if it is still this holder's; otherwise it stays as it is.
 *
 * @example
 * releaseLease({ token: 1, owner: "worker-1", expiresAtMs: 30_000 }, { owner: "worker-1", token: 1 });
 * // { token: 1, owner: undefined, expiresAtMs: 0 }
 */
export function releaseLease(lease: Lease, holder: { readonly owner: string; readonly token: number }): Lease {
  return holdsLease(lease, holder) ? { token: lease.token, owner: undefined, expiresAtMs: 0 } : lease;
}

/**
 * Whether a thing that has seen `highestToken` may accept a write under `token`. The thing that is written to must ask this, and remember
 * the highest token: a holder that was paused past its lease believes that it still has it.
 *
 * @example
 * fenceAdmits(7, 6); // false: the writer of token 6 has been replaced
 */
export function fenceAdmits(highestToken: number, token: number): boolean {
  return token >= highestToken;
}

function holdsLease(lease: Lease, holder: { readonly owner: string; readonly token: number }): boolean {
  return lease.token === holder.token && lease.owner === holder.owner;
}
