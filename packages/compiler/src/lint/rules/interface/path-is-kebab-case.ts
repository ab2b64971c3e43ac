import { kebab } from "@archwright/model";
import { defineRule } from "../../rule.ts";

export const pathIsKebabCase = defineRule({
  code: "interface/path-is-kebab-case",
  severity: "info",
  message: "The path {path} of {operation} is not written in small letters with hyphens.",
  why: "Paths tell large letters from small ones, and people who type or say them do not.",
  fix: "Write {better}.",
  check({ model }, report) {
    for (const { id, http } of model.operations) {
      const better =
        http &&
        `/${http.path
          .split("/")
          .filter((part) => part !== "")
          .map(inKebab)
          .join("/")}`;
      if (http && better !== undefined && better !== http.path) report(id, { path: http.path, operation: id, better });
    }
  },
});

const inKebab = (segment: string): string => (segment.startsWith(":") || /^[a-z0-9.~-]+$/.test(segment) ? segment : kebab(segment));
