import { defineRule } from "../../rule.ts";

export const pathStartsWithAResource = defineRule({
  code: "interface/path-starts-with-a-resource",
  severity: "warning",
  message: "The path {path} of {operation} does not begin with what it is about.",
  why: "A path that begins with a parameter answers to everything that no other route knows: a mistyped path becomes a strange input instead of a 404.",
  fix: "Begin with a collection, such as /orders/:order.",
  check({ model }, report) {
    for (const { id, http } of model.operations) {
      if (http && /^\/(:|$)/.test(http.path)) report(id, { path: http.path, operation: id });
    }
  },
});
