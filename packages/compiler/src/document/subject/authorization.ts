import { accessRule, anyoneRole, expressionInWords, type Action, type Entity, type Model, type Operation } from "@archwright/model";
import { code, strong, type Block } from "../block.ts";
import type { Subject } from "../section.ts";
import { paragraph, prose, someCodes, table, type Part, type Row } from "./prose.ts";

/** Who may do what: each entity and each operation that people call, against each role. */
export function authorizationBlocks({ model }: Subject): readonly Block[] {
  const roles = [...model.roles.map(({ name }) => name), anyoneRole];
  const entities = model.entities.map((entity): Row => [code(entity.id), ...roles.map((role) => entityCell(entity, role, model))]);
  const asked = model.operations.filter(({ allow }) => allow.kind !== "system");
  const operations = asked.map((operation): Row => [code(operation.id), ...roles.map((role) => operationCell(operation, role))]);
  const inner = model.operations.filter(({ allow }) => allow.kind === "system").map(({ id }) => id);
  const conditions = model.entities.flatMap((entity) => conditionRows(entity));
  const heads = roles.map((role) => (role === anyoneRole ? "not signed in" : role));
  return [
    ...table(["Rows of", ...heads], entities),
    ...table(["Of some rows, or some fields", "For", "Rows where", "Fields"], conditions),
    ...table(["Operation", ...heads], operations),
    ...(inner.length > 0
      ? [
          paragraph(
            someCodes(inner, 8),
            inner.length === 1 ? " has" : " have",
            " no route: only the system itself runs ",
            inner.length === 1 ? "it" : "them",
            ", behind events, jobs and other operations.",
          ),
        ]
      : []),
  ];
}

const actions: readonly Action[] = ["list", "read", "create", "update", "delete"];

/** Which actions a role has at the routes of an entity; of some rows, where a condition says of which. */
function entityCell(entity: Entity, role: string, { operations }: Model): Part {
  const granted = actions.flatMap((action) => {
    const rule = accessRule(entity, role, action);
    return rule === "all" ? [action] : typeof rule === "object" ? [`${action} some`] : [];
  });
  if (granted.length > 0) return granted.join(", ");
  const through = operations
    .filter(({ allow, reads, writes }) => mayCall(allow, role) && [...reads, ...writes].includes(entity.id))
    .map(({ name }) => name);
  return through.length > 0 ? prose("only through ", someCodes(through, 3)) : "nothing";
}

const mayCall = (allow: Operation["allow"], role: string): boolean =>
  allow.kind === "anyone" || (allow.kind === "roles" && allow.roles.includes(role));

const operationCell = ({ allow, allowSaid }: Operation, role: string): Part => {
  if (!mayCall(allow, role)) return "no";
  return allow.kind === "anyone" && !allowSaid ? strong("yes, by default") : "yes";
};

function conditionRows({ name, access }: Entity): readonly Row[] {
  return access.flatMap(({ role, can, where, only }): readonly Row[] =>
    where || only ? [[`${name}: ${can.join(", ")}`, code(role), where && expressionInWords(where), only && someCodes(only)]] : [],
  );
}
