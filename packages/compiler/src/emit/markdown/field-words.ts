import { durationInWords, moneyInWords, valueInWords, type Field, type FieldKind } from "@archwright/model";
import { counted, listed } from "../../lint/phrases.ts";
import { code, join, prose, type Markdown } from "./markdown.ts";

/** What a field holds: "money in EUR", "id of `orders.Order`". */
export function typeInWords(field: Field): Markdown {
  const say = types[field.kind] as (field: Field) => Markdown; // The table below has one for each kind.
  return say(field);
}

/** What else a field says: "optional, at most 200 characters, unique". */
export function rulesInWords(field: Field): Markdown {
  const { optional, unique, index, search, readonly, now, pattern, since, deprecated, renamedFrom, default: standard } = field;
  return join([
    optional && "optional",
    standard !== undefined && prose`${valueInWords(field, standard)} if left out`,
    now && "set when the row is created",
    boundsInWords(field),
    pattern !== undefined && prose`matches ${code(pattern)}`,
    unique && "unique",
    index && "indexed",
    search && "searched",
    readonly && "set once",
    field.kind === "secret" && "encrypted, never read back",
    since !== undefined && prose`since ${since}`,
    deprecated !== undefined && prose`deprecated: ${deprecated}`,
    renamedFrom !== undefined && prose`was ${code(renamedFrom)}`,
  ]);
}

/** The fields of an input or an answer, in one line. */
export function fieldsInWords(fields: readonly Field[]): Markdown {
  return join(
    fields.map(
      (field) => prose`${code(field.name)} ${typeInWords(field)}${inBrackets([field.optional && "optional", boundsInWords(field)])}`,
    ),
  );
}

type Types = { readonly [K in FieldKind]: (field: Field & { readonly kind: K }) => Markdown };

const types: Types = {
  id: ({ prefix }) => prose`id ${code(`${prefix}_…`)}`,
  text: () => prose`text`,
  int: () => prose`whole number`,
  bool: () => prose`yes or no`,
  time: () => prose`time`,
  date: () => prose`date`,
  duration: () => prose`duration`,
  email: () => prose`email address`,
  url: () => prose`URL`,
  phone: () => prose`phone number`,
  secret: () => prose`secret`,
  decimal: ({ digits, places }) => prose`decimal of ${digits} digits, ${places} behind the point`,
  money: ({ currency }) => prose`money in ${currency}`,
  oneOf: ({ values }) => prose`one of ${listed(values)}`,
  state: ({ moves }) => prose`state: ${listed(Object.keys(moves))}`,
  json: ({ fields }) => prose`record of (${fieldsInWords(fields)})`,
  ref: ({ entity }) => prose`id of ${code(entity)}`,
  list: ({ fields }) => prose`list of (${fieldsInWords(fields)})`,
  page: ({ entity }) => prose`page of ${code(entity)}`,
  file: ({ maxBytes, types: media }) => prose`file of at most ${maxBytes / 1e6} MB: ${listed(media)}`,
};

function inBrackets(remarks: Parameters<typeof join>[0]): Markdown {
  const text = join(remarks);
  return text.markdown === "" ? text : prose` (${text})`;
}

function boundsInWords(field: Field): Markdown | undefined {
  const { min, max } = field;
  if (min === undefined && max === undefined) return undefined;
  if (min === undefined) return prose`at most ${boundInWords(field, max)}`;
  if (max === undefined) return prose`at least ${boundInWords(field, min)}`;
  return field.kind in counts
    ? prose`${min} to ${boundInWords(field, max)}`
    : prose`${boundInWords(field, min)} to ${boundInWords(field, max)}`;
}

function boundInWords(field: Field, bound: number | string | undefined): string {
  if (field.kind === "money") return moneyInWords(Number(bound), field.currency);
  if (field.kind === "duration") return durationInWords(Number(bound));
  const noun = counts[field.kind];
  return noun === undefined ? String(bound) : counted(Number(bound), noun);
}

/** What the bounds of a kind count. */
const counts: { readonly [K in FieldKind]?: string } = { text: "character", secret: "character", list: "item" };
