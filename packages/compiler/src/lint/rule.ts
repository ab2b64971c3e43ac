import type { Severity, Slots } from "@archwright/model";
import type { Facts } from "../facts/facts.ts";

export type Area = "consistency" | "reliability" | "capacity" | "schema" | "security" | "privacy" | "lifecycle" | "interface";

/** A check with its words. One file each under `rules/`, whose path is the code. */
export interface Rule extends RuleWords {
  check(facts: Facts, report: (at: Paths, slots?: SlotValues) => void): void;
}

/** What a finding says, with holes for the names and numbers: the fact, what it costs, and what to do. */
export interface RuleWords {
  readonly code: `${Area | "accept"}/${string}`;
  readonly severity: Severity;
  readonly message: string;
  readonly why: string;
  readonly fix: string;
}

/** The path of the item, then those of the other places that belong to the conflict. */
export type Paths = string | readonly [item: string, ...others: readonly string[]];

type SlotValues = { readonly [slot: string]: string | number };

/** Reporting without one of the slots, or with one that no sentence has, does not compile. */
type Report<Text extends string> = unknown extends Slots<Text> ? (at: Paths) => void : (at: Paths, slots: Slots<Text>) => void;

/**
 * A rule with typed words.
 *
 * @example
 * export const callNeedsTimeout = defineRule({
 *   code: "reliability/call-needs-timeout",
 *   severity: "error",
 *   message: "{integration} has no timeout.",
 *   why: "…",
 *   fix: "…",
 *   check({ model }, report) {
 *     for (const { name, onFailure } of model.integrations) if (onFailure?.timeoutMs === undefined) report(name, { integration: name });
 *   },
 * });
 */
export function defineRule<const Message extends string, const Why extends string, const Fix extends string>(
  rule: RuleWords & {
    readonly message: Message;
    readonly why: Why;
    readonly fix: Fix;
    check(facts: Facts, report: Report<`${Message}${Why}${Fix}`>): void;
  },
): Rule {
  return rule as Rule; // The slots are typed where they are given; the engine fills whatever it is handed.
}
