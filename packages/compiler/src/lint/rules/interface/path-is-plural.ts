import { kebab, plural } from "@archwright/model";
import { isPlural, isVerb } from "../../english.ts";
import { defineRule } from "../../rule.ts";

export const pathIsPlural = defineRule({
  code: "interface/path-is-plural",
  severity: "info",
  message: "The path {path} of {operation} calls a collection {segment}.",
  why: "The routes of entities are plural. A client that knows /{better} has to guess which of the two it is here.",
  fix: "Write /{better}.",
  check({ model }, report) {
    const singular = new Set(model.entities.map(({ name }) => kebab(name)));
    for (const { id, http } of model.operations) {
      const segments = http?.path.split("/").filter((part) => part !== "") ?? [];
      for (const [index, segment] of segments.entries()) {
        const isCollection = segments[index + 1]?.startsWith(":") === true || (index === 0 && singular.has(segment));
        if (isCollection && (singular.has(segment) || isSingular(segment)))
          report(id, { path: http?.path ?? "", operation: id, segment, better: plural(segment) });
      }
    }
  },
});

/** `/orders/by-number/:number` and `/verify/:token` name no collection. */
function isSingular(segment: string): boolean {
  const words = segment.split("-");
  const [first = "", last = ""] = [words[0], words.at(-1)];
  return !segment.startsWith(":") && !isPlural(last) && !isVerb(first) && !["by", "for", "in", "at", "with", "me", "my"].includes(first);
}
