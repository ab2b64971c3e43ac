/**
 * The regular expression of PostgreSQL that matches the same whole texts, or undefined where PostgreSQL has no such thing: then the
 * contract alone checks the field.
 */
export function patternToSql(source: string): string | undefined {
  let rest = source;
  let translated = "";
  while (rest !== "") {
    const step = steps.map((take) => take(rest)).find((taken) => taken !== undefined);
    if (step === undefined || step.sql === undefined) return undefined;
    translated += step.sql;
    rest = rest.slice(step.length);
  }
  return `^(?:${translated})$`;
}

interface Step {
  readonly length: number;
  /** Undefined for what cannot be said in PostgreSQL. */
  readonly sql: string | undefined;
}

// JavaScript's own white space and line ends, which are wider than PostgreSQL's.
const space = "\\t\\n\\u000b\\f\\r \\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000\\ufeff";
const anyCharacter = "[^\\n\\r\\u2028\\u2029]";
const repetitionsMax = 255;

/** Each looks at the beginning of what is left. */
const steps: readonly ((rest: string) => Step | undefined)[] = [
  (rest) => whenMatch(/^\\(u\{|.)(.{0,4})/s, rest, ([, letter = "", after = ""]) => escape(letter, after, escapesOutside)),
  (rest) =>
    whenMatch(/^\[(\^?)((?:\\.|[^\]\\])*)\]/s, rest, ([all, not = "", inside = ""]) => ({
      length: all.length,
      sql: classToSql(not, inside),
    })),
  (rest) => whenMatch(/^\(\?(?::|=|!|<=|<!)/, rest, ([all]) => ({ length: all.length, sql: all })),
  (rest) => whenMatch(/^\(\?<\w+>/, rest, ([all]) => ({ length: all.length, sql: "(" })),
  (rest) => whenMatch(/^\(\?/, rest, ([all]) => ({ length: all.length, sql: undefined })),
  (rest) =>
    whenMatch(/^\{(\d+)(?:,(\d*))?\}/, rest, ([all, low = "0", high = ""]) => ({
      length: all.length,
      sql: Math.max(Number(low), Number(high)) > repetitionsMax ? undefined : all,
    })),
  (rest) => ({ length: 1, sql: plain[rest.charAt(0)] ?? rest.charAt(0) }),
];

const plain: { readonly [character: string]: string } = { ".": anyCharacter, "{": "\\{", "}": "\\}", "]": "\\]" };

const escapesOutside: { readonly [letter: string]: string | undefined } = { s: `[${space}]`, S: `[^${space}]`, b: "\\y", B: "\\Y" };
const escapesInside: { readonly [letter: string]: string | undefined } = { s: space, S: undefined, b: "\\b", B: undefined };

const asInSql = /^[dDwWtnrfv1-9]$/;
const unsayable = /^(u\{|[0kpPc])$/;

function escape(letter: string, after: string, special: { readonly [letter: string]: string | undefined }): Step {
  const length = letter.length + 1;
  if (Object.hasOwn(special, letter)) return { length, sql: special[letter] };
  const digits = letter === "u" ? 4 : letter === "x" ? 2 : 0;
  const code = after.slice(0, digits);
  if (digits > 0 && new RegExp(`^[0-9a-fA-F]{${digits}}$`).test(code))
    return { length: length + digits, sql: Number.parseInt(code, 16) === 0 ? undefined : `\\u${code.padStart(4, "0")}` };
  if (unsayable.test(letter)) return { length, sql: undefined };
  if (asInSql.test(letter)) return { length, sql: `\\${letter}` };
  // A letter without a meaning of its own stands for itself, and every other character is quoted.
  return { length, sql: /^\w$/.test(letter) ? letter : `\\${letter}` };
}

function classToSql(not: string, inside: string): string | undefined {
  if (inside === "") return undefined;
  let rest = inside;
  let translated = "";
  while (rest !== "") {
    const escaped = /^\\(u\{|.)(.{0,4})/s.exec(rest);
    const step = escaped
      ? escape(escaped[1] ?? "", escaped[2] ?? "", escapesInside)
      : { length: 1, sql: rest.startsWith("[") ? "\\[" : rest.charAt(0) };
    if (step.sql === undefined) return undefined;
    translated += step.sql;
    rest = rest.slice(step.length);
  }
  return `[${not}${translated}]`;
}

function whenMatch(pattern: RegExp, text: string, then: (match: RegExpExecArray) => Step): Step | undefined {
  const match = pattern.exec(text);
  return match ? then(match) : undefined;
}
