import { partsOf, readRule, rolesNamed, type Entity, type Expression } from "@archwright/model";
import { entityIndexes, type EntityIndex } from "../../facts/indexed-fields.ts";
import { code } from "../block.ts";
import type { Subject } from "../section.ts";
import { someCodes, prose, type Part, type Row } from "./prose.ts";

/** Each index of an entity with what asks for it. */
export function indexRows(subject: Subject, entity: Entity): readonly Row[] {
  return entityIndexes(entity).map((index): Row => [code(index.fields.join(", ")), reasonOf(subject, entity, index)]);
}

function reasonOf(subject: Subject, entity: Entity, { fields, of }: EntityIndex): Part {
  const [first = ""] = fields;
  switch (of) {
    case "key":
      return "the primary key";
    case "unique":
      return `no two rows of ${entity.name} have the same ${first}`;
    case "words":
      return `words in ${first}`;
    case "value":
      return prose(...valueReasons(subject, entity, first));
  }
}

function valueReasons({ facts }: Subject, entity: Entity, first: string): readonly Part[] {
  const field = entity.fields.find(({ name }) => name === first);
  const asking = [
    ...new Set(
      facts.selections
        .filter(
          ({ entity: of, use, condition, sort }) =>
            of === entity.id && use !== "policy" && (sort?.field === first || (condition !== undefined && names(condition, first))),
        )
        .map(({ by }) => by),
    ),
  ];
  const guarded = rolesNamed(entity).filter((role) => {
    const rule = readRule(entity, role);
    return typeof rule === "object" && names(rule, first);
  });
  const reasons: readonly Part[] = [
    field?.kind === "ref" && prose("rows of one ", code(field.entity)),
    guarded.length > 0 && prose("what ", someCodes(guarded), " may see"),
    asking.length > 0 && prose("found so by ", someCodes(asking, 4)),
  ].filter((reason) => reason !== false);
  return reasons.length === 0
    ? ["asked for by the model, for code that is not data"]
    : reasons.flatMap((reason, index) => (index === 0 ? [reason] : [", ", reason]));
}

/** Whether a condition looks at this field of the row. */
function names(condition: Expression, field: string): boolean {
  if (condition.kind === "field" && condition.name === field && condition.of.kind === "variable" && condition.of.name === "row")
    return true;
  return partsOf(condition).some((part) => names(part, field));
}
