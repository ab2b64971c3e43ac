import { rolesNamed, routesOf, type Operation } from "@archwright/model";
import { repetitionOf } from "../../facts/repetition.ts";
import { code, type Block } from "../block.ts";
import type { Section, Subject } from "../section.ts";
import { comparison, verdictOf } from "../subject/comparison.ts";
import { crossingsOf } from "../subject/crossings.ts";
import { amount, chosenOption, decisionOn, factOf, factTold, isDecided, toRecord } from "../subject/decided.ts";
import { bullets, codes, enumerated, numberOf, paragraph, prose, someCodes, table, under, type Part, type Row } from "../subject/prose.ts";

export const testing: Section = {
  id: "testing",
  title: "Testing strategy",
  tell: (subject) => {
    const { model, design } = subject;
    if (model.operations.length + model.entities.length === 0) return [];
    const decision = decisionOn(design, "testing");
    return [
      summary(subject),
      ...(decision ? [paragraph("Chosen for the whole: ", verdictOf(decision)), ...comparison(decision, design)] : []),
      ...under("What has to be shown, and how", table(["What", "Of", "How"], rowsOf(subject)), "testing-what"),
      ...under("Under load", load(subject), "testing-load"),
      ...under("What to take away", bullets(faults(subject)), "testing-faults"),
    ];
  },
};

function summary({ model, facts }: Subject): Block {
  const rules = model.entities.reduce((count, { access }) => count + access.length, 0);
  const invariants = model.entities.reduce((count, entity) => count + entity.invariants.length, 0);
  const parts = [
    numberOf(routesOf(model).length, "route"),
    rules > 0 && numberOf(rules, "rule of access", "rules of access"),
    invariants > 0 && numberOf(invariants, "invariant"),
    facts.lifecycles.length > 0 && numberOf(facts.lifecycles.length, "lifecycle"),
    model.reactions.length > 0 && numberOf(model.reactions.length, "reaction"),
    model.integrations.length > 0 && numberOf(model.integrations.length, "third party", "third parties"),
  ].flatMap((part) => (part === false ? [] : [part]));
  return paragraph(`${model.name} has `, enumerated(parts), ". Each row below is a test that can fail, and names what it is about.");
}

function rowsOf(subject: Subject): readonly Row[] {
  return [
    ...accessRows(subject),
    ...contractRows(subject),
    ...stateRows(subject),
    ...repetitionRows(subject),
    ...eventRows(subject),
    ...outsideRows(subject),
    ...dataRows(subject),
  ].filter(([, of]) => of !== undefined && of !== false);
}

function accessRows({ model }: Subject): readonly Row[] {
  const guarded = model.entities.filter(({ access }) => access.length > 0);
  const tenants = model.entities.filter(({ tenant }) => tenant !== undefined);
  const strangers = guarded.reduce((count, entity) => count + model.roles.length + 1 - rolesNamed(entity).length, 0);
  return [
    [
      "Who may",
      guarded.length > 0 && someCodes(guarded.map(({ id }) => id)),
      `${model.roles.length === 1 ? "the one role, and nobody," : `each of ${model.roles.length} roles, and nobody,`} against each row of its own and of somebody else, through the API and through the database; ${numberOf(strangers, "pair")} of a role and an entity must get nothing`,
    ],
    [
      "Tenants",
      tenants.length > 0 && someCodes(tenants.map(({ id }) => id)),
      "two tenants with the same names: nothing of one appears to the other, in lists, counts and errors",
    ],
  ];
}

function contractRows({ model }: Subject): readonly Row[] {
  const withErrors = model.operations.filter(({ errors }) => errors.length > 0);
  const named = withErrors.flatMap(({ name, errors }) => errors.map((error) => `${name}: ${error.name}`));
  return [
    [
      "Contract",
      model.operations.length > 0 && numberOf(routesOf(model).length, "route"),
      "every answer of the other tests against the OpenAPI document, wrong inputs generated from the fields' bounds",
    ],
    ["Refusals", named.length > 0 && someCodes(named), "each declared error is provoked once, and nothing has changed afterwards"],
  ];
}

function stateRows({ model, facts }: Subject): readonly Row[] {
  const moves = facts.lifecycles.map(({ entity, field, moves: all }) => {
    const states = Object.keys(all).length;
    const allowed = Object.values(all).reduce((count, to) => count + to.length, 0);
    return `${entity}.${field}: ${allowed} of ${states * (states - 1)} moves allowed`;
  });
  const invariants = model.entities.flatMap(({ name, invariants: held }) => held.map(({ statement }) => `${name}: ${statement}`));
  const atomic = model.operations.filter((operation) => operation.atomic.length > 0);
  return [
    ["Lifecycles", moves.length > 0 && someCodes(moves, 4), "every move: those that are not allowed are refused, also by two at once"],
    [
      "Invariants",
      invariants.length > 0 && someCodes(invariants, 4),
      "written through the API and straight into the database: both refuse",
    ],
    [
      "All or nothing",
      atomic.length > 0 && codes(atomic.map(({ id }) => id)),
      prose(
        "let ",
        someCodes([...new Set(atomic.flatMap((operation) => operation.atomic))], 3),
        " fail in the middle: nothing is left behind",
      ),
    ],
  ];
}

function repetitionRows({ model, facts, design }: Subject): readonly Row[] {
  const keyed = model.operations.filter(({ idempotent }) => idempotent === "required");
  const natural = model.operations.filter(
    (operation) => operation.kind === "command" && operation.idempotent !== "required" && repetitionOf(operation, facts.items) === "safe",
  );
  const retention = decisionOn(design, "idempotency-retention");
  return [
    [
      "Repeated under one key",
      keyed.length > 0 && codes(keyed.map(({ id }) => id)),
      prose(
        "sent twice at once, and again after the answer: one effect, the same answer",
        retention && prose(", for ", toRecord(retention)),
      ),
    ],
    [
      "Repeated by chance",
      natural.length > 0 && someCodes(natural.map(({ id }) => id)),
      "run twice: the second changes nothing, or is refused as declared",
    ],
  ];
}

function eventRows(subject: Subject): readonly Row[] {
  const { events, webhooks } = crossingsOf(subject);
  const { model, design } = subject;
  const ordered = [...events, ...webhooks]
    .filter(({ event }) => isDecided(design, "ordering", "per-aggregate", event.id))
    .map(({ event }) => event.id);
  const unsure = model.messages.map(({ id }) => id);
  return [
    [
      "Delivered twice",
      events.length + webhooks.length > 0 && someCodes([...events, ...webhooks].map(({ event }) => event.id)),
      prose(
        "each twice, and once more after a crash between effect and acknowledgement: ",
        someCodes([...new Set([...events, ...webhooks].flatMap(({ reactions }) => reactions.map(({ command }) => command)))], 4),
        " act once",
      ),
    ],
    ["Order", ordered.length > 0 && codes(ordered), "two about the same row, the second ready first: they are handled as they happened"],
    ["Messages", unsure.length > 0 && codes(unsure), "sent once, in time, to whom it is meant for, never to who has declined"],
  ];
}

function outsideRows(subject: Subject): readonly Row[] {
  const { calls, webhooks } = crossingsOf(subject);
  const proofs = [...new Map(webhooks.map(({ integration }) => [integration.name, integration])).values()];
  return [
    [
      "Third parties' contracts",
      calls.length > 0 && codes(calls.map(({ call }) => call.id)),
      "against a stand-in at every change, against their sandbox every night: same fields, same errors",
    ],
    [
      "Forged webhooks",
      proofs.length > 0 && codes(proofs.map(({ name }) => name)),
      prose(
        ...proofs.flatMap(({ name, verify }, index) => [
          index === 0 ? "" : "; ",
          `${name}: wrong ${verify ?? "sender"}, an old one sent again, a changed body: refused, nothing runs`,
        ]),
      ),
    ],
  ];
}

function dataRows({ model, design }: Subject): readonly Row[] {
  const personal = model.entities.filter(({ fields }) => fields.some((field) => field.personal !== undefined));
  const files = model.entities.filter(({ fields }) => fields.some(({ kind }) => kind === "file"));
  const clock = model.jobs.filter(({ when }) => when.kind === "cron");
  const sync = decisionOn(design, "client-sync");
  const drill = decisionOn(design, "disaster-drill");
  return [
    [
      "Erasure",
      personal.length > 0 && codes(personal.map(({ id }) => id)),
      "a person with rows everywhere is erased: a search for what was kept of that person in tables, events and files finds nothing",
    ],
    [
      "Files",
      files.length > 0 && codes(files.map(({ id }) => id)),
      "too large, of another type than it says, fetched by somebody else, left behind by a row that is gone",
    ],
    [
      "Jobs by the clock",
      clock.length > 0 && codes(clock.map(({ id }) => id)),
      "the nights on which clocks change, a missed run, and two processes at once",
    ],
    [
      "Without a network",
      sync?.chosen === "offline-first" && toRecord(sync),
      "two devices change the same rows apart and meet again, in both orders; what is refused is shown",
    ],
    [
      "Restore",
      drill && drill.chosen !== "none" && toRecord(drill),
      prose(
        "a backup is restored and counted",
        factOf(design, "rto") && `, within ${factTold(design, "rto")}`,
        factOf(design, "rpo") && `, with at most ${factTold(design, "rpo")} of work missing`,
      ),
    ],
  ];
}

/** The peaks that the promises are made for. */
function load({ model, design }: Subject): readonly Block[] {
  const wanted = model.operations.filter(({ slo, allow }) => slo !== undefined && allow.kind !== "system");
  const rows = wanted.map((operation): Row => [
    code(operation.id),
    factTold(design, `${operation.id}.peak.all`),
    reckoned(design, operation),
    amount({ value: operation.slo?.p99Ms ?? 0, unit: "ms" }, design),
  ]);
  const testingAt = decisionOn(design, "testing");
  const isRun = testingAt !== undefined && testingAt.chosen !== "contract-and-policy";
  return rows.length === 0
    ? []
    : [
        paragraph(
          isRun
            ? "A run at these rates, all at once, passes when every p99 holds:"
            : "No run under load was chosen. Should the room between reckoned and promised shrink, these are its numbers:",
        ),
        ...table(["Operation", "Rate at the peak", "p99 as reckoned, without queues", "p99 promised"], rows, [1, 2, 3]),
      ];
}

const reckoned = (design: Subject["design"], { id }: Operation): Part => factTold(design, `${id}.p99`);

/** What may go away, and what must then still hold. */
function faults(subject: Subject): readonly Part[] {
  const { calls } = crossingsOf(subject);
  const { design } = subject;
  const names = [...new Set(calls.map(({ integration }) => integration.name))];
  const zones = decisionOn(design, "zones");
  const broker = decisionOn(design, "broker");
  const isRun = isDecided(design, "testing", "plus-fault-injection");
  return [
    ...names.map((name) => {
      const fallback = decisionOn(design, "fallback", name);
      return fallback && prose(code(name), " away, and slow: ", toRecord(fallback), ". Operations that do not need it keep their times.");
    }),
    zones && zones.chosen !== "one" && prose("One zone away: ", toRecord(zones), ". ", chosenOption(zones).because),
    broker &&
      broker.chosen !== "postgres-outbox" &&
      prose("The broker away: events wait in the outbox, and none is missing afterwards (", toRecord(broker), ")."),
    names.length > 0 && !isRun && "These are tried by hand before the first release: regular fault injection was not chosen.",
  ];
}
