import { fieldsOf } from "../recording/new-field.ts";
import { here, type Place } from "../recording/origin.ts";
import { ModelError } from "../recording/model-error.ts";
import { recordOperation } from "../recording/operation.ts";
import {
  recordOf,
  withRecord,
  type ContextRecord,
  type EntityRecord,
  type EntitySaid,
  type EventRecord,
  type GrantSaid,
  type JobRecord,
  type MessageRecord,
  type OperationSaid,
  type ReactionRecord,
} from "../recording/records.ts";
import type { Condition, Expr, Row, RowOf, Sets } from "./expressions.ts";
import type { Fields, RefKey, Shape } from "./fields.ts";
import type {
  Allow,
  AnyEntity,
  AnyEvent,
  AnyView,
  CommandScope,
  Errors,
  Local,
  MeExpr,
  Nothing,
  Operation,
  Own,
  Owned,
  ProcessBody,
  QueryScope,
  ReadBody,
  Result,
  Returns,
  Role,
  WriteBody,
  Yield,
} from "./scopes.ts";
import type { Cron, Duration, Id, Known, Percent, Rate } from "./values.ts";

export interface Entity<C extends string, N extends string, F extends Fields> extends AnyEntity {
  readonly context: C;
  readonly name: N;
  readonly fields: F;
}
type Grants<N extends string, F extends Fields, R extends readonly Role[]> = {
  readonly [I in keyof R]: {
    readonly role: R[I];
    readonly can: readonly ("read" | "list" | "create" | "update" | "delete")[];
    readonly only?: readonly (keyof F)[];
    readonly where?: (row: RowOf<N, F>, me: MeExpr<readonly [R[I]]>) => Condition;
  };
};
interface EntityFacts<N extends string, F extends Fields, R extends readonly Role[]> {
  access?: Grants<N, F, R>;
  invariants?: { readonly [statement: string]: (row: RowOf<N, F>) => Condition };
  tenant?: [RefKey<F>] extends [never] ? "A tenant is a t.ref field." : RefKey<F>;
  index?: readonly (readonly (keyof F)[])[];
  /** `most` is how many rows belong to the one owner who has most of them: the followers of whoever is followed most. */
  expect?: { rows: Known<number>; growth?: Known<Rate>; most?: Known<number> };
  accept?: Accept;
}
/** Findings that the author accepts on an item: the code, and the reason. */
type Accept = { readonly [code: string]: string };

export interface Command<C extends string, N extends string, I extends Fields, R extends Returns> extends Operation {
  readonly kind: "command";
  readonly context: C;
  readonly name: N;
  readonly input: I;
  readonly returns: R;
}
export interface Query<C extends string, N extends string, I extends Fields, R extends Returns> extends Operation {
  readonly kind: "query";
  readonly context: C;
  readonly name: N;
  readonly input: I;
  readonly returns: R;
}
type Params<Path extends string> = Path extends `${string}:${infer P}/${infer Rest}`
  ? P | Params<`/${Rest}`>
  : Path extends `${string}:${infer P}`
    ? P
    : never;
type Route<H extends string, Methods extends string, I> = H extends `${Methods} /${infer Path}`
  ? [Exclude<Params<Path>, keyof I>] extends [never]
    ? H
    : `the path names ":${Exclude<Params<Path>, keyof I> & string}", which is no field of input`
  : `${Methods} /…`;
interface Slo {
  p50?: Duration;
  p99: Duration;
  availability?: Percent;
}
interface OperationFacts<I, R, A, Er, H extends string, Methods extends string> {
  /** Left out: `POST /orders/place-order`. A path parameter is a field of `input`. */
  http?: Route<H, Methods, I>;
  input?: I;
  returns?: R;
  allow?: A;
  errors?: Er;
  slo?: Slo;
  deprecated?: string;
  accept?: Accept;
}
type None = readonly [];
/** Neither is a design that waits for its code: decided and drawn, refused by `start`. */
interface Handled<S, R> {
  handle?(scope: S): Promise<Result<R>>;
  body?: never;
}
interface Declared<S, R> {
  body?(scope: S): Yield<R>;
  handle?: never;
}

export interface Event<C extends string, N extends string, F extends Fields> extends AnyEvent {
  readonly context: C;
  readonly name: N;
  readonly fields: F;
}
export interface Message<F extends Fields> {
  readonly kind: "message";
  readonly fields: F;
}
type Mapping<E extends AnyEvent, I extends Fields> =
  Shape<E["fields"]> extends Shape<I> ? [input?: (event: Row<E["fields"]>) => Sets<I>] : [input: (event: Row<E["fields"]>) => Sets<I>];
type Slots<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}` ? Name | Slots<Rest> : never;
type Wording<Text extends string, F> = [Exclude<Slots<Text>, keyof F>] extends [never]
  ? Text
  : `the event has no field "${Exclude<Slots<Text>, keyof F>}"`;
interface AnyCommand extends Local {
  readonly kind: "command";
}
interface Fold {
  readonly kind: "fold";
}

export interface Context<C extends string> {
  readonly kind: "context";
  readonly name: C;
  entity<const N extends string, F extends Fields, const R extends readonly Role[] = None>(
    name: N,
    fields: F,
    facts?: EntityFacts<N, F, R>,
  ): Entity<C, N, F>;
  /** Access to an entity whose roles are declared after it, because they are its own. */
  access<N extends string, F extends Fields, const R extends readonly Role[]>(entity: Entity<C, N, F>, grants: Grants<N, F, R>): void;
  event<const N extends string, F extends Fields>(name: N, fields: F): Event<C, N, F>;

  command<
    const N extends string,
    I extends Fields = {},
    R extends Returns = Nothing,
    const A extends Allow = "anyone",
    const Reads extends readonly (AnyEntity | AnyView)[] = None,
    const Writes extends readonly AnyEntity[] = None,
    const Atomic extends readonly Local[] = None,
    const Calls extends readonly Operation[] = None,
    const Em extends readonly AnyEvent[] = None,
    const Er extends Errors = {},
    const H extends string = string,
  >(
    name: N,
    facts: OperationFacts<I, R, A, Er, H, "POST" | "PUT" | "PATCH" | "DELETE"> & {
      reads?: Owned<C, Reads>;
      writes?: Owned<C, Writes>;
      atomic?: Atomic;
      calls?: Calls;
      emits?: Owned<C, Em>;
      idempotent?: "required" | "natural" | "no";
    } & (
        | Handled<CommandScope<I, A, Reads[number], Writes[number], Atomic[number], Calls[number], Em[number], Er>, R>
        | Declared<WriteBody<C, I, A, Er>, R>
      ),
  ): Command<C, N, I, R>;

  query<
    const N extends string,
    I extends Fields = {},
    R extends Returns = Nothing,
    const A extends Allow = "anyone",
    const Reads extends readonly (AnyEntity | AnyView)[] = None,
    const Calls extends readonly Operation[] = None,
    const Er extends Errors = {},
    const H extends string = string,
  >(
    name: N,
    facts: OperationFacts<I, R, A, Er, H, "GET"> & { reads?: Owned<C, Reads>; calls?: Calls; stale?: Duration } & (
        | Handled<QueryScope<I, A, Reads[number], Calls[number], Er>, R>
        | Declared<ReadBody<C, I, A, Er>, R>
      ),
  ): Query<C, N, I, R>;

  on<E extends AnyEvent, To extends AnyCommand>(event: E, command: Own<C, To>, ...map: Mapping<E, To["input"]>): void;
  message<E extends AnyEvent, const S extends string, const B extends string>(
    name: string,
    facts: {
      on: E;
      to: (event: Row<E["fields"]>) => Expr<Id<string>>;
      by: readonly ("email" | "sms" | "push")[];
      subject: Wording<S, E["fields"]>;
      text: Wording<B, E["fields"]>;
      within?: Duration;
      optOut?: boolean;
    },
  ): Message<E["fields"]>;
  job(
    name: string,
    facts: ({ every: Duration } | { cron: Cron; zone: string }) &
      ({ body(scope: WriteBody<C, {}, "system", {}>): void } | { runs: AnyCommand }) & { accept?: Accept },
  ): void;
  process<E extends AnyEvent>(name: string, facts: { on: E; within: Duration; steps(scope: ProcessBody<E["fields"]>): void }): void;
  view<const N extends string, F extends Fields>(
    name: N,
    fields: F,
    facts: {
      key: keyof F;
      stale: Duration;
      from: (
        fold: <E extends AnyEvent>(event: E, change: (event: Row<E["fields"]>, row: Row<F>) => Partial<Sets<F>>) => Fold,
      ) => readonly Fold[];
    },
  ): View<C, N, F>;
}
export interface View<C extends string, N extends string, F extends Fields> extends AnyView {
  readonly context: C;
  readonly name: N;
  readonly fields: F;
}

/**
 * A part of the system with words, data and promises of its own. It writes only its own entities.
 *
 * @param facts `owner` is the team; `domain` says how much it matters: what sets you apart is "core"; `availability` is what it promises,
 * where that is more or less than the system does.
 * @example
 * const Notes = context("notes");
 * export const Note = Notes.entity("Note", { id: t.id("note"), text: t.text().max(500) });
 */
export const context = <const C extends string>(
  name: C,
  facts: { owner?: string; domain?: "core" | "supporting" | "generic"; availability?: Percent; accept?: Accept } = {},
): Context<C> => {
  const record: ContextRecord = { kind: "context", place: here(), name, said: facts, items: [] };
  const keep = <T extends object>(item: T): T => {
    record.items.push(item);
    return item;
  };
  const words = {
    kind: "context",
    name,
    entity: (of: string, fields: Fields, said: EntitySaid = {}) => keep(newEntity(name, of, fields, said)),
    access: (entity: object, grants: readonly GrantSaid[]) => addAccess(entity, grants),
    event: (of: string, fields: Fields) => keep(newEvent(name, of, fields)),
    command: (of: string, said: OperationSaid) => keep(recordOperation("command", name, of, said)),
    query: (of: string, said: OperationSaid) => keep(recordOperation("query", name, of, said)),
    on: (event: object, command: object, map?: (event: never) => unknown) => {
      const reaction: ReactionRecord = { kind: "reaction", place: here(), context: name, event, command, ...(map && { map }) };
      keep(withRecord({}, reaction));
    },
    job: (of: string, said: JobRecord["said"]) => {
      const job: JobRecord = { kind: "job", place: here(), context: name, name: of, said };
      keep(withRecord({}, job));
    },
    message: (of: string, said: MessageRecord["said"]) => {
      const message: MessageRecord = { kind: "message", place: here(), context: name, name: of, said };
      return keep(withRecord({ kind: "message" }, message));
    },
    process: (of: string) => {
      throw notYet("process", of, "Until then react to each event with `on` and keep the state in an entity.");
    },
    view: (of: string) => {
      throw notYet("view", of, "Until then keep the figures in an entity that a reaction updates, or read them with a query.");
    },
  };
  return withRecord(words, record) as unknown as Context<C>; // The interface above types each word; the implementations record what they are given.
};

function newEntity(contextName: string, name: string, fields: Fields, said: EntitySaid): object {
  const id = `${contextName}.${name}`;
  const origins = new Map();
  const record: EntityRecord = {
    kind: "entity",
    place: here(),
    id,
    context: contextName,
    name,
    fields: fieldsOf(fields, id, origins),
    origins,
    said,
    laterAccess: [],
  };
  return withRecord({ kind: "entity", context: contextName, name, fields }, record);
}

function newEvent(contextName: string, name: string, fields: Fields): object {
  const id = `${contextName}.${name}`;
  const origins = new Map();
  const record: EventRecord = {
    kind: "event",
    place: here(),
    id,
    context: contextName,
    name,
    fields: fieldsOf(fields, id, origins),
    origins,
  };
  return withRecord({ kind: "event", context: contextName, name, fields }, record);
}

function addAccess(entity: object, grants: readonly GrantSaid[]): void {
  const place: Place = here();
  recordOf<EntityRecord>(entity, "entity").laterAccess.push(...grants.map((grant) => ({ ...grant, place })));
}

function notYet(word: string, name: string, fix: string): ModelError {
  return new ModelError(
    {
      code: "model/not-yet",
      message: `${word} "${name}" is a word of the language that this version does not run.`,
      why: "A design that is accepted and then not served would be a lie.",
      fix,
    },
    [here()],
  );
}
