import { expressionInWords, type AccessRule, type Entity, type Field, type Model } from "@archwright/model";
import { durationInWords } from "@archwright/model";
import { rate } from "../../lint/phrases.ts";
import { rulesInWords, typeInWords } from "./field-words.ts";
import { code, codes, heading, join, prose, table, written, type Markdown } from "./markdown.ts";
import { statedInWords } from "./questions.ts";

export function entitiesSection({ entities }: Model): readonly string[] {
  return entities.length === 0 ? [] : [...heading(2, "Entities"), ...entities.flatMap(entitySection)];
}

/** The personal data that is held, why, and how long. */
export function personalDataSection({ entities, events, integrations }: Model): readonly string[] {
  const held = [...entities, ...events].flatMap(({ id, fields }) => personalFields(fields, id));
  const rows = held.map(({ path, personal }) => [code(path), personal.basis, durationInWords(personal.keepMs)]);
  const elsewhere = integrations
    .filter(({ holds }) => holds.length > 0)
    .map(({ name, holds }) => written(prose`${code(name)} holds in our stead: ${join([...holds])}.`));
  if (rows.length === 0 && elsewhere.length === 0) return [];
  return [...heading(2, "Personal data"), ...table(["Field", "Basis", "Kept for"], rows), ...elsewhere.flatMap((line) => [line, ""])];
}

function entitySection({ id, fields, access, invariants, tenant, indexes, expected }: Entity): readonly string[] {
  const facts = [
    tenant !== undefined && prose`Rows belong to the tenant in ${code(tenant)}.`,
    indexes.length > 0 && prose`Indexed together: ${join(indexes.map(codes), "; ")}.`,
    expected && expectedInWords(expected),
  ];
  const lines = facts.flatMap((fact) => (fact ? [written(fact), ""] : []));
  const promises = invariants.map(({ statement, holds }) => [prose`${statement}`, prose`${expressionInWords(holds)}`]);
  return [
    ...heading(3, code(id)),
    ...lines,
    ...table(
      ["Field", "Type", "Rules"],
      fields.map((field) => [code(field.name), typeInWords(field), rulesInWords(field)]),
    ),
    ...table(["Always true", "That is"], promises),
    ...fields.flatMap(lifecycle),
    ...table(["Role", "May", "Rows where", "Fields"], access.map(accessRow)),
  ];
}

function expectedInWords({ rows, growthPerSecond, most }: NonNullable<Entity["expected"]>): Markdown {
  const all = statedInWords({ quantity: rows, say: (count) => `${count} rows` });
  const growth = growthPerSecond === undefined ? "" : prose`, and ${statedInWords({ quantity: growthPerSecond, say: rate })} more`;
  const owned = most === undefined ? "" : prose`; at most ${statedInWords({ quantity: most, say: String })} with one owner`;
  return prose`Expected: ${all}${growth}${owned}.`;
}

function lifecycle(field: Field): readonly string[] {
  if (field.kind !== "state") return [];
  const rows = Object.entries(field.moves).map(([state, nexts]) => [
    prose`${code(state)}${state === field.initial ? " (first)" : ""}`,
    nexts.length === 0 ? "ends here" : codes(nexts),
  ]);
  return table([`State: ${field.name}`, "Leads to"], rows);
}

function accessRow({ role, can, only, where }: AccessRule): readonly (Markdown | string)[] {
  return [code(role), join([...can]), where ? prose`${expressionInWords(where)}` : "", only ? codes(only) : ""];
}

interface Held {
  readonly path: string;
  readonly personal: NonNullable<Field["personal"]>;
}

function personalFields(fields: readonly Field[], path: string): readonly Held[] {
  return fields.flatMap((field) => {
    const own = `${path}.${field.name}`;
    return [
      ...(field.personal ? [{ path: own, personal: field.personal }] : []),
      ...("fields" in field ? personalFields(field.fields, own) : []),
    ];
  });
}
