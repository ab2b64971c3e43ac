import { exact, zero } from "../../formulas/formula.ts";
import type { DecisionRule } from "../rule.ts";

/** Stands in for a decision that others take: its only option is chosen; without one there is nothing to decide. */
export const ruleThatDecides = (id: string, option?: string, figures: Readonly<Record<string, number>> = {}): DecisionRule => ({
  id,
  area: "storage",
  question: "Which?",
  evidence: "general",
  sources: [],
  propose: () => {
    if (option === undefined) return [];
    const told = Object.entries(figures).map(([figure, value]) => ({
      id: figure,
      words: figure,
      unit: "count" as const,
      formula: exact(value),
    }));
    return [{ options: [{ id: option, title: option, figures: told, score: zero, because: "It is the only one.", consequence: "None." }] }];
  },
});
