/**
 * A piece of SQL. The holes of the template take only other pieces, so that no text of a model or a caller gets into a statement
 * without being quoted or sent beside it.
 */
export interface Sql {
  readonly [pieces]: readonly Piece[];
}

type Piece = string | Parameter;
interface Parameter {
  readonly parameter: unknown;
}

const pieces: unique symbol = Symbol("pieces");

/** sql`select ${columns} from ${table} where ${name("id")} = ${parameter(id)}` */
export function sql(texts: TemplateStringsArray, ...holes: readonly Sql[]): Sql {
  return piecesOf(texts.flatMap((text, index) => [text, ...(holes[index]?.[pieces] ?? [])]));
}

/** An identifier, qualified from left to right: schema, table, column. */
export function name(...parts: readonly string[]): Sql {
  return raw(parts.map((part) => `"${withoutNull(part).replaceAll('"', '""')}"`).join("."));
}

/** A constant that stands in the text of the statement. */
export function literal(value: string | number | bigint | boolean | null): Sql {
  if (typeof value === "string") return raw(`'${withoutNull(value).replaceAll("'", "''")}'`);
  if (typeof value === "number" && !Number.isFinite(value)) throw new RangeError(`${value} is no number of SQL.`);
  // Two minus signs in a row would begin a comment.
  return raw((typeof value === "number" || typeof value === "bigint") && value < 0 ? `(${value})` : String(value));
}

/** A value that is sent beside the text, as $1, $2 and so on. */
export function parameter(value: unknown): Sql {
  return piecesOf([{ parameter: value }]);
}

/** Pieces with a separator between them: a comma and a space, unless told otherwise. */
export function list(items: readonly Sql[], separator: Sql = raw(", ")): Sql {
  return piecesOf(items.flatMap((item, index) => (index === 0 ? item[pieces] : [...separator[pieces], ...item[pieces]])));
}

/** Text that is SQL already. Only for what this code itself wrote: never for anything that a model or a caller said. */
export function raw(text: string): Sql {
  return piecesOf([text]);
}

/** A statement for a driver: the text and, in the order of their numbers, what was given to `parameter`. */
export function render(statement: Sql): { readonly text: string; readonly values: readonly unknown[] } {
  const values: unknown[] = [];
  const texts = statement[pieces].map((piece) => (typeof piece === "string" ? piece : `$${values.push(piece.parameter)}`));
  return { text: texts.join(""), values };
}

/** A script, which has nothing beside its text. */
export function renderScript(script: Sql): string {
  const { text, values } = render(script);
  if (values.length > 0) throw new TypeError("A script has no parameters: write the value as a literal.");
  return text;
}

function piecesOf(items: readonly Piece[]): Sql {
  return { [pieces]: items };
}

function withoutNull(text: string): string {
  if (text.includes("\0")) throw new RangeError("PostgreSQL has no text with a null character.");
  return text;
}
