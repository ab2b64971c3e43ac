import type { Entity } from "@archwright/model";
import { groupsOf } from "../../../facts/groups.ts";
import { listed } from "../../phrases.ts";
import { defineRule } from "../../rule.ts";

export const idPrefixIsUnique = defineRule({
  code: "schema/id-prefix-is-unique",
  severity: "warning",
  message: "The ids of {entities} all begin with {prefix}_.",
  why: "An id in a log, a link or a support request no longer says what it is the id of, and one passes for the other.",
  fix: "Give each entity a prefix of its own.",
  check({ model }, report) {
    const prefixes = model.entities.flatMap((entity) =>
      idsOf(entity).map(({ name, prefix }) => ({ entity: entity.id, path: `${entity.id}.${name}`, prefix })),
    );
    for (const [prefix, same] of groupsOf(prefixes, (id) => id.prefix)) {
      const [first, ...others] = same.map(({ path }) => path);
      if (first !== undefined && others.length > 0)
        report([first, ...others], { prefix, entities: listed(same.map(({ entity }) => entity)) });
    }
  },
});

const idsOf = ({ fields }: Entity) => fields.flatMap((field) => (field.kind === "id" ? [field] : []));
