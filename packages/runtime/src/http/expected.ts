import { filePrefix, idPrefix, type Field, type FieldKind, type FieldOf, type Lookup } from "@archwright/model";

/** What a field takes, in words that stand behind "must be". */
export function expected(field: Field, lookup: Lookup): string {
  // Each kind's function takes the fields of its own kind, and is only ever called with one.
  const describe = words[field.kind] as (field: Field, lookup: Lookup) => string;
  return describe(field, lookup);
}

type Words = { readonly [K in FieldKind]: (field: FieldWith<K>, lookup: Lookup) => string };
/** Kinds that say nothing of their own share one type. */
type FieldWith<K extends FieldKind> = [FieldOf<K>] extends [never] ? Field : FieldOf<K>;

const words: Words = {
  id: ({ prefix }) => idWords(prefix),
  text: (field) => `text${lengthWords(field)}${field.pattern === undefined ? "" : ` of the form ${field.pattern}`}`,
  int: (field) => `a whole number${rangeWords(field)}`,
  bool: () => "true or false",
  time: () => 'a time with its zone, such as "2026-01-31T09:30:00Z"',
  date: () => 'a day, such as "2026-01-31"',
  duration: () => 'a duration in ms, s, m, h or d, such as "90d"',
  email: () => "an email address, such as ada@example.com",
  url: () => "a URL, such as https://example.com/page",
  phone: () => 'a phone number with its country, such as "+4930123456"',
  secret: (field) => `text${lengthWords(field)}`,
  decimal: ({ digits, places }) => `a decimal as text, such as "12.5", with at most ${digits} digits, ${places} of them behind the point`,
  money: (field) => `money in minor units, such as {"amount": 1299, "currency": "${field.currency}"}${rangeWords(field)}`,
  oneOf: ({ values }) => choiceWords(values),
  state: ({ moves }) => choiceWords(Object.keys(moves)),
  json: () => "an object",
  ref: ({ entity }, lookup) => `the id of a ${lookup.entity(entity).name}: ${idWords(idPrefix(lookup.entity(entity)))}`,
  list: (field) => `a list${countWords(field)}`,
  page: () => "a page",
  file: () => `the id of a file: ${idWords(filePrefix)}`,
};

const idWords = (prefix: string | undefined): string => (prefix === undefined ? "an id" : `"${prefix}_" and 26 characters of a-z and 0-9`);
const choiceWords = (values: readonly string[]): string => `one of ${values.map((value) => `"${value}"`).join(", ")}`;

function lengthWords({ min, max }: Field): string {
  return boundWords(min, max, (count) => `${count} ${count === 1 ? "character" : "characters"}`, " of ");
}

function countWords({ min, max }: Field): string {
  return boundWords(min, max, (count) => `${count} ${count === 1 ? "item" : "items"}`, " of ");
}

function rangeWords({ min, max }: Field): string {
  return boundWords(min, max, String, ", ");
}

function boundWords(
  min: number | string | undefined,
  max: number | string | undefined,
  unit: (bound: number | string) => string,
  before: string,
): string {
  if (min !== undefined && max !== undefined) return `${before}${min} to ${unit(max)}`;
  if (min !== undefined) return `${before}at least ${unit(min)}`;
  return max === undefined ? "" : `${before}at most ${unit(max)}`;
}
