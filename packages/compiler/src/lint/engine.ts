import { fill, type Finding, type Model, type Origin, type Severity } from "@archwright/model";
import { factsOf } from "../facts/facts.ts";
import { acceptancesOf, judgeAcceptances } from "./acceptance.ts";
import type { Paths, Rule, RuleWords } from "./rule.ts";
import { rules as allRules } from "./rules.ts";

/**
 * What an architect has to say about a model, the gravest first. A finding that its item accepts with a reason is left out;
 * an acceptance that accepts nothing is a finding itself.
 */
export function lint(model: Model, rules: readonly Rule[] = allRules): readonly Finding[] {
  const facts = factsOf(model);
  const found = rules.flatMap((rule) => findingsOf(rule, (report) => rule.check(facts, report), model));
  const acceptances = acceptancesOf(model);
  const { kept, words } = judgeAcceptances(found, acceptances, { run: codesOf(rules), known: codesOf([...allRules, ...rules]) }, model);
  const judged = words.flatMap(({ rule, at, slots }) => findingsOf(rule, (report) => report(at, slots), model));
  return [...kept, ...judged].sort(byGravity);
}

type Say = (at: Paths, slots?: { readonly [slot: string]: string | number }) => void;

function findingsOf({ code, severity, message, why, fix }: RuleWords, check: (report: Say) => void, model: Model): readonly Finding[] {
  const findings: Finding[] = [];
  check((at, slots = {}) => {
    const [item, ...others] = typeof at === "string" ? [at] : at;
    findings.push({
      code,
      severity,
      item,
      message: fill<string>(message, slots),
      why: fill<string>(why, slots),
      fix: fill<string>(fix, slots),
      at: [item, ...others].flatMap((path) => originOf(path, model) ?? []),
    });
  });
  return findings;
}

/** Where a path was written, or else the nearest item around it: `orders.Order.invariants.x` is found at `orders.Order`. */
function originOf(path: string, { origins, name }: Model): Origin | undefined {
  for (let known = path; known !== ""; known = known.slice(0, Math.max(0, known.lastIndexOf(".")))) {
    const origin = origins[known];
    if (origin) return origin;
  }
  return origins[name];
}

const codesOf = (rules: readonly Rule[]): ReadonlySet<string> => new Set(rules.map(({ code }) => code));

const gravity: { readonly [S in Severity]: number } = { error: 0, warning: 1, info: 2 };

function byGravity(left: Finding, right: Finding): number {
  return (
    gravity[left.severity] - gravity[right.severity] ||
    compare(left.code, right.code) ||
    compare(left.item, right.item) ||
    compare(left.message, right.message)
  );
}

const compare = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0);
