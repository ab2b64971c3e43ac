import {
  coercions,
  exampleOf,
  inputField,
  pageFields,
  type Field,
  type JsonRecord,
  type JsonSchema,
  type JsonValue,
  type Operation,
  type Places,
  type SchemaScope,
} from "@archwright/model";
import { code, prose, written } from "../markdown/markdown.ts";

/** What stands in the path, the query and the headers of a request. `pathNames` are those of the document's path, which routes of one shape share. */
export function parametersOf(
  scope: SchemaScope,
  { path, query }: Places,
  pathNames: readonly string[],
  operation?: Operation,
): readonly JsonRecord[] {
  return [
    ...path.map((field, index) => pathParameter(scope, field, pathNames[index] ?? field.name)),
    ...query.map((field) => (pageFields.includes(field) ? reference(field.name) : queryParameter(scope, field))),
    ...(operation?.idempotent === "required" ? [reference("Idempotency-Key")] : []),
  ];
}

/** The parameters that many routes share. */
export function parameterComponents(scope: SchemaScope): JsonRecord {
  const paging = pageFields.map(
    (field) => [field.name, { ...queryParameter(scope, field), description: pagingWords[field.name] ?? "" }] as const,
  );
  return { ...Object.fromEntries(paging), "Idempotency-Key": idempotencyKey };
}

const pagingWords: { readonly [name: string]: string } = {
  limit: "How many rows at most.",
  after: "The cursor `next` of the page before.",
};

const idempotencyKey: JsonRecord = {
  name: "Idempotency-Key",
  in: "header",
  required: true,
  description: "A new random text for each new intention, and the same one for each repetition of it.",
  schema: { type: "string", minLength: 1, maxLength: 255 },
  example: "5f0c6a2e-6a53-4b5e-9a53-1c1f5c1f0a11",
};

const reference = (name: string): JsonRecord => ({ $ref: `#/components/parameters/${name}` });

function pathParameter(scope: SchemaScope, field: Field, name: string): JsonRecord {
  return { name, in: "path", required: true, ...described(field), ...textForm(scope, field) };
}

function queryParameter(scope: SchemaScope, field: Field): JsonRecord {
  const required = field.optional !== true && field.default === undefined;
  return { name: field.name, in: "query", ...(required && { required }), ...described(field), ...textForm(scope, field) };
}

function described(field: Field): JsonRecord {
  if (field.kind === "ref") return { description: written(prose`An id of ${code(field.entity)}.`) };
  return field.kind === "money" ? { description: `In minor units of ${field.currency}.` } : {};
}

/** A parameter is text: money is its amount alone, and what has parts is JSON. What is optional is left out, not null. */
function textForm(scope: SchemaScope, { optional: _optional, ...field }: Field): JsonRecord {
  const schema = inputField(scope, field);
  const example = exampleOf(scope, field);
  const shown = example === undefined ? {} : { example };
  switch (coercions[field.kind]) {
    case "json":
      return { content: { "application/json": { schema, ...shown } } };
    case "minor-units":
      return { schema: partOf(schema["properties"], "amount"), example: partOf(example, "amount") };
    default:
      return { schema, ...shown };
  }
}

/** What a record of JSON holds under a name. */
function partOf(record: JsonValue | undefined, name: string): JsonValue {
  return (record as JsonSchema)[name] ?? null; // Money is always a record of its two parts.
}
