import type { Returns } from "@archwright/model";
import { shortName } from "../../lint/phrases.ts";

/** What an operation answers, in a few words: "Order", "clientSecret", "a page of Product". Nothing for nothing. */
export function returnedWords(returns: Returns): string {
  switch (returns.kind) {
    case "nothing":
      return "";
    case "entity":
      return shortName(returns.entity);
    case "field":
      return returns.field.kind === "page" ? `a page of ${shortName(returns.field.entity)}` : returns.field.kind;
    case "record":
      return returns.fields.map(({ name }) => name).join(", ");
  }
}
