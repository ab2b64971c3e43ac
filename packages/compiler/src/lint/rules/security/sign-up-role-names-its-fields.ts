import { wordsOf, type Field } from "@archwright/model";
import { wordSet } from "../../../facts/word-set.ts";
import { listed } from "../../phrases.ts";
import { defineRule } from "../../rule.ts";

export const signUpRoleNamesItsFields = defineRule({
  code: "security/sign-up-role-names-its-fields",
  severity: "warning",
  message: "{role}, which anybody can take, may {action} {entity} with every field, {fields} among them.",
  why: "Whoever signs up sets them as he likes: it only takes one more line in the request.",
  fix: "Add `only` to the rule, with the fields that {role} is meant to write.",
  check({ model, items }, report) {
    for (const entity of model.entities) {
      const granting = entity.fields.filter(grantsSomething);
      if (granting.length === 0) continue;
      for (const [index, { role, can, only }] of entity.access.entries()) {
        const action = can.find((granted) => granted === "update" || granted === "create");
        const written = granting.filter((field) => action === "create" || field.readonly !== true);
        if (action === undefined || only !== undefined || items.roles.get(role)?.signUp !== true || written.length === 0) continue;
        const paths = written.map(({ name }) => `${entity.id}.${name}`);
        report([`${entity.id}.access.${index}`, ...paths], {
          role,
          action,
          entity: entity.id,
          fields: listed(written.map(({ name }) => name)),
        });
      }
    }
  },
});

/** By its name: what a person would like to have more of than he is given. */
function grantsSomething({ kind, name }: Field): boolean {
  return kind !== "state" && kind !== "ref" && kind !== "id" && granting.has(wordsOf(name).at(-1) ?? "");
}

const granting = wordSet(`
  role admin verified approved trusted premium paid blocked banned balance credit credits points score reputation discount quota
  plan tier commission
`);
