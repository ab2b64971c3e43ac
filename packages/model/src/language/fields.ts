import { newField } from "../recording/new-field.ts";
import type { CalendarDate, Currency, Decimal, Duration, Id, Money, Size } from "./values.ts";

export declare const value: unique symbol,
  about: unique symbol,
  given: unique symbol,
  fixed: unique symbol,
  born: unique symbol,
  missing: unique symbol;
export type Kind =
  | "id"
  | "text"
  | "int"
  | "decimal"
  | "money"
  | "bool"
  | "time"
  | "date"
  | "duration"
  | "oneOf"
  | "state"
  | "email"
  | "url"
  | "phone"
  | "json"
  | "ref"
  | "list"
  | "page"
  | "file"
  | "secret";

/** What every field can say. A modifier that changes a type answers with `this` and a mark. */
export interface Field<out T = unknown, out K extends Kind = Kind, out X = unknown> {
  readonly kind: K;
  readonly [value]: T;
  readonly [about]: X;
  optional(): this & Optional;
  default(value: T): this & Given;
  unique(): this;
  index(): this;
  readonly(): this & Fixed;
  pii(basis: "contract" | "consent" | "legal" | "legitimate-interest", keep: Duration): this;
  since(version: string): this;
  deprecated(because: string): this;
  renamedFrom(name: string): this;
}
// Interfaces, so that a declaration file can name them.
export interface Given {
  readonly [given]: true;
}
export interface Fixed {
  readonly [fixed]: true;
}
/** What a row is born with: nobody gives it, not even at creation. */
export interface Born extends Given, Fixed {
  readonly [born]: true;
}
export interface Optional extends Given {
  readonly [missing]: true;
}

export interface AnyField {
  readonly kind: Kind;
  readonly [value]: unknown;
  readonly [about]: unknown;
}
export type Fields = { readonly [name: string]: AnyField };

export interface Ranged<L> {
  min(low: L): this;
  max(high: L): this;
}
export interface TextField extends Field<string, "text">, Ranged<number> {
  pattern(shape: RegExp): this;
  search(): this;
}
export interface NumberField extends Field<number, "int">, Ranged<number> {}
export interface DecimalField extends Field<Decimal, "decimal">, Ranged<number> {}
export interface MoneyField<C extends Currency> extends Field<Money<C>, "money", C>, Ranged<number> {}
export interface TimeField extends Field<Date, "time"> {
  now(): this & Born;
}
export interface DateField extends Field<CalendarDate, "date">, Ranged<CalendarDate> {}
export interface DurationField extends Field<Duration, "duration">, Ranged<Duration> {}
export interface ListField<F extends Fields> extends Field<Shape<F>[], "list", F>, Ranged<number> {}
export interface IdField<P extends string> extends Field<string, "id", P> {
  readonly [given]: true;
  readonly [fixed]: true;
  readonly [born]: true;
}
/** A lifecycle: each state with the states that may follow. The first is where a row begins. */
export interface StateField<S> extends Field<keyof S & string, "state", S> {
  readonly [given]: true;
  readonly [fixed]: true;
  readonly [born]: true;
}
export type Flow = { readonly [state: string]: readonly string[] };
export type Closed<S> = { [K in keyof S]: readonly (keyof S)[] };

/** The plain value of a field, and of a record of fields: what a handler holds. */
export type Value<F extends AnyField> = F extends { readonly [missing]: true } ? F[typeof value] | null : F[typeof value];
export type Shape<F extends Fields> = { readonly [K in keyof F]: Value<F[K]> };
/** The same for a row: its `id` is the id of its entity. */
export type ShapeOf<E extends { name: string; fields: Fields }> = {
  readonly [K in keyof E["fields"]]: E["fields"][K]["kind"] extends "id" ? Id<E["name"]> : Value<E["fields"][K]>;
};
export type About<F extends AnyField> = F[typeof about];
export type Raw<F extends AnyField> = F[typeof value];

type Marked<F extends Fields, M> = { [K in keyof F]: F[K] extends M ? K : never }[keyof F];
export type GivenKey<F extends Fields> = Marked<F, Given>;
export type FixedKey<F extends Fields> = Marked<F, Fixed>;
export type BornKey<F extends Fields> = Marked<F, { readonly [born]: true }>;
export type StateKey<F extends Fields> = Marked<F, { kind: "state" }>;
export type RefKey<F extends Fields> = Marked<F, { kind: "ref" }>;
/** The states that another state leads to: the only ones a transition can name. */
export type Reached<F extends AnyField> = About<F> extends Flow ? About<F>[keyof About<F>][number] : never;

/** The fields of a model: `t.text().max(200)`, `t.money("EUR")`, `t.ref(User)`. */
export const t = {
  /** The row's own id: the prefix, an underscore, and a UUID that sorts by time. */
  id: <const P extends string>(prefix: P): IdField<P> => newField({ kind: "id", prefix }),
  text: (): TextField => newField({ kind: "text" }),
  int: (): NumberField => newField({ kind: "int" }),
  /** @param digits How many in all, 1 to 38. @param places How many of them behind the point. */
  decimal: (digits: number, places: number): DecimalField => newField({ kind: "decimal", digits, places }),
  /** `min` and `max` are in minor units: `t.money("EUR").max(10_000)` is at most 100 EUR. */
  money: <C extends Currency>(currency: C): MoneyField<C> => newField({ kind: "money", currency }),
  bool: (): Field<boolean, "bool"> => newField({ kind: "bool" }),
  time: (): TimeField => newField({ kind: "time" }),
  date: (): DateField => newField({ kind: "date" }),
  duration: (): DurationField => newField({ kind: "duration" }),
  oneOf: <const V extends string>(...values: readonly V[]): Field<V, "oneOf"> => newField({ kind: "oneOf", values }),
  /** A lifecycle: each state with those that may follow. The first is where a row begins. */
  state: <const S extends Closed<S>>(flow: S): StateField<S> =>
    newField({ kind: "state", initial: Object.keys(flow)[0] ?? "", moves: flow }),
  email: (): Field<string, "email"> => newField({ kind: "email" }),
  url: (): Field<string, "url"> => newField({ kind: "url" }),
  phone: (): Field<string, "phone"> => newField({ kind: "phone" }),
  json: <F extends Fields>(schema: F): Field<Shape<F>, "json", F> => newField({ kind: "json", fields: schema }),
  ref: <N extends string>(to: { readonly kind: "entity"; readonly name: N }): Field<Id<N>, "ref", N> => newField({ kind: "ref", to }),
  /** Rows that belong to this one: `t.list({ product: t.ref(Product), quantity: t.int() })`. */
  list: <F extends Fields>(of: F): ListField<F> => newField({ kind: "list", fields: of }),
  page: <E extends { readonly kind: "entity" | "view"; readonly name: string; readonly fields: Fields }>(
    of: E,
  ): Field<{ items: ShapeOf<E>[]; next: string | null }, "page", E> => newField({ kind: "page", to: of }),
  file: (limits: { max: Size; types: readonly string[] }): Field<Id<"file">, "file"> => newField({ kind: "file", ...limits }),
  /** Written, encrypted, and never read back by a caller. */
  secret: (): Field<string, "secret"> => newField({ kind: "secret" }),
};
