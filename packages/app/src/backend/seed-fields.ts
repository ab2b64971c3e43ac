import {
  durationPattern,
  idPattern,
  idPrefix,
  outOfBounds,
  type Field,
  type FieldKind,
  type FieldOf,
  type Lookup,
} from "@archwright/model";

/** What is wrong with a field of a record: `stock is "many", and must be a whole number of at least 0`. Nothing, where all is well. */
export function faultsOf(record: unknown, fields: readonly Field[], lookup: Lookup, path = ""): readonly string[] {
  if (!isRecord(record)) return [`${path === "" ? "it" : path} is ${shown(record)}, and must be an object of fields`];
  const at = (name: string): string => (path === "" ? name : `${path}.${name}`);
  const known = new Set(fields.map(({ name }) => name));
  const strange = Object.keys(record).filter((name) => !known.has(name));
  return [
    ...strange.map((name) => `${at(name)} is no field of it; its fields are ${[...known].join(", ")}`),
    ...fields.flatMap((field) => faultsOfField(record[field.name], field, lookup, at(field.name))),
  ];
}

function faultsOfField(value: unknown, field: Field, lookup: Lookup, path: string): readonly string[] {
  if (value === undefined || value === null) {
    if (field.optional || (value === undefined && field.default !== undefined)) return [];
    return [`${path} is missing, and must be ${expected(field, lookup)}`];
  }
  if (field.kind === "json") return faultsOf(value, field.fields, lookup, path);
  if (!fits(value, field, lookup)) return [`${path} is ${shown(value)}, and must be ${expected(field, lookup)}`];
  if (field.kind === "list" && Array.isArray(value))
    return value.flatMap((item, index) => faultsOf(item, field.fields, lookup, `${path}[${index}]`));
  return outOfBounds([field], { [field.name]: value }).map(({ detail }) => `${path} is ${shown(value)}, and ${detail}`);
}

interface Kind<F> {
  readonly fits: (value: unknown, field: F, lookup: Lookup) => boolean;
  /** Stands behind "must be". */
  readonly words: (field: F, lookup: Lookup) => string;
}

type Kinds = { readonly [K in FieldKind]: Kind<FieldWith<K>> };
/** Kinds that say nothing of their own share one type. */
type FieldWith<K extends FieldKind> = [FieldOf<K>] extends [never] ? Field : FieldOf<K>;

const kinds: Kinds = {
  id: { fits: (value, { prefix }) => isId(value, prefix), words: ({ prefix }) => idWords(prefix) },
  text: {
    fits: isText,
    words: (field) => `text${range(field, " characters")}${field.pattern === undefined ? "" : ` like ${field.pattern}`}`,
  },
  int: { fits: isWhole, words: (field) => `a whole number${range(field, "")}` },
  bool: { fits: (value) => typeof value === "boolean", words: () => "true or false" },
  time: { fits: isTime, words: () => 'a time with its zone, as in "2026-01-31T09:30:00Z"' },
  date: { fits: isDate, words: () => 'a day, as in "2026-01-31"' },
  duration: { fits: matches(new RegExp(durationPattern)), words: () => 'a duration in ms, s, m, h or d, as in "90d"' },
  email: { fits: matches(/^[^\s@]+@[^\s@]+\.[^\s@]+$/), words: () => "an email address, as in ada@example.com" },
  url: { fits: (value) => typeof value === "string" && URL.canParse(value), words: () => "a URL, as in https://example.com/page" },
  phone: { fits: matches(/^\+[1-9][0-9]{6,14}$/), words: () => 'a phone number with its country, as in "+4930123456"' },
  secret: { fits: isText, words: (field) => `text${range(field, " characters")}` },
  decimal: {
    fits: (value, { digits, places }) => isDecimal(value, digits, places),
    words: ({ digits, places }) => `a decimal as text, as in "12.5", with at most ${digits} digits, ${places} of them behind the point`,
  },
  money: {
    fits: (value, field) => isRecord(value) && isWhole(value["amount"], field) && value["currency"] === field.currency,
    words: (field) => `money in minor units, as in {"amount": 1299, "currency": "${field.currency}"}${range(field, "")}`,
  },
  oneOf: { fits: (value, { values }) => values.some((one) => one === value), words: ({ values }) => choice(values) },
  state: { fits: (value, { moves }) => Object.keys(moves).some((one) => one === value), words: ({ moves }) => choice(Object.keys(moves)) },
  json: { fits: isRecord, words: () => "an object of fields" },
  ref: {
    fits: (value, { entity }, lookup) => isId(value, idPrefix(lookup.entity(entity))),
    words: ({ entity }, lookup) => `the id of a ${lookup.entity(entity).name}: ${idWords(idPrefix(lookup.entity(entity)))}`,
  },
  list: {
    fits: (value, field) => Array.isArray(value) && isWithin(value.length, field),
    words: (field) => `a list${range(field, " items")}`,
  },
  page: { fits: () => false, words: () => "left out: a page is an answer, and no field of a row" },
  file: { fits: (value) => isId(value, "file"), words: () => idWords("file") },
};
// Each kind is only ever asked about a field of its own.
const kindOf = ({ kind }: Field): Kind<Field> => kinds[kind] as Kind<Field>;

const fits = (value: unknown, field: Field, lookup: Lookup): boolean => kindOf(field).fits(value, field, lookup);
const expected = (field: Field, lookup: Lookup): string => kindOf(field).words(field, lookup);

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isText(value: unknown, field: Field): boolean {
  if (typeof value !== "string" || !isWithin(Array.from(value).length, field)) return false;
  return field.pattern === undefined || new RegExp(`^(?:${field.pattern})$`, "u").test(value);
}

function isWhole(value: unknown, field: Field): boolean {
  return Number.isSafeInteger(value) && isWithin(Number(value), field);
}

function isWithin(size: number, { min = -Infinity, max = Infinity }: Field): boolean {
  return size >= Number(min) && size <= Number(max);
}

function matches(pattern: RegExp): (value: unknown) => boolean {
  return (value) => typeof value === "string" && pattern.test(value);
}

function isId(value: unknown, prefix: string | undefined): boolean {
  return typeof value === "string" && (prefix === undefined || new RegExp(idPattern(prefix)).test(value));
}

function isDate(value: unknown): boolean {
  if (typeof value !== "string" || !/^\d{4}-\d\d-\d\d$/.test(value)) return false;
  const midnight = new Date(`${value}T00:00:00Z`);
  // A Date takes 31 February for 3 March.
  return !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(value);
}

function isTime(value: unknown): boolean {
  return typeof value === "string" && /T.*(Z|[+-]\d\d:\d\d)$/.test(value) && isDate(value.slice(0, 10)) && !Number.isNaN(Date.parse(value));
}

function isDecimal(value: unknown, digits: number, places: number): boolean {
  const [, whole = "", behind = ""] = (typeof value === "string" ? /^-?(\d+)(?:\.(\d+))?$/.exec(value) : undefined) ?? [];
  return whole !== "" && whole.replace(/^0+/, "").length <= digits - places && behind.length <= places;
}

const idWords = (prefix: string | undefined): string =>
  prefix === undefined ? "an id" : `"${prefix}_" and 26 characters of a-z and 0-9 without i, l, o, u`;
const choice = (values: readonly string[]): string => `one of ${values.map((value) => `"${value}"`).join(", ")}`;

function range({ min, max }: Field, unit: string): string {
  if (min !== undefined && max !== undefined) return ` of ${min} to ${max}${unit}`;
  if (min !== undefined) return ` of at least ${min}${unit}`;
  return max === undefined ? "" : ` of at most ${max}${unit}`;
}

const shownMax = 60;

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > shownMax ? `${text.slice(0, shownMax)}…` : text;
}
