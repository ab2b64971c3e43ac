import { here } from "../recording/origin.ts";
import { withRecord, type RoleRecord } from "../recording/records.ts";
import type { Role } from "./scopes.ts";

/**
 * Who may do something.
 *
 * @param name As it stands in tokens and contracts.
 * @param actor The entity whose rows are the people in this role: `me.id` is the id of such a row.
 * @param facts `signUp: true` lets anybody take the role by signing up; every other role is granted.
 * @example
 * export const customer = role("customer", User, { signUp: true });
 */
export const role: {
  <const N extends string>(name: N): Role<N, never>;
  <const N extends string, Actor extends string>(
    name: N,
    actor: { readonly kind: "entity"; readonly name: Actor },
    facts?: { readonly signUp?: true },
  ): Role<N, Actor>;
} = (name: string, actor?: { name: string }, facts: { signUp?: true } = {}): never => {
  const record: RoleRecord = { kind: "role", place: here(), name, ...(actor && { actor }), ...facts };
  return withRecord({ kind: "role", name, actor: actor?.name }, record) as never; // The overloads above say what it is.
};
