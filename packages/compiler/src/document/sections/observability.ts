import type { Operation } from "@archwright/model";
import { formatted } from "../../formulas/words.ts";
import { percent } from "../../lint/phrases.ts";
import { code, strong, type Block } from "../block.ts";
import type { Section, Subject } from "../section.ts";
import { verdictOf } from "../subject/comparison.ts";
import { amount, chosenOption, decisionOn, factOf, figureOf, toRecord } from "../subject/decided.ts";
import { bullets, codes, paragraph, prose, someCodes, table, under, type Part, type Row } from "../subject/prose.ts";

export const observability: Section = {
  id: "observability",
  title: "Observability",
  tell: (subject) => {
    const { model } = subject;
    if (model.operations.length === 0) return [];
    return [
      summary(subject),
      ...under("What is measured of each promise", promiseTable(subject), "observability-promises"),
      ...under("What speaks, and to whom", alertBlocks(subject), "observability-alerts"),
      ...under("What the dashboards show", bullets(dashboards(subject)), "observability-dashboards"),
      ...under("Logs and traces", logs(subject), "observability-logs"),
    ];
  },
};

/** Site Reliability Workbook, table 5-8: which part of a month's error budget is gone when an alert speaks, and whom it tells. */
const burnRates = [
  { times: 14.4, longHours: 1, shortHours: 1 / 12, budget: 0.02, tells: "a page" },
  { times: 6, longHours: 6, shortHours: 0.5, budget: 0.05, tells: "a page" },
  { times: 1, longHours: 72, shortHours: 6, budget: 0.1, tells: "a ticket" },
] as const;

const monthSeconds = (365.25 / 12) * 86_400;

function summary({ model, design }: Subject): Block {
  const [alerts, onCall] = [decisionOn(design, "alerts"), decisionOn(design, "on-call")];
  const [availability, down] = [factOf(design, "availability"), factOf(design, "down")];
  return paragraph(
    availability &&
      down &&
      `${model.name} promises ${percent(availability.value)} of the time, which leaves an error budget of ${amount(down, design)} in a month. `,
    alerts && prose("Somebody is woken by ", toRecord(alerts), ". "),
    onCall && prose("Who comes: ", toRecord(onCall), ". ", chosenOption(onCall).consequence),
  );
}

const isWaitedFor = ({ allow }: Operation): boolean => allow.kind !== "system";

/** Of each operation with a promise of its own: the budget, how fast it burns before somebody is told, and whether there are requests enough to tell. */
function promiseTable(subject: Subject): readonly Block[] {
  const { model, design } = subject;
  const promising = model.operations.filter(({ slo }) => slo !== undefined);
  const least = factOf(design, "constant.alerts-events");
  const rows = promising.map((operation): Row => {
    const share = availabilityOf(subject, operation);
    const mean = factOf(design, `${operation.id}.mean.all`)?.value ?? 0;
    const inWindow = mean * 3_600;
    const allowed = inWindow * (1 - share);
    return [
      code(operation.id),
      `99 % within ${formatted(operation.slo?.p99Ms ?? 0, "ms")}`,
      percent(share),
      formatted((1 - share) * monthSeconds, "s"),
      formatted(Math.min(1, burnRates[0].times * (1 - share)), "share"),
      formatted(inWindow, "count"),
      least && allowed < least.value
        ? strong(`too few: the promise allows ${formatted(allowed, "count")} failures in an hour`)
        : "enough for a burn rate",
    ];
  });
  const blocks = table(
    [
      "Operation",
      "Time",
      "Available",
      "Error budget a month",
      "Errors that page within the hour",
      "Requests an hour, on the average",
      "Is that enough to tell?",
    ],
    rows,
    [2, 3, 4, 5],
  );
  const probe = factOf(design, "constant.alerts-probe");
  const isThin = rows.some((row) => typeof row.at(-1) === "object");
  const thin =
    isThin && probe
      ? [paragraph(`Where requests are too few, a probe that does the same once in ${amount(probe, design)} notices before a person does.`)]
      : [];
  const silent = model.operations.filter((operation) => isWaitedFor(operation) && operation.slo === undefined).map(({ id }) => id);
  return silent.length === 0 || promising.length === 0
    ? [...blocks, ...thin]
    : [
        ...blocks,
        ...thin,
        paragraph(
          "No time is promised for ",
          someCodes(silent),
          ": ",
          silent.length === 1 ? "it counts" : "they count",
          " with the availability of the whole.",
        ),
      ];
}

function availabilityOf({ model, design }: Subject, { slo, context }: Operation): number {
  return (
    slo?.availability ?? model.contexts.find(({ name }) => name === context)?.availability ?? factOf(design, "availability")?.value ?? 1
  );
}

function alertBlocks(subject: Subject): readonly Block[] {
  const { design, model } = subject;
  const alerts = decisionOn(design, "alerts");
  if (!alerts) return [];
  const detection = figureOf(alerts, "detection");
  return [
    paragraph("Chosen: ", verdictOf(alerts), detection && ` A full outage is told of after ${amount(detection, design)}.`),
    ...(alerts.chosen === "burn-rate" ? burnTable(subject) : []),
    ...bullets([
      prose(
        strong("Pages:"),
        " ",
        someCodes(model.operations.filter(isWaitedFor).map(({ id }) => id)),
        ", when people see errors or wait too long.",
      ),
      behind(subject),
      thirdParties(subject),
    ]),
  ];
}

function burnTable(subject: Subject): readonly Block[] {
  const share = 1 - (factOf(subject.design, "availability")?.value ?? 1);
  const pages = factOf(subject.design, "constant.alerts-burn");
  const rows = burnRates.map(({ times, longHours, shortHours, budget, tells }, place): Row => {
    const rate = place === 0 && pages ? pages.value : times;
    return [
      `${formatted(rate, "count")} ×`,
      `${formatted(longHours * 3_600, "s")} and ${formatted(shortHours * 3_600, "s")}`,
      formatted(Math.min(1, rate * share), "share"),
      formatted(budget, "share"),
      tells,
    ];
  });
  return [
    ...table(["Burn rate", "Over both windows", `Errors, at ${percent(1 - share)}`, "Budget gone by then", "Is"], rows, [0, 2, 3]),
    paragraph(
      "The rates and windows are those of the Site Reliability Workbook, table 5-8: the short window lets the alert fall silent as soon as the fault is gone.",
    ),
  ];
}

function behind({ model, facts }: Subject): Part {
  const background = model.operations.filter(({ id }) => facts.events.reactionsBy(id).length > 0).map(({ id }) => id);
  return (
    background.length > 0 &&
    prose(
      strong("Opens a ticket:"),
      " ",
      someCodes(background),
      ", when their events wait too long or are set aside; nobody waits for them at a screen.",
    )
  );
}

function thirdParties({ model }: Subject): Part {
  const names = model.integrations.filter(({ calls }) => calls.length > 0).map(({ name }) => name);
  return (
    names.length > 0 &&
    prose(
      strong("Wakes nobody:"),
      " a failing call of ",
      codes(names),
      " by itself. It pages when it uses up the budget of those who wait for it.",
    )
  );
}

function dashboards(subject: Subject): readonly Part[] {
  const { model, design } = subject;
  const [use, headroom] = [figureOf(decisionOn(design, "replicas"), "use"), figureOf(decisionOn(design, "headroom"), "use-at-peak")];
  const [delay, events] = [figureOf(decisionOn(design, "relay"), "delay"), factOf(design, "events.peak")];
  const connections = figureOf(decisionOn(design, "pool-size"), "connections");
  const held = figureOf(decisionOn(design, "pool-size"), "held");
  const due = model.messages.filter(({ withinMs }) => withinMs !== undefined);
  return [
    prose(
      "Requests, errors and times of ",
      someCodes(
        model.operations.filter(isWaitedFor).map(({ id }) => id),
        8,
      ),
      ".",
    ),
    use &&
      headroom &&
      `Processors: ${amount(use, design)} busy at the peak as reckoned; above ${amount(headroom, design)} the headroom is gone.`,
    connections &&
      held &&
      `Connections: ${amount(held, design)} of ${amount(connections, design)} in use at the peak, and how long requests wait for one.`,
    events &&
      delay &&
      events.value > 0 &&
      `Events: how old the oldest is that waits. ${amount(delay, design)} is usual at ${amount(events, design)}; what is set aside is counted by kind.`,
    due.length > 0 && prose("Messages: the share that left in time, of ", codes(due.map(({ id }) => id)), "."),
    ...model.integrations
      .filter(({ calls }) => calls.length > 0)
      .map(({ name, calls }) =>
        prose(
          code(name),
          ": time and failures of ",
          codes(calls.map((call) => call.name)),
          ", calls under way, and whether its breaker is open.",
        ),
      ),
    ...model.jobs.map(({ id }) => prose("Job ", code(id), ": when it last ended well.")),
  ];
}

function logs({ design, model }: Subject): readonly Block[] {
  const telemetry = decisionOn(design, "telemetry");
  if (!telemetry) return [];
  const [kept, gigabytes, cost] = ["kept", "gigabytes", "cost"].map((name) => figureOf(telemetry, name));
  const personal = model.entities.filter(({ fields }) => fields.some((field) => field.personal)).map(({ id }) => id);
  return [
    paragraph(
      "Chosen: ",
      verdictOf(telemetry),
      kept &&
        gigabytes &&
        cost &&
        ` That is ${amount(kept, design)} of all requests, ${amount(gigabytes, design)} GB and ${amount(cost, design)} a month, metrics included.`,
      personal.length > 0 && prose(" Logs carry ids, never the personal fields of ", someCodes(personal), "."),
    ),
  ];
}
