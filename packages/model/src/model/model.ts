import type { Expression } from "../expressions/expression.ts";
import type { Body } from "./body.ts";
import type { Field } from "./field.ts";
import type { Quantity } from "./quantity.ts";

/**
 * The canonical model: plain, frozen data, sorted by id, the same bytes for the same meaning. Everything in Archwright reads this and nothing else.
 * Items name each other by id: `orders.Order`, `orders.placeOrder`, `orders.OrderPlaced`, `stripe.createPaymentIntent`, `stripe.payment_intent.succeeded`.
 */
export interface Model {
  readonly version: typeof modelVersion;
  readonly name: string;
  readonly requirements: Requirements;
  readonly contexts: readonly Context[];
  readonly roles: readonly Role[];
  readonly entities: readonly Entity[];
  readonly operations: readonly Operation[];
  readonly events: readonly Event[];
  readonly integrations: readonly Integration[];
  readonly reactions: readonly Reaction[];
  readonly messages: readonly Message[];
  readonly jobs: readonly Job[];
  /** Where each item was written, by the path of the item: `orders.Order`, `orders.Order.buyer`, `orders.Order.access.0`. Not part of the hash. */
  readonly origins: { readonly [path: string]: Origin };
}

export const modelVersion = 1;

export interface Origin {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** Findings that the author accepts on an item, by code, each with the reason. */
export type Accepted = { readonly [code: string]: string };

export interface Requirements {
  /** People or devices that use it in a month. */
  readonly users?: Quantity;
  /** `largestShare` is the share of the load that the largest tenant makes. */
  readonly tenants?: { readonly count: Quantity; readonly largestShare?: Quantity };
  readonly clients: readonly string[];
  readonly team?: Quantity;
  readonly skills: readonly string[];
  readonly budget?: { readonly perMonth: Quantity; readonly currency: string };
  readonly region?: string;
  readonly comply: readonly string[];
  /** A share: 0.999 for '99.9%'. */
  readonly availability?: number;
  readonly rpoMs?: number;
  readonly rtoMs?: number;
  readonly load: readonly Load[];
  /** A share of today's load, which may be more than 1: 1.5 for '150%'. */
  readonly growthPerYear?: Quantity;
  readonly pins: readonly Pin[];
  readonly accept: Accepted;
}

export interface Load {
  readonly operation: string;
  readonly meanPerSecond: Quantity;
  readonly peakPerSecond?: Quantity;
}

export interface Pin {
  readonly decision: string;
  readonly choose: string;
  readonly because: string;
}

export interface Context {
  readonly name: string;
  readonly owner?: string;
  readonly domain?: "core" | "supporting" | "generic";
  /** A share, where it is not that of the whole system. */
  readonly availability?: number;
  readonly accept: Accepted;
}

export interface Role {
  readonly name: string;
  /** The entity whose rows are the people (or programs) in this role. */
  readonly actor?: string;
  /** Whether anybody may take the role by signing up. */
  readonly signUp?: true;
}

export interface Entity {
  readonly id: string;
  readonly context: string;
  readonly name: string;
  readonly fields: readonly Field[];
  readonly access: readonly AccessRule[];
  readonly invariants: readonly Invariant[];
  /** The field that names the tenant. */
  readonly tenant?: string;
  readonly indexes: readonly (readonly string[])[];
  /** `most` is how many rows belong to the one owner who has most of them. */
  readonly expected?: { readonly rows: Quantity; readonly growthPerSecond?: Quantity; readonly most?: Quantity };
  readonly accept: Accepted;
}

export type Action = "read" | "list" | "create" | "update" | "delete";

export interface AccessRule {
  readonly role: string;
  readonly can: readonly Action[];
  /** The only fields that the rule lets a role write. */
  readonly only?: readonly string[];
  /** Over the variables `row` and `me`. */
  readonly where?: Expression;
}

export interface Invariant {
  readonly statement: string;
  /** Over the variable `row`. */
  readonly holds: Expression;
}

export type Allow = { readonly kind: "anyone" | "system" } | { readonly kind: "roles"; readonly roles: readonly string[] };

export type Returns =
  | { readonly kind: "nothing" }
  | { readonly kind: "entity"; readonly entity: string }
  | { readonly kind: "field"; readonly field: Field }
  | { readonly kind: "record"; readonly fields: readonly Field[] };

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

export type Implementation =
  | { readonly kind: "body"; readonly body: Body }
  | { readonly kind: "handler" }
  /** A design that waits for its code: checked and drawn, refused by `start`. */
  | { readonly kind: "none" };

export interface Operation {
  readonly kind: "command" | "query";
  readonly id: string;
  readonly context: string;
  readonly name: string;
  /** As the author wrote it, if he did. `routesOf` gives the one in force. */
  readonly http?: { readonly method: Method; readonly path: string };
  readonly input: readonly Field[];
  readonly returns: Returns;
  readonly allow: Allow;
  /** Whether `allow` was written, or is the default that everybody may. */
  readonly allowSaid: boolean;
  readonly errors: readonly { readonly name: string; readonly status: number }[];
  /** Entities and views. Declared by a handler, read off a body. */
  readonly reads: readonly string[];
  readonly writes: readonly string[];
  /** Operations of other contexts and calls of integrations, each a transaction of its own. */
  readonly calls: readonly string[];
  /** Operations that run inside this one's transaction. */
  readonly atomic: readonly string[];
  readonly emits: readonly string[];
  /** Undefined where the author did not say. */
  readonly idempotent?: "required" | "natural" | "no";
  readonly staleMs?: number;
  readonly slo?: { readonly p50Ms?: number; readonly p99Ms: number; readonly availability?: number };
  readonly implementation: Implementation;
  readonly deprecated?: string;
  readonly accept: Accepted;
}

export interface Event {
  readonly id: string;
  /** The context that emits it, or undefined for the webhook of an integration. */
  readonly context?: string;
  readonly integration?: string;
  readonly name: string;
  readonly fields: readonly Field[];
  readonly accept: Accepted;
}

export interface Integration {
  readonly name: string;
  readonly calls: readonly ExternalCall[];
  /** Ids of the events that it sends us. */
  readonly webhooks: readonly string[];
  readonly verify?: "signature" | "mtls" | "token";
  /** What it holds in our stead: 'card number'. */
  readonly holds: readonly string[];
  readonly onFailure?: FailurePolicy;
  readonly accept: Accepted;
}

export interface FailurePolicy {
  readonly timeoutMs?: number;
  readonly retries: number;
  readonly breaker?: { readonly openShare: number; readonly overMs: number };
  readonly then: "fail" | "queue" | "degrade";
}

export interface ExternalCall {
  readonly id: string;
  readonly name: string;
  readonly input: readonly Field[];
  readonly returns: readonly Field[];
  readonly p50Ms: Quantity;
  readonly p99Ms: Quantity;
  readonly limitPerSecond?: Quantity;
  /** A share: 0.999 for '99.9%'. */
  readonly availability?: number;
  readonly idempotencyKey?: true;
}

/** `Orders.on(event, command, map)`. */
export interface Reaction {
  readonly id: string;
  readonly context: string;
  readonly event: string;
  readonly command: string;
  /** The command's input, field by field, over the variable `event`; absent where the event's fields are the input. */
  readonly input?: { readonly [field: string]: Expression };
}

export interface Message {
  readonly id: string;
  readonly context: string;
  readonly name: string;
  readonly event: string;
  /** The id of an actor, over the variable `event`. */
  readonly to: Expression;
  readonly by: readonly ("email" | "sms" | "push")[];
  readonly subject: string;
  readonly text: string;
  readonly withinMs?: number;
  readonly optOut?: true;
}

export interface Job {
  readonly id: string;
  readonly context: string;
  readonly name: string;
  readonly when:
    | { readonly kind: "every"; readonly everyMs: number }
    | { readonly kind: "cron"; readonly cron: string; readonly zone: string };
  readonly does: { readonly kind: "body"; readonly body: Body } | { readonly kind: "command"; readonly command: string };
  readonly reads: readonly string[];
  readonly writes: readonly string[];
  readonly atomic: readonly string[];
  readonly emits: readonly string[];
  readonly accept: Accepted;
}
