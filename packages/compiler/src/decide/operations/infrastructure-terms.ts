import { constant } from "../../formulas/formula.ts";
import { assumed } from "../../quantities/given.ts";

/** What building and keeping parts takes. */

const general = "general";
export const parts = constant(
  "infrastructure-parts",
  "parts besides the processes: database, network, names, secrets, alerts, rights",
  6,
  "count",
  general,
  "usual",
  [3, 20],
);
export const cloudParts = constant(
  "infrastructure-cloud-parts",
  "parts more where the cloud is not hidden by a platform: networks, gateways, balancers, images, rights of each",
  8,
  "count",
  general,
  "usual",
  [4, 25],
);
export const handBuild = constant(
  "infrastructure-hand-build",
  "time to build a part anew by hand",
  3_600_000,
  "ms",
  general,
  "an hour for each",
  [900_000, 14_400_000],
);
export const consoleBuild = constant(
  "infrastructure-console-build",
  "time to build a part anew in a console",
  1_200_000,
  "ms",
  general,
  "twenty minutes for each",
  [300_000, 3_600_000],
);
export const codeBuild = constant(
  "infrastructure-code-build",
  "time to build all anew from code",
  1_200_000,
  "ms",
  general,
  "twenty minutes, the data left out",
  [600_000, 7_200_000],
);
export const handHours = constant(
  "infrastructure-hand-hours",
  "hours a month for a part by hand",
  0.5,
  "hours",
  general,
  "patches, and copies that differ",
  [0.2, 2],
);
export const consoleHours = constant(
  "infrastructure-console-hours",
  "hours a month for a part in a console",
  0.1,
  "hours",
  general,
  "copies that differ",
  [0.03, 0.5],
);
export const codeBase = constant(
  "infrastructure-code-base",
  "hours a month for code of infrastructure",
  2,
  "hours",
  general,
  "tools, providers, state",
  [1, 10],
);
export const codeHours = constant(
  "infrastructure-code-hours",
  "hours a month for a part in code",
  0.03,
  "hours",
  general,
  "one change for all copies",
  [0.01, 0.2],
);
export const environments = assumed({
  id: "environments",
  words: "copies of the whole, for trying out and for use",
  unit: "count",
  value: 2,
  range: [1, 6],
  ask: "How many copies of the whole are there: one to use, and how many to try things out?",
  because: "the model says nothing of them",
});
