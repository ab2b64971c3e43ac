import type { Field } from "../model/field.ts";
import type { Origin, Returns } from "../model/model.ts";
import type { Place } from "./origin.ts";

/**
 * What the language keeps behind each of its values, out of the author's sight: the facts as he said them and the place.
 * `assemble` reads these; nothing else does.
 */
const record: unique symbol = Symbol("record");

export interface RecordBase {
  readonly kind: string;
  readonly place: Place;
}

export interface EntityRecord extends RecordBase {
  readonly id: string;
  readonly context: string;
  readonly name: string;
  readonly fields: readonly Field[];
  readonly origins: ReadonlyMap<string, Origin>;
  readonly said: EntitySaid;
  /** Rules that `context.access` adds later. */
  readonly laterAccess: GrantSaid[];
}

export interface OperationRecord extends RecordBase {
  readonly kind: "operation";
  readonly type: "command" | "query" | "call";
  readonly id: string;
  readonly context?: string;
  readonly name: string;
  readonly input: readonly Field[];
  readonly origins: ReadonlyMap<string, Origin>;
  readonly returns: Returns;
  readonly returnedEntity?: object;
  readonly said: OperationSaid;
  /** The integration of an external call. */
  readonly integration?: object;
}

export interface EntitySaid {
  readonly access?: readonly GrantSaid[];
  readonly invariants?: { readonly [statement: string]: (row: never) => unknown };
  readonly tenant?: string;
  readonly index?: readonly (readonly string[])[];
  readonly expect?: { readonly rows: unknown; readonly growth?: unknown; readonly most?: unknown };
  readonly accept?: { readonly [code: string]: string };
}

export interface GrantSaid {
  readonly role: object;
  readonly can: readonly string[];
  readonly only?: readonly string[];
  readonly where?: (row: never, me: never) => unknown;
  readonly place?: Place;
}

/** The facts of a command, a query or a job as the author wrote them. */
export interface OperationSaid {
  readonly http?: string;
  readonly input?: { readonly [name: string]: unknown };
  readonly returns?: unknown;
  readonly allow?: "anyone" | "system" | readonly object[];
  readonly errors?: { readonly [name: string]: number };
  readonly reads?: readonly object[];
  readonly writes?: readonly object[];
  readonly atomic?: readonly object[];
  readonly calls?: readonly object[];
  readonly emits?: readonly object[];
  readonly idempotent?: "required" | "natural" | "no";
  readonly stale?: string;
  readonly slo?: { readonly p50?: string; readonly p99: string; readonly availability?: string };
  readonly deprecated?: string;
  readonly accept?: { readonly [code: string]: string };
  readonly body?: (scope: never) => unknown;
  readonly handle?: (scope: never) => unknown;
}

export interface RoleRecord extends RecordBase {
  readonly name: string;
  readonly actor?: object;
  readonly signUp?: boolean;
}

export interface ContextRecord extends RecordBase {
  readonly name: string;
  readonly said: {
    readonly owner?: string;
    readonly domain?: "core" | "supporting" | "generic";
    readonly availability?: string;
    readonly accept?: { readonly [code: string]: string };
  };
  /** In the order in which they were written. */
  readonly items: object[];
}

export interface ReactionRecord extends RecordBase {
  readonly context: string;
  readonly event: object;
  readonly command: object;
  readonly map?: (event: never) => unknown;
}

export interface MessageRecord extends RecordBase {
  readonly context: string;
  readonly name: string;
  readonly said: {
    readonly on: object;
    readonly to: (event: never) => unknown;
    readonly by: readonly ("email" | "sms" | "push")[];
    readonly subject: string;
    readonly text: string;
    readonly within?: string;
    readonly optOut?: boolean;
  };
}

export interface JobRecord extends RecordBase {
  readonly context: string;
  readonly name: string;
  readonly said: {
    readonly every?: string;
    readonly cron?: string;
    readonly zone?: string;
    readonly body?: (scope: never) => unknown;
    readonly runs?: object;
    readonly accept?: { readonly [code: string]: string };
  };
}

export interface IntegrationRecord extends RecordBase {
  readonly name: string;
  readonly said: IntegrationSaid;
  readonly calls: readonly object[];
  readonly webhooks: readonly object[];
}

export interface IntegrationSaid {
  readonly calls: { readonly [name: string]: CallSaid };
  readonly webhooks?: { readonly [name: string]: { readonly [field: string]: unknown } };
  readonly verify?: "signature" | "mtls" | "token";
  readonly holds?: readonly string[];
  readonly onFailure?: {
    readonly timeout?: string;
    readonly retries: number;
    readonly breaker?: { readonly open: string; readonly over: string };
    readonly then: "fail" | "queue" | "degrade";
  };
  readonly accept?: { readonly [code: string]: string };
}

export interface CallSaid {
  readonly input?: { readonly [field: string]: unknown };
  readonly returns?: { readonly [field: string]: unknown };
  readonly p50: unknown;
  readonly p99: unknown;
  readonly limit?: unknown;
  readonly availability?: string;
  readonly idempotencyKey?: true;
}

export interface EventRecord extends RecordBase {
  readonly id: string;
  readonly context?: string;
  readonly name: string;
  readonly fields: readonly Field[];
  readonly origins: ReadonlyMap<string, Origin>;
  readonly integration?: object;
}

export interface SystemRecord extends RecordBase {
  readonly name: string;
  readonly said: SystemSaid;
}

export interface SystemSaid {
  readonly contexts: readonly object[];
  readonly users?: unknown;
  readonly tenants?: { readonly count: unknown; readonly largest?: unknown };
  readonly clients?: readonly string[];
  readonly team?: unknown;
  readonly skills?: readonly string[];
  readonly budget?: unknown;
  readonly region?: string;
  readonly comply?: readonly string[];
  readonly availability?: string;
  readonly rpo?: string;
  readonly rto?: string;
  readonly load?: readonly { readonly on: object; readonly mean: unknown; readonly peak?: unknown }[];
  readonly growth?: unknown;
  readonly pin?: { readonly [decision: string]: { readonly choose: string; readonly because: string } | undefined };
  readonly accept?: { readonly [code: string]: string };
}

/** Keeps a record behind a value of the language. */
export function withRecord<T extends object>(value: T, kept: RecordBase): T {
  return Object.defineProperty(value, record, { value: kept });
}

export function hasRecord(value: unknown, kind: string): value is object {
  return typeof value === "object" && value !== null && record in value && (value as { [record]: RecordBase })[record].kind === kind;
}

export function recordOf<R extends RecordBase>(value: unknown, kind: R["kind"]): R {
  if (!hasRecord(value, kind)) throw new TypeError(`${describe(value)} is no ${kind} of this model.`);
  return (value as unknown as { [record]: R })[record]; // hasRecord has just looked at the kind.
}

const describe = (value: unknown): string =>
  typeof value === "object" && value !== null && "name" in value ? String(value.name) : String(value);
