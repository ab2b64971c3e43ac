import { evaluate } from "../expressions/evaluate.ts";
import type { Expression } from "../expressions/expression.ts";
import type { Field } from "../model/field.ts";
import type { Entity, Invariant } from "../model/model.ts";
import { recordFromJson, toJson, type JsonRecord } from "../values/codec.ts";

/** The row with the fields that an invariant derives from the others: `total.eq(lines.sum(…))` makes the total true. */
export function withDerivedValues({ fields, invariants }: Entity, row: JsonRecord): JsonRecord {
  return invariants.reduce((current, invariant) => {
    const derived = derivationOf(invariant);
    const field = derived && fields.find(({ name }) => name === derived.name);
    if (!field) return current;
    const value = toJson(field, evaluate(derived.from, { row: recordFromJson(fields, current) }));
    return isWithin(field, value) ? { ...current, [field.name]: value } : current;
  }, row);
}

function derivationOf({ holds }: Invariant): { readonly name: string; readonly from: Expression } | undefined {
  if (holds.kind !== "compare" || holds.op !== "eq" || holds.left.kind !== "field") return undefined;
  const { of, name } = holds.left;
  return of.kind === "variable" && of.name === "row" ? { name, from: holds.right } : undefined;
}

function isWithin({ min = -Infinity, max = Infinity }: Field, value: unknown): boolean {
  const number = typeof value === "object" && value !== null && "amount" in value ? value.amount : value;
  return typeof number === "number" && number >= Number(min) && number <= Number(max);
}
