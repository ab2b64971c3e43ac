import { assumedOf, durationInWords, kebab, type Model, type Quantity } from "@archwright/model";
import { formatted } from "../../formulas/words.ts";
import { counted, listed, percent, rate } from "../../lint/phrases.ts";
import { code, link, strong, type Block, type Prose } from "../block.ts";
import { recordId } from "../record-id.ts";
import type { Section, Subject } from "../section.ts";
import { acceptedIn } from "../subject/accepted.ts";
import { amount, money } from "../subject/decided.ts";
import { bullets, codes, heading, paragraph, prose, someCodes, table } from "../subject/prose.ts";

/** What was understood: who, how much, what promises, with which people and money. Nothing is told as known that was assumed. */
export const contextAndRequirements: Section = {
  id: "context-and-requirements",
  title: "Context and requirements",
  tell: (subject) => [
    ...opening(subject),
    heading("What is asked of the whole"),
    ...wholeTable(subject),
    ...people(subject.model),
    ...load(subject),
    ...promises(subject.model),
    ...integrations(subject),
    ...taken(subject),
    ...accepted(subject.model),
  ],
};

function opening({ model, design }: Subject): readonly Block[] {
  const { contexts, entities, operations, events, integrations: others, requirements } = model;
  const what = `${model.name} keeps ${listed(fewest(entities.map(({ name }) => name)))} and is made of ${counted(contexts.length, "context")}: `;
  const parts = listed([
    counted(operations.filter(({ kind }) => kind === "command").length, "command"),
    `${operations.filter(({ kind }) => kind === "query").length} ${operations.filter(({ kind }) => kind === "query").length === 1 ? "query" : "queries"}`,
    counted(events.length, "event"),
    ...(others.length > 0 ? [`${others.length} third ${others.length === 1 ? "party" : "parties"}`] : []),
  ]);
  const { users, clients } = requirements;
  const who =
    users === undefined
      ? ""
      : ` It serves ${formatted(assumedOf(users), "count")} people or devices a month${typeof users === "number" ? "" : " (assumed)"}${clients.length > 0 ? ` through ${listed(clients)}` : ""}.`;
  const { total, budget } = design.bill;
  const bill = `As it is designed here it costs ${amount(total, design)} a month${budget === undefined ? "" : `, of a budget of ${money(budget, design)}`}, and ${amount(design.bill.hours, design)} of work.`;
  return [
    paragraph(what, codes(contexts.map(({ name }) => name)), `, with ${parts}.${who}`),
    paragraph(
      bill,
      " ",
      design.questions.length > 0
        ? prose(
            "What is marked as assumed may turn out otherwise, and ",
            link("the open questions", "open-questions"),
            " say what would change.",
          )
        : "",
    ),
  ];
}

const fewest = (names: readonly string[]): readonly string[] =>
  names.length > 8 ? [...names.slice(0, 7), `${names.length - 7} more`] : names;

/** Words of the standing of a number: said, asked for, or taken by us. */
const standings = { stated: "stated", unknown: "assumed, question open", assumed: "assumed, nobody said" } as const;

function standingOf(quantity: Quantity): string {
  return typeof quantity === "number" ? standings.stated : standings.unknown;
}

function valueOf(quantity: Quantity, say: (value: number) => string): string {
  if (typeof quantity === "number") return say(quantity);
  const { assumed, range } = quantity;
  return range ? `${say(assumed)} (${say(range[0])} to ${say(range[1])})` : say(assumed);
}

function wholeTable({ model: { requirements }, design }: Subject): readonly Block[] {
  const { users, tenants, clients, team, skills, budget, region, comply, availability, rpoMs, rtoMs, growthPerYear } = requirements;
  const number = (words: string, quantity: Quantity | undefined, say: (value: number) => string): readonly (readonly Prose[])[] =>
    quantity === undefined ? [] : [[words, valueOf(quantity, say), standingOf(quantity)]];
  const said = (words: string, value: string | undefined): readonly (readonly Prose[])[] =>
    value === undefined || value === "" ? [] : [[words, value, standings.stated]];
  const plain = (value: number): string => formatted(value, "count");
  const silent = (id: string, isSaid: boolean): readonly (readonly Prose[])[] => {
    const fact = design.facts[id];
    return isSaid || fact?.ground?.kind !== "assumed" ? [] : [[fact.words, amount(fact, design), standings.assumed]];
  };
  return table(
    ["What", "How much", "Which is"],
    [
      ...number("people or devices in a month", users, plain),
      ...number("tenants", tenants?.count, plain),
      ...number("share of the load that the largest tenant makes", tenants?.largestShare, percent),
      ...said("clients", listed(clients)),
      ...number("growth of the load in a year", growthPerYear, percent),
      ...said("promised availability", availability === undefined ? undefined : percent(availability)),
      ...silent("availability", availability !== undefined),
      ...said("work that may be lost in a disaster", rpoMs === undefined ? undefined : `the last ${durationInWords(rpoMs)}`),
      ...silent("rpo", rpoMs !== undefined),
      ...said("time to be back after a disaster", rtoMs === undefined ? undefined : durationInWords(rtoMs)),
      ...silent("rto", rtoMs !== undefined),
      ...number("people who build and run it", team, plain),
      ...silent("team", team !== undefined),
      ...said("what they know", listed(skills)),
      ...number("budget a month", budget?.perMonth, (value) => formatted(value, "money", budget?.currency ?? "")),
      ...said("region", region),
      ...said("rules to comply with", listed(comply.map((rule) => rule.toUpperCase()))),
    ],
  );
}

function people({ roles, operations, entities }: Model): readonly Block[] {
  const rows = roles.map(({ name, actor, signUp }): readonly Prose[] => {
    const may = operations.filter(({ allow }) => allow.kind === "roles" && allow.roles.includes(name)).map((operation) => operation.name);
    const sees = entities
      .filter(({ access }) => access.some(({ role, can }) => role === name && can.some((action) => action === "read" || action === "list")))
      .map((entity) => entity.name);
    return [
      prose(code(name)),
      actor === undefined ? "" : prose(code(actor)),
      signUp ? "by signing up" : "granted",
      codes(may),
      codes(sees),
    ];
  });
  const anyone = operations.filter(({ allow }) => allow.kind === "anyone").map(({ name }) => name);
  const open: readonly (readonly Prose[])[] = anyone.length === 0 ? [] : [["anyone", "", "", codes(anyone), ""]];
  return rows.length + open.length === 0
    ? []
    : [heading("Who uses it"), ...table(["Role", "Is a row of", "Had", "May run", "May see"], [...rows, ...open])];
}

function load({ model, design }: Subject): readonly Block[] {
  const { load: stated } = model.requirements;
  if (stated.length === 0) return [];
  const rows = [...stated]
    .sort((left, right) => assumedOf(right.peakPerSecond ?? right.meanPerSecond) - assumedOf(left.peakPerSecond ?? left.meanPerSecond))
    .map(({ operation, meanPerSecond, peakPerSecond }): readonly Prose[] => {
      const peak = design.facts[`${operation}.peak`];
      const reckoned = peakPerSecond === undefined && peak ? [amount(peak, design), standings.assumed] : ["", ""];
      return [
        prose(code(operation)),
        valueOf(meanPerSecond, rate),
        standingOf(meanPerSecond),
        peakPerSecond === undefined ? (reckoned[0] ?? "") : valueOf(peakPerSecond, rate),
        peakPerSecond === undefined ? (reckoned[1] ?? "") : standingOf(peakPerSecond),
      ];
    });
  return [heading("How much"), ...table(["Operation", "Mean", "Which is", "Peak", "Which is"], rows, [1, 3]), ...rowsExpected(model)];
}

function rowsExpected({ entities }: Model): readonly Block[] {
  const rows = entities.flatMap(({ id, expected }): readonly (readonly Prose[])[] =>
    expected
      ? [
          [
            prose(code(id)),
            valueOf(expected.rows, (value) => formatted(value, "count")),
            standingOf(expected.rows),
            expected.growthPerSecond === undefined ? "" : valueOf(expected.growthPerSecond, (value) => formatted(value, "/s")),
          ],
        ]
      : [],
  );
  return table(["Rows of", "Today", "Which is", "Added"], rows, [1, 3]);
}

function promises({ operations, contexts, messages }: Model): readonly Block[] {
  const rows: readonly (readonly Prose[])[] = [
    ...operations.flatMap(({ id, slo, staleMs }): readonly (readonly Prose[])[] => {
      const said = [
        ...(slo?.p50Ms === undefined ? [] : [`half within ${durationInWords(slo.p50Ms)}`]),
        ...(slo ? [`99 of 100 within ${durationInWords(slo.p99Ms)}`] : []),
        ...(slo?.availability === undefined ? [] : [`available ${percent(slo.availability)} of the time`]),
        ...(staleMs === undefined ? [] : [`may be ${durationInWords(staleMs)} old`]),
      ];
      return said.length === 0 ? [] : [[prose(code(id)), listed(said)]];
    }),
    ...contexts.flatMap(({ name, availability }): readonly (readonly Prose[])[] =>
      availability === undefined ? [] : [[prose("context ", code(name)), `available ${percent(availability)} of the time`]],
    ),
    ...messages.flatMap(({ id, withinMs }): readonly (readonly Prose[])[] =>
      withinMs === undefined ? [] : [[prose("message ", code(id)), `sent within ${durationInWords(withinMs)}`]],
    ),
  ];
  return rows.length === 0 ? [] : [heading("What it promises"), ...table(["Of", "Promise"], rows)];
}

function integrations({ model, design }: Subject): readonly Block[] {
  if (model.integrations.length === 0) return [];
  const rows = model.integrations.flatMap(({ name, calls, holds }) =>
    calls.map(({ id, name: call, p50Ms, p99Ms, limitPerSecond }): readonly Prose[] => {
      const availability = design.facts[`${id}.availability`];
      return [
        prose(code(name), ".", code(call)),
        valueOf(p50Ms, durationInWords),
        valueOf(p99Ms, durationInWords),
        limitPerSecond === undefined ? "" : valueOf(limitPerSecond, rate),
        availability ? `${amount(availability, design)}${availability.ground?.kind === "assumed" ? " (assumed)" : ""}` : "",
        listed(holds),
      ];
    }),
  );
  return [
    heading("What it leans on"),
    ...table(["Call", "Half within", "99 of 100 within", "At most", "Available", "Holds for us"], rows, [1, 2, 3, 4]),
  ];
}

function taken({ model: { requirements } }: Subject): readonly Block[] {
  const pins = requirements.pins.map(({ decision, choose, because }): Prose =>
    prose(link(kebab(decision), recordId(kebab(decision))), ": ", strong(choose), `, because ${because}`),
  );
  return pins.length === 0 ? [] : [heading("What was decided beforehand"), ...bullets(pins)];
}

function accepted(model: Model): readonly Block[] {
  const rows = acceptedIn(model).map(({ finding, reason, items }): readonly Prose[] => [prose(code(finding)), someCodes(items), reason]);
  return rows.length === 0 ? [] : [heading("What is known and accepted"), ...table(["Finding", "On", "Because"], rows)];
}
