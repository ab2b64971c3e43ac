import { wordsOf, type Field } from "@archwright/model";
import { defineRule } from "../../rule.ts";

export const cardNumberStaysOutside = defineRule({
  code: "security/card-number-stays-outside",
  severity: "error",
  message: "{path} takes a card's {what} through this system.",
  why: "It puts every server, log and backup that it passes under the full PCI DSS, some 300 requirements; a security code may not be stored at all.",
  fix: "Let the payment provider's own form take the card, and keep the token that it answers with.",
  check({ fields }, report) {
    for (const { path, field } of fields) {
      const what = cardDatum(field);
      if (what !== undefined) report(path, { path, what });
    }
  },
});

function cardDatum({ kind, name }: Field): string | undefined {
  if (kind !== "text" && kind !== "int" && kind !== "secret") return undefined;
  const words = wordsOf(name);
  if (words.some((word) => /^(cvv|cvc)\d?$/.test(word))) return "security code";
  return /\bcard (no|number)$|^pan$/.test(words.join(" ")) &&
    !/\b(gift|loyalty|member|membership|library|id|sim|business|report)\b/.test(words.join(" "))
    ? "number"
    : undefined;
}
