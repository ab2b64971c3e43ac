import type { JsonValue } from "./json.ts";

/** What a field holds. `kind` decides the column, the JSON schema and the expressions that it allows. */
export type FieldType =
  | { readonly kind: "id"; readonly prefix: string }
  | { readonly kind: "text" | "int" | "bool" | "time" | "date" | "duration" | "email" | "url" | "phone" | "secret" }
  | { readonly kind: "decimal"; readonly digits: number; readonly places: number }
  | { readonly kind: "money"; readonly currency: string }
  | { readonly kind: "oneOf"; readonly values: readonly string[] }
  | { readonly kind: "state"; readonly initial: string; readonly moves: { readonly [state: string]: readonly string[] } }
  | { readonly kind: "json"; readonly fields: readonly Field[] }
  | { readonly kind: "ref"; readonly entity: string }
  | { readonly kind: "list"; readonly fields: readonly Field[] }
  | { readonly kind: "page"; readonly entity: string }
  | { readonly kind: "file"; readonly maxBytes: number; readonly types: readonly string[] };

export type FieldKind = FieldType["kind"];

/** Why personal data may be held, and how long. */
export interface PersonalData {
  readonly basis: "contract" | "consent" | "legal" | "legitimate-interest";
  readonly keepMs: number;
}

/** What a field says besides its type. A fact that is not said is absent, never false. */
export interface FieldFacts {
  readonly name: string;
  readonly optional?: true;
  /** In the JSON form of the field's value. */
  readonly default?: JsonValue;
  /** A time that is set when the row is created. */
  readonly now?: true;
  readonly unique?: true;
  readonly index?: true;
  readonly search?: true;
  readonly readonly?: true;
  /** Characters of a text, items of a list, minor units of money, milliseconds of a duration, a calendar date for a date. */
  readonly min?: number | string;
  readonly max?: number | string;
  /** The source of a regular expression that the whole text matches, unanchored as written. */
  readonly pattern?: string;
  readonly personal?: PersonalData;
  readonly since?: string;
  readonly deprecated?: string;
  readonly renamedFrom?: string;
}

export type Field = FieldType & FieldFacts;
export type FieldOf<K extends FieldKind> = Extract<FieldType, { kind: K }> & FieldFacts;
