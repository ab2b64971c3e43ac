import { constant, least, named, one, product, quotient, sum, zero, type Formula } from "../../formulas/formula.ts";
import { msPerSecond, secondsPerMonth } from "../../quantities/given.ts";
import { monthlyHours } from "../monthly-hours.ts";
import { needAtMost, type Brief, type DecisionRule, type OptionRule } from "../rule.ts";
import { useMax } from "../use-max.ts";
import { conflictsOf, waitForOne, type Conflicts } from "./conflicts.ts";
import { overtakenChecks, rivalsOf, type OvertakenCheck } from "./overtaken-checks.ts";
import { upkeepOf } from "./upkeep.ts";

const catalogue = "catalogue of decisions, 29 (isolation)";
const borne = constant(
  "isolation-borne",
  "times in a month that a check may be overtaken and nobody notice",
  0.1,
  "count",
  "general",
  "once in a year, about",
  [0.01, 10],
);
const abortsMax = constant("isolation-aborts-max", "share of transactions that may be tried again", 0.05, "share", "sourced", catalogue);
const falseAlarms = constant(
  "isolation-false-alarms",
  "transactions that PostgreSQL aborts for each that was overtaken",
  3,
  "count",
  "general",
  "it watches pages where it cannot watch rows; to be measured",
  [1, 20],
);
const watching = constant(
  "isolation-watching",
  "share of work of the database for watching what transactions have read",
  0.1,
  "share",
  "general",
  "to be measured",
  [0.02, 0.3],
);
const hoursFor = monthlyHours("isolation");
const retryHours = hoursFor("retry-hours", "transactions that have to be tried again", 0.2, [0.05, 1]);
const lockHours = hoursFor("lock-hours", "a lock that only those who know of it take", 0.4, [0.1, 2]);

/** Catalogue of decisions, 29: of each command that writes because of rows that it has read, where no constraint refuses the second of two. */
export const isolation: DecisionRule = {
  id: "isolation",
  area: "storage",
  question: "What keeps a check true until its transaction commits?",
  evidence: "sourced",
  sources: [catalogue, "PostgreSQL documentation: transaction isolation, error 40001"],
  propose: (brief) => {
    const conflicts = conflictsOf(brief);
    return overtakenChecks(brief.facts).map((check) => ({
      about: check.command.id,
      question: `What keeps what ${check.command.name} has read of ${check.entity.name} true until it commits?`,
      options: optionsOf(brief, check, conflicts(check.entity)),
    }));
  },
};

function optionsOf(brief: Brief, check: OvertakenCheck, conflicts: Conflicts): readonly OptionRule[] {
  const { command, entity } = check;
  const { load, work } = brief.quantities;
  const rivals = rivalsOf(brief, check, conflicts.hottest);
  const held = product(sum(work.databaseMsOf(command.id), work.applicationMsOf(command.id)), quotient(one, msPerSecond));
  const overtaken = named(
    `${command.id}.isolation-overtaken`,
    `chance that another changes ${entity.name} under ${command.name}`,
    "share",
    least(one, product(rivals, held)),
  );
  const wrong = product(load.meanOf(command.id), secondsPerMonth, overtaken);
  const aborts = least(one, product(overtaken, falseAlarms));
  const use = product(rivals, held);
  const runMs = work.databaseMsOf(command.id);
  const extraMs = product(load.peakOf(command.id), runMs, sum(watching, aborts));
  return [
    {
      id: "read-committed",
      title: "read committed, and constraints",
      needs: [needAtMost(wrong, borne, `two runs of ${command.name} at once may both be allowed what only one may have`)],
      ...weighed(brief, { wrong, repeated: zero, waitMs: zero, hours: zero, workMs: zero }),
      because: `Hardly ever does another change ${entity.name} between the look and the write.`,
      consequence: `Nothing tells when what ${command.name} has read is no longer so.`,
    },
    {
      id: "serializable",
      title: "serializable transactions",
      needs: [needAtMost(aborts, abortsMax, "so many transactions would be done twice that they get in each other's way again")],
      ...weighed(brief, {
        wrong: zero,
        repeated: aborts,
        waitMs: product(runMs, aborts),
        hours: retryHours,
        workMs: extraMs,
      }),
      because: `Whatever ${command.name} looks at, the database sees to it that nobody has changed it.`,
      consequence: `${command.name} must be safe to run again, up to five times, and so must all that writes ${entity.name}.`,
    },
    {
      id: "advisory-lock",
      title: `a lock for each key of ${entity.name}`,
      needs: [needAtMost(use, useMax, "whoever comes would wait for all who have come before")],
      ...weighed(brief, { wrong: zero, repeated: zero, waitMs: waitForOne(use, held), hours: lockHours, workMs: zero }),
      because: `One after the other nobody has to be tried again, however often two want the same ${entity.name}.`,
      consequence: `A writer of ${entity.name} that forgets the lock is not stopped by it.`,
    },
  ];
}

interface Weight {
  readonly wrong: Formula;
  readonly repeated: Formula;
  readonly waitMs: Formula;
  readonly hours: Formula;
  readonly workMs: Formula;
}

function weighed(brief: Brief, { wrong, repeated, waitMs, hours, workMs }: Weight): Partial<OptionRule> {
  return {
    hoursPerMonth: hours,
    latencyMs: waitMs,
    figures: [
      { id: "wrong", words: "times in a month that a check is overtaken", unit: "count", formula: wrong },
      { id: "repeated", words: "share of the runs that are tried again", unit: "share", formula: repeated },
    ],
    score: upkeepOf(brief, { workMs, hours }),
  };
}
