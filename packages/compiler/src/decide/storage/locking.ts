import type { Entity } from "@archwright/model";
import { constant, least, one, product, quotient, sum, zero, type Formula } from "../../formulas/formula.ts";
import { msPerSecond } from "../../quantities/given.ts";
import { monthlyHours } from "../monthly-hours.ts";
import { needAtMost, type Brief, type DecisionRule, type Need, type OptionRule } from "../rule.ts";
import { conflictsOf, isEdited, waitForOne, type Conflicts } from "./conflicts.ts";
import { rowUseOf, type RowUse } from "./row-use.ts";

const catalogue = "catalogue of decisions, 30 (optimistic or locked)";
const conflictMax = constant(
  "locking-conflict-max",
  "share of changes that may be refused because another came first",
  0.05,
  "share",
  "sourced",
  catalogue,
);
const rowMax = constant("locking-row-max", "changes of one row in a second that wait for each other", 100, "/s", "sourced", catalogue);
const shards = constant(
  "locking-shards",
  "rows that one counter is spread over",
  16,
  "count",
  "general",
  "each bears what one row bears",
  [4, 64],
);
const hoursFor = monthlyHours("locking");
const lockHours = hoursFor("lock-hours", "rows that are locked in one order by all", 0.1, [0.02, 0.5]);
const shardHours = hoursFor("shard-hours", "a counter that has to be added up", 2, [0.5, 8]);

/** Catalogue of decisions, 30: of each entity whose rows change while they live, and are not their owners' alone. */
export const locking: DecisionRule = {
  id: "locking",
  area: "storage",
  question: "What happens when two change the same row at once?",
  evidence: "sourced",
  sources: [catalogue, "RFC 9110: If-Match"],
  propose: (brief) => {
    const conflicts = conflictsOf(brief);
    const useOf = rowUseOf(brief.facts);
    return brief.model.entities.flatMap((entity) => {
      const found = conflicts(entity);
      if (!found.isShared || (found.changers.length === 0 && !isEdited(entity))) return [];
      return [
        {
          about: entity.id,
          question: `What happens when two change the same row of ${entity.name} at once?`,
          options: optionsOf(entity, found, counterOf(brief, entity, useOf(entity))),
        },
      ];
    });
  },
};

function optionsOf({ name }: Entity, conflicts: Conflicts, counter: Counter | undefined): readonly OptionRule[] {
  const { hotByOperations, hotByPeople, heldSeconds, editSeconds } = conflicts;
  const byPeople = least(one, product(hotByPeople, editSeconds));
  const refused = least(one, sum(product(hotByOperations, heldSeconds), byPeople));
  const use = product(hotByOperations, heldSeconds);
  const seldomTyped: Need = needAtMost(byPeople, conflictMax, `no lock is held while people have a row of ${name} on the screen`);
  const sharded: OptionRule = {
    id: "shard-counter",
    title: "several rows that are added up when they are read",
    needs: [seldomTyped],
    ...weighed({
      refused: byPeople,
      perRow: quotient(hotByOperations, shards),
      waitMs: waitForOne(quotient(use, shards), heldSeconds),
      hours: shardHours,
    }),
    because: `Only numbers of ${name} change, and each change picks one of several rows, so that hardly two pick the same.`,
    consequence:
      counter === "bounded"
        ? `Each part of ${name} has its own bound, so that one is used up while others are not.`
        : `Whoever reads ${name} adds up all of its parts.`,
  };
  return [
    {
      id: "optimistic",
      title: "optimistic locking by a version",
      needs: [needAtMost(refused, conflictMax, `so many changes of ${name} would be refused that people give up`)],
      ...weighed({ refused, perRow: hotByOperations, waitMs: product(refused, heldSeconds, msPerSecond), hours: zero }),
      because: `Two hardly ever want the same row of ${name}, and nobody waits for the other.`,
      consequence: `Whoever comes second is told so, has to look again and to repeat the change.`,
    },
    {
      id: "row-lock",
      title: "a row lock before the row is read",
      needs: [needAtMost(hotByOperations, rowMax, `changes of the busiest row of ${name} would queue behind each other`), seldomTyped],
      ...weighed({ refused: byPeople, perRow: hotByOperations, waitMs: waitForOne(use, heldSeconds), hours: lockHours }),
      because: `Changes of the same row of ${name} come one after the other, and none is done in vain.`,
      consequence: "A slow transaction makes all wait who want its rows, and locks taken in another order stop each other.",
    },
    ...(counter ? [sharded] : []),
  ];
}

interface Weight {
  readonly refused: Formula;
  readonly perRow: Formula;
  readonly waitMs: Formula;
  readonly hours: Formula;
}

const weighed = ({ refused, perRow, waitMs, hours }: Weight): Pick<OptionRule, "hoursPerMonth" | "latencyMs" | "figures"> => ({
  hoursPerMonth: hours,
  latencyMs: waitMs,
  figures: [
    { id: "refused", words: "share of the changes of the busiest row that are refused", unit: "share", formula: refused },
    { id: "per-row", words: "changes of one row in a second at the peak", unit: "/s", formula: perRow },
  ],
});

type Counter = "free" | "bounded";

/** Undefined where operations do more to a row than to add and to take away. */
function counterOf({ facts }: Brief, entity: Entity, { steps }: RowUse): Counter | undefined {
  const changing = steps.filter(({ step }) => step.kind !== "get" && step.kind !== "page" && step.kind !== "create");
  const counts = changing.flatMap(({ step }) => (step.kind === "change" ? [step] : []));
  if (counts.length === 0 || counts.length < changing.length || facts.useOf(entity.id).opaqueWriters.length > 0) return undefined;
  const isBounded = counts.some(({ by, direction }) =>
    entity.fields.some((field) => field.name in by && (direction === "increase" ? field.max : field.min) !== undefined),
  );
  return isBounded ? "bounded" : "free";
}
