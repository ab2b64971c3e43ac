import { constant } from "../../formulas/formula.ts";

/** What bringing data back takes: time, hours of people, and what is kept for it. */

export const dumpSpeed = constant(
  "backup-dump-speed",
  "bytes of data that a dump brings back in a second, indexes built anew",
  25e6,
  "bytes",
  "general",
  "to be rehearsed",
  [10e6, 80e6],
);
export const dumpShare = constant(
  "backup-dump-size",
  "bytes of a packed dump, over the data",
  0.25,
  "share",
  "general",
  "zstd, no indexes",
  [0.1, 0.5],
);
export const dumpsKept = constant("backup-dumps", "dumps that are kept", 7, "count", "general", "a week");
export const dumpWindow = constant(
  "backup-dump-window",
  "time that a dump may take",
  21_600_000,
  "ms",
  "general",
  "a night; it holds dead rows back until it is done",
);
export const commitWait = constant(
  "backup-standby-commit",
  "what a commit waits for its standby",
  1,
  "ms",
  "general",
  "another zone; to be measured",
  [0.5, 3],
);
export const archiveEvery = constant(
  "backup-archive",
  "until the log is in the archive",
  300_000,
  "ms",
  "sourced",
  "Amazon RDS: every five minutes",
  [60_000, 300_000],
);
export const setUp = constant(
  "backup-set-up",
  "until a restored instance answers, besides its data",
  600_000,
  "ms",
  "general",
  "to be rehearsed",
  [180_000, 1_800_000],
);
export const takeOver = constant(
  "backup-take-over",
  "until a standby has taken over",
  120_000,
  "ms",
  "sourced",
  "Amazon RDS: one to two minutes",
  [30_000, 300_000],
);
export const changed = constant(
  "backup-changed",
  "bytes of backups beyond the size of the data, over the data",
  0.3,
  "share",
  "general",
  "a week of what changes in a day, and its log",
  [0.05, 1],
);
export const dumpHours = constant(
  "backup-dump-hours",
  "hours in a month for dumps",
  2,
  "hours",
  "general",
  "a script that has to be watched, and tried",
  [0.5, 6],
);
export const archiveHours = constant(
  "backup-archive-hours",
  "hours in a month for an archive of the log",
  1,
  "hours",
  "general",
  "a restore tried every quarter",
  [0.3, 3],
);
export const standbyHours = constant(
  "backup-standby-hours",
  "hours in a month for a standby",
  1,
  "hours",
  "general",
  "a takeover tried every quarter",
  [0.3, 3],
);
