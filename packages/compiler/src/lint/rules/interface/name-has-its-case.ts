import { wordsOf } from "@archwright/model";
import type { Facts } from "../../../facts/facts.ts";
import { defineRule } from "../../rule.ts";

export const nameHasItsCase = defineRule({
  code: "interface/name-has-its-case",
  severity: "warning",
  message: "{path} is {what}, and is not written in {style}.",
  why: "Names become types, columns, routes and JSON: one in another case reads as a mistake in each of them.",
  fix: "Call it {better}.",
  check(facts, report) {
    for (const { path, what, style, name } of namesOf(facts)) {
      if (!styles[style].test(name)) report(path, { path, what, style, better: inStyle(name, style) });
    }
  },
});

interface Named {
  readonly path: string;
  readonly name: string;
  readonly what: string;
  readonly style: keyof typeof styles;
}

const styles = { PascalCase: /^[A-Z][A-Za-z0-9]*$/, camelCase: /^[a-z][A-Za-z0-9]*$/ } as const;

/** What the author named himself: the words of a third party are its own. */
function namesOf({ model: { entities, events, operations, jobs, messages }, fields }: Facts): readonly Named[] {
  const own = events.filter(({ integration }) => integration === undefined);
  const foreign = new Set(events.filter(({ integration }) => integration !== undefined).map(({ id }) => id));
  const items = (named: readonly { readonly id: string; readonly name: string }[], what: string, style: Named["style"]): readonly Named[] =>
    named.map(({ id, name }) => ({ path: id, name, what, style }));
  return [
    ...items(entities, "an entity", "PascalCase"),
    ...items(own, "an event", "PascalCase"),
    ...items(operations, "an operation", "camelCase"),
    ...items(jobs, "a job", "camelCase"),
    ...items(messages, "a message", "camelCase"),
    ...operations.flatMap(({ id, errors }) =>
      errors.map(({ name }): Named => ({ path: `${id}.errors.${name}`, name, what: "an error", style: "PascalCase" })),
    ),
    ...fields
      .filter(({ item }) => !foreign.has(item))
      .map(({ path, field }): Named => ({ path, name: field.name, what: "a field", style: "camelCase" })),
  ];
}

function inStyle(name: string, style: Named["style"]): string {
  const pascal = wordsOf(name)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join("");
  return style === "PascalCase" ? pascal : pascal.charAt(0).toLowerCase() + pascal.slice(1);
}
