import type { Decision } from "@archwright/model";
import { code, strong, type Block } from "../block.ts";
import type { Section, Subject } from "../section.ts";
import { comparison, tippingPoint, verdictOf } from "../subject/comparison.ts";
import { buildOrder } from "../subject/build-order.ts";
import { processesOf } from "../subject/crossings.ts";
import { amount, chosenOption, decisionOn, factTold, figureOf, isDecided, toRecord } from "../subject/decided.ts";
import { bullets, codes, numberOf, paragraph, prose, steps, table, under, type Part, type Row } from "../subject/prose.ts";

export const deployment: Section = {
  id: "deployment",
  title: "Building, deployment and rollback",
  tell: (subject) => {
    const { design, model } = subject;
    if (model.operations.length + model.entities.length === 0) return [];
    const release = decisionOn(design, "release");
    return [
      summary(subject),
      ...under("What is built first", steps(buildOrder(subject)), "deployment-first"),
      ...under(
        "What runs where",
        table(["Question", "Chosen", "Because", "What would change it"], placeRows(subject)),
        "deployment-places",
      ),
      ...under("A release", release ? releaseBlocks(subject, release) : [], "deployment-release"),
      ...under("Backup, and coming back", recovery(subject), "deployment-recovery"),
    ];
  },
};

function summary(subject: Subject): Block {
  const { design, model } = subject;
  const [hosting, replicas, zones, release] = ["hosting", "replicas", "zones", "release"].map((rule) => decisionOn(design, rule));
  const processes = processesOf(subject);
  return paragraph(
    `${model.name} is ${numberOf(processes.length, "process", "processes")}`,
    processes.length > 1 && prose(" (", ...processes.flatMap((contexts, index) => [index === 0 ? "" : "; ", codes(contexts)]), ")"),
    replicas && prose(processes.length > 1 ? ", each as " : " as ", toRecord(replicas)),
    hosting && prose(", on ", toRecord(hosting)),
    zones && prose(", in ", toRecord(zones)),
    ". ",
    release && prose("A new version goes live so: ", toRecord(release), "."),
    design.facts["environments"] && ` There are ${factTold(design, "environments")} copies of the whole, for trying out and for use.`,
  );
}

function placeRows({ design }: Subject): readonly Row[] {
  return ["placement", "hosting", "replicas", "zones", "regions", "infrastructure", "load-balancing", "egress-path"].flatMap(
    (rule): readonly Row[] => {
      const decision = decisionOn(design, rule);
      return decision ? [[decision.question, toRecord(decision), chosenOption(decision).because, tippingPoint(decision, design)]] : [];
    },
  );
}

function releaseBlocks(subject: Subject, release: Decision): readonly Block[] {
  const { design } = subject;
  const down = figureOf(release, "down");
  const [releases, drain] = [factTold(design, "releases"), decisionOn(design, "shutdown")];
  return [
    paragraph(
      "Chosen: ",
      verdictOf(release),
      down && ` All releases of a month together, bad ones included, are down for ${amount(down, design)}`,
      down && releases && `, at ${releases}`,
      down && ".",
    ),
    ...comparison(release, design),
    ...steps(releaseSteps(subject, release, drain)),
    ...bullets([rollback(subject, release)]),
  ];
}

/** Whether two versions use the same tables at once, which decides what a migration may do. */
const overlaps = ({ chosen }: Decision): boolean => chosen !== "recreate";

function releaseSteps({ model, design }: Subject, release: Decision, drain: Decision | undefined): readonly Part[] {
  const hasTables = model.entities.length > 0;
  const backup = decisionOn(design, "backup");
  const draining =
    drain &&
    prose(
      "each process stops taking requests and has ",
      toRecord(drain),
      " to finish those that it has; events that it held are due again when their lease ends",
    );
  if (!overlaps(release))
    return [
      hasTables && backup && prose("Make sure of the latest backup: ", toRecord(backup), "."),
      prose("Stop ", model.name, draining && prose(": ", draining), "."),
      hasTables &&
        prose(
          "Migrate the schemas of ",
          codes(contextsWithTables(model)),
          "; old and new never run at once, so that one step may rename and remove.",
        ),
      prose("Start the new version, and ask ", firstRoute(model), " before it is announced."),
    ];
  return [
    hasTables &&
      prose(
        "Expand: add tables, columns and indexes to ",
        codes(contextsWithTables(model)),
        ", none of which the running version needs; indexes are built without locking.",
      ),
    prose("Replace the processes: ", toRecord(release), draining && prose("; ", draining), "."),
    prose("Watch the burn rate of ", firstRoute(model), ", and go back when it pages."),
    hasTables && "Fill new columns in batches, once no old process is left.",
    hasTables && "Contract, a release later: remove what the old version was the last to use.",
  ];
}

function rollback({ model, design }: Subject, release: Decision): Part {
  const events = model.events.filter(({ context }) => context !== undefined);
  const broker = decisionOn(design, "broker");
  return prose(
    strong("Rollback:"),
    overlaps(release)
      ? " start the version before; it still finds all that it needs, because nothing is removed in the same release."
      : " stop, start the version before. What a migration has removed is not there any more: each needs a way back of its own, tried in the other environment first.",
    events.length > 0 &&
      prose(
        " Events of the new version are met by the old reactions, so that a field is added to ",
        code(events[0]?.id ?? ""),
        events.length > 1 && (events.length === 2 ? " and the other" : ` and the ${events.length - 1} others`),
        ", never changed",
        broker && prose("; what waits in ", toRecord(broker), " survives"),
        ".",
      ),
  );
}

const contextsWithTables = ({ entities }: Subject["model"]): readonly string[] => [...new Set(entities.map(({ context }) => context))];

function firstRoute({ operations, requirements }: Subject["model"]): Part {
  const busiest = requirements.load.map(({ operation }) => operation)[0] ?? operations.find(({ allow }) => allow.kind !== "system")?.id;
  return busiest === undefined ? "a request" : code(busiest);
}

function recovery({ design, model }: Subject): readonly Block[] {
  const [backup, drill, zones, regions] = ["backup", "disaster-drill", "zones", "regions"].map((rule) => decisionOn(design, rule));
  if (model.entities.length === 0 || (!backup && !drill)) return [];
  const [lost, back, restore] = [figureOf(backup, "lost"), figureOf(backup, "back"), factTold(design, "restore")];
  const rows: readonly Row[] = [
    ["Work that may be lost", factTold(design, "rpo"), lost && amount(lost, design), backup && toRecord(backup)],
    [
      "Time until it is back",
      factTold(design, "rto"),
      back ? amount(back, design) : restore,
      backup ? toRecord(backup) : drill && toRecord(drill),
    ],
  ];
  return [
    ...table(["Promise", "Asked for", "As designed", "By"], rows, [1, 2]),
    ...bullets([
      backup && prose(strong("Backup:"), " ", verdictOf(backup)),
      restore && `All ${factTold(design, "data.bytes") ?? "data"} at the end of the horizon take ${restore} to come back.`,
      drill && prose(strong("Drill:"), " ", verdictOf(drill)),
      zones && isDecided(design, "zones", "one") && prose(strong("A lost data centre:"), " ", chosenOption(zones).consequence),
      regions && prose(strong("A lost region:"), " ", chosenOption(regions).consequence),
    ]),
  ];
}
