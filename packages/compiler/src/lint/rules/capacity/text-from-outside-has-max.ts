import { creatableFields, updatableFields, type Field, type Operation } from "@archwright/model";
import { nestedFields } from "../../../facts/nested-fields.ts";
import { fieldNames } from "../../phrases.ts";
import { defineRule } from "../../rule.ts";

export const textFromOutsideHasMax = defineRule({
  code: "capacity/text-from-outside-has-max",
  severity: "info",
  message: "{item} takes texts of any length: {fields}.",
  why: "One caller can store a megabyte where you expect a line, and every list carries it from then on.",
  fix: "Add .max(…) to each.",
  check({ model }, report) {
    const taken = [
      ...model.operations.filter(isCommandForPeople).map(({ id, input }) => ({ id, path: `${id}.input`, fields: input })),
      ...model.entities.map((entity) => ({
        id: entity.id,
        path: entity.id,
        fields: [...new Set([...creatableFields(entity), ...updatableFields(entity)])],
      })),
    ];
    for (const { id, path, fields } of taken) {
      const endless = nestedFields(fields, path).filter(({ field }) => isEndless(field));
      const [first, ...others] = endless.map((placed) => placed.path);
      if (first !== undefined) report([first, ...others], { item: id, fields: fieldNames(endless, path) });
    }
  },
});

const isCommandForPeople = ({ kind, allow }: Operation): boolean => kind === "command" && allow.kind !== "system";
const isEndless = (field: Field): boolean => field.kind === "text" && field.max === undefined && field.pattern === undefined;
