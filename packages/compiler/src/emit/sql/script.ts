import { list, literal, raw, renderScript, sql, type Sql } from "@archwright/model";

/** A part of a script under a heading of its own. */
export interface Section {
  readonly title: string;
  readonly statements: readonly Sql[];
}

/** Sections with their headings, one statement after the other, each ended by a semicolon. */
export function scriptOf(head: string, sections: readonly Section[]): string {
  const parts = sections.filter(({ statements }) => statements.length > 0).map(sectionText);
  return `${[remark(head), ...parts].join("\n\n")}\n`;
}

/** Things in a column, indented: columns of a table, names of roles. */
export const column = (items: readonly Sql[], separator = ","): Sql => list(items, raw(`${separator}\n  `));

/** The body of a function between dollar signs that it does not hold itself. */
export function dollarQuoted(body: Sql): Sql {
  const text = renderScript(body);
  let tag = "$$";
  for (let count = 1; text.includes(tag); count += 1) tag = `$body${count}$`;
  return raw(`${tag}\n${text}\n${tag}`);
}

export const commentOn = (what: Sql, text: string): Sql => sql`comment on ${what} is ${literal(text)}`;

function sectionText({ title, statements }: Section): string {
  return `${remark(title)}\n\n${statements.map((statement) => `${renderScript(statement)};`).join("\n")}`;
}

/** Whatever stands in a remark stays in it: a line break would end it. */
const remark = (text: string): string =>
  text
    .split("\n")
    .map((line) => `-- ${line.replace(/[\r\u2028\u2029]/g, " ")}`.trimEnd())
    .join("\n");
