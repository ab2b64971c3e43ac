import { durationInWords, moneyInWords, valueInWords, type Field, type FieldKind } from "@archwright/model";
import { counted, listed } from "../../lint/phrases.ts";

/** What a field holds, in a few plain words: "money in EUR", "id of orders.Order". */
export function fieldType(field: Field): string {
  const say = types[field.kind] as (field: Field) => string; // The table below has one for each kind.
  return say(field);
}

/** What else holds of it: "optional, at most 200 characters, unique". */
export function fieldRules(field: Field): string {
  const { optional, unique, readonly: once, now, pattern, default: standard, personal } = field;
  return [
    ...(optional ? ["optional"] : []),
    ...(standard === undefined ? [] : [`${valueInWords(field, standard)} if left out`]),
    ...(now ? ["set when it is made"] : []),
    ...boundsOf(field),
    ...(pattern === undefined ? [] : [`matches ${pattern}`]),
    ...(unique ? ["unique"] : []),
    ...(once ? ["set once"] : []),
    ...(personal ? [`personal data (${personal.basis})`] : []),
  ].join(", ");
}

type Types = { readonly [K in FieldKind]: (field: Field & { readonly kind: K }) => string };

const types: Types = {
  id: ({ prefix }) => `id ${prefix}_…`,
  text: () => "text",
  int: () => "whole number",
  bool: () => "yes or no",
  time: () => "time",
  date: () => "date",
  duration: () => "duration",
  email: () => "email address",
  url: () => "URL",
  phone: () => "phone number",
  secret: () => "secret",
  decimal: ({ digits, places }) => `decimal of ${digits} digits, ${places} behind the point`,
  money: ({ currency }) => `money in ${currency}`,
  oneOf: ({ values }) => `one of ${listed(values)}`,
  state: ({ moves }) => `state: ${listed(Object.keys(moves))}`,
  json: ({ fields }) => `record of ${fieldNames(fields)}`,
  ref: ({ entity }) => `id of ${entity}`,
  list: ({ fields }) => `list of ${fieldNames(fields)}`,
  page: ({ entity }) => `page of ${entity}`,
  file: ({ maxBytes }) => `file of at most ${maxBytes / 1e6} MB`,
};

const fieldNames = (fields: readonly Field[]): string => `(${fields.map((field) => `${field.name}: ${fieldType(field)}`).join("; ")})`;

function boundsOf(field: Field): readonly string[] {
  const { min, max } = field;
  const say = (bound: number | string): string => {
    if (field.kind === "money") return moneyInWords(Number(bound), field.currency);
    if (field.kind === "duration") return durationInWords(Number(bound));
    const noun = nouns[field.kind];
    return noun === undefined ? String(bound) : counted(Number(bound), noun);
  };
  if (min !== undefined && max !== undefined) return [`${say(min)} to ${say(max)}`];
  return [...(min === undefined ? [] : [`at least ${say(min)}`]), ...(max === undefined ? [] : [`at most ${say(max)}`])];
}

/** What the bounds of a kind count. */
const nouns: { readonly [K in FieldKind]?: string } = { text: "character", secret: "character", list: "item" };
