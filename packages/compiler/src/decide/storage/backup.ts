import { atMost, exact, named, product, quotient, sum, when, zero, type Formula } from "../../formulas/formula.ts";
import { bytesPerGigabyte, msPerSecond, secondsPerDay } from "../../quantities/given.ts";
import { needAtMost, type BillLine, type Brief, type DecisionRule, type OptionRule } from "../rule.ts";
import {
  archiveEvery,
  archiveHours,
  changed,
  commitWait,
  dumpHours,
  dumpShare,
  dumpsKept,
  dumpSpeed,
  dumpWindow,
  setUp,
  standbyHours,
  takeOver,
} from "./recovery-times.ts";

/** Catalogue of decisions, 43. */
export const backup: DecisionRule = {
  id: "backup",
  area: "storage",
  question: "What brings the data back?",
  evidence: "sourced",
  sources: ["catalogue of decisions, 43 (backups)", "Amazon RDS documentation: log archived every five minutes"],
  propose: (brief) => (brief.model.entities.length === 0 ? [] : [{ options: optionsOf(brief) }]),
};

function optionsOf(brief: Brief): readonly OptionRule[] {
  const { quantities, decided } = brief;
  const database = decided("database");
  const stored = database.figure("stored-bytes");
  const { volume } = quantities;
  const kept: Kept = {
    gigabytes: quotient(product(stored, database.figure("primaries")), bytesPerGigabyte),
    reloadMs: named("backup.reload", "time to load a dump", "ms", product(quotient(stored, dumpSpeed), msPerSecond)),
    copyMs: named(
      "backup.copy",
      "time to read or write all data of an instance",
      "ms",
      product(volume.restoreMs, quotient(stored, volume.bytes)),
    ),
  };
  return [nightlyDump(brief, kept), pointInTime(brief, kept), standby(brief, kept)];
}

interface Kept {
  readonly gigabytes: Formula;
  readonly reloadMs: Formula;
  readonly copyMs: Formula;
}

function nightlyDump(brief: Brief, { gigabytes, reloadMs, copyMs }: Kept): OptionRule {
  const { model, price } = brief;
  return weighed(
    brief,
    { lost: product(secondsPerDay, msPerSecond), back: sum(setUp, reloadMs) },
    {
      id: "nightly-dump",
      title: "a nightly dump",
      needs: [needAtMost(copyMs, dumpWindow, "a dump of that much is not done by morning")],
      bill: [{ component: "backup", words: "a week of dumps", cost: product(gigabytes, dumpShare, dumpsKept, price("objects")) }],
      hoursPerMonth: dumpHours,
      latencyMs: zero,
      because: `A day of work may be done again, and a file holds all of ${model.name}.`,
      consequence: "What was written since the last night is lost, and loading a dump builds every index anew.",
    },
  );
}

function pointInTime(brief: Brief, { gigabytes, copyMs }: Kept): OptionRule {
  return weighed(
    brief,
    { lost: archiveEvery, back: sum(setUp, copyMs) },
    {
      id: "point-in-time",
      title: "point-in-time recovery",
      bill: [archive(brief, gigabytes)],
      hoursPerMonth: archiveHours,
      latencyMs: zero,
      because: `${brief.model.name} can be brought back as it was a minute before somebody's mistake.`,
      consequence: "While the data come back nobody works, and the last minutes may be missing.",
    },
  );
}

/** Where there is a second zone, its standbys are on the bill of the database. */
function standby(brief: Brief, { gigabytes }: Kept): OptionRule {
  const { model, decided } = brief;
  const stands = atMost(exact(2), decided("zones").figure("zones"));
  const instances = product(decided("database").figure("primaries"), decided("database-size").figure("instance-cost"));
  return weighed(
    brief,
    { lost: zero, back: takeOver },
    {
      id: "standby",
      title: "point-in-time recovery, and a standby with every commit",
      bill: [
        archive(brief, gigabytes),
        { component: "backup", words: "standbys, where no second zone has them", cost: when(stands, zero, instances) },
      ],
      hoursPerMonth: sum(archiveHours, when(stands, zero, standbyHours)),
      latencyMs: when(stands, zero, commitWait),
      because: `A standby of ${model.name} takes over with nothing lost when a machine is gone.`,
      consequence: "It repeats every mistake at once, so that the copies and the log are needed all the same.",
    },
  );
}

const archive = ({ price }: Brief, gigabytes: Formula): BillLine => ({
  component: "backup",
  words: "copies of the volumes and a week of log",
  cost: product(gigabytes, changed, price("backup")),
});

interface Recovery {
  /** Work of so many milliseconds is lost, and so long it takes to be back. */
  readonly lost: Formula;
  readonly back: Formula;
}

function weighed({ quantities }: Brief, { lost, back }: Recovery, option: OptionRule): OptionRule {
  const { rpoMs, rtoMs } = quantities.promises;
  return {
    ...option,
    needs: [
      needAtMost(lost, rpoMs, "more work would be lost than is promised"),
      needAtMost(back, rtoMs, "it would be back later than is promised"),
      ...(option.needs ?? []),
    ],
    figures: [
      { id: "lost", words: "work that is lost at worst", unit: "ms", formula: lost },
      { id: "back", words: "time until it is back", unit: "ms", formula: back },
    ],
  };
}
