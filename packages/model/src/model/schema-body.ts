import type { StepKind } from "./body.ts";
import { id, list, map, oneOf, record, ref, text, type Schema } from "./schema-words.ts";

const expression = ref("expression");
const values = map(expression);
const target = ref("target");
const sort = record({ field: text }, { descending: { const: true } });

interface Facts {
  readonly required: { readonly [name: string]: Schema };
  readonly optional?: { readonly [name: string]: Schema };
}

/** What each kind of step says besides its kind. A kind without an entry does not compile. */
const facts: { readonly [K in StepKind]: Facts } = {
  get: { required: { as: text, entity: id, id: expression } },
  page: { required: { as: text, entity: id }, optional: { where: expression, sort, limit: { type: "integer" } } },
  require: { required: { condition: expression, otherwise: text } },
  create: { required: { as: text, entity: id, values } },
  update: { required: { as: text, entity: id, target, values } },
  transition: { required: { as: text, entity: id, target, to: map(text) }, optional: { otherwise: text } },
  change: {
    required: { as: text, entity: id, target, direction: oneOf("increase", "decrease"), by: values },
    optional: { otherwise: text },
  },
  remove: { required: { entity: id, target } },
  each: { required: { as: text, list: expression, item: text, steps: list(ref("step")) }, optional: { result: expression } },
  atomic: { required: { as: text, operation: id, input: values } },
  emit: { required: { event: id, payload: values } },
};

export const bodySchema: { readonly [name: string]: Schema } = {
  body: record({ steps: list(ref("step")) }, { result: expression }),
  step: { anyOf: Object.entries(facts).map(([kind, { required, optional }]) => record({ kind: { const: kind }, ...required }, optional)) },
  target: { anyOf: [record({ kind: { const: "id" }, id: expression }), record({ kind: { const: "where" }, condition: expression })] },
};
