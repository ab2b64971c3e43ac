import { type Integration, type Operation } from "@archwright/model";
import { duration, percent } from "../../lint/phrases.ts";
import { code, strong, type Block } from "../block.ts";
import type { Section, Subject } from "../section.ts";
import { crossingsOf, type CallCrossing } from "../subject/crossings.ts";
import { amount, chosenOption, decisionOn, decisionsBy, factOf, factTold, figureOf, toRecord } from "../subject/decided.ts";
import { bullets, codes, inTurn, paragraph, prose, someCodes, table, under, warning, type Part, type Row } from "../subject/prose.ts";

export const resilience: Section = {
  id: "resilience",
  title: "Resilience",
  tell: (subject) => {
    const { calls } = crossingsOf(subject);
    const own = ownProcess(subject);
    if (calls.length + own.length === 0) return [];
    return [
      ...summary(subject, calls),
      ...under("Every call of a third party", callTable(subject, calls), "resilience-calls"),
      ...under("Where the model says otherwise", differences(subject), "resilience-differences"),
      ...under("What their failures do to our promises", promises(subject), "resilience-promises"),
      ...under("Chains and long processes", chains(subject), "resilience-chains"),
      ...under("When there is too much, and when it stops", bullets(own), "resilience-overload"),
    ];
  },
};

function summary({ model, design, facts }: Subject, calls: readonly CallCrossing[]): readonly Block[] {
  if (calls.length === 0) return [];
  const waiting = model.operations.filter(
    ({ id, allow }) => allow.kind !== "system" && facts.calls.calleesWithin(id).some(({ kind }) => kind === "external"),
  );
  const queued = decisionsBy(design, "fallback")
    .filter(({ chosen }) => chosen === "queue")
    .map(({ about = "" }) => about);
  return [
    paragraph(
      `${model.name} leans on ${calls.length === 1 ? "one call" : `${calls.length} calls`} of `,
      codes([...new Set(calls.map(({ integration }) => integration.name))]),
      ". ",
      waiting.length === 0
        ? `None of its users waits for ${calls.length === 1 ? "it: it is" : "them: they are"} made behind events and jobs.`
        : prose("People wait for that in ", someCodes(waiting.map(({ id }) => id)), "."),
      queued.length > 0 && prose(" While ", codes(queued), " cannot be reached, what is asked of it is taken and done later."),
    ),
  ];
}

function callTable({ design }: Subject, calls: readonly CallCrossing[]): readonly Block[] {
  const rows = calls.map(({ call, integration }): Row => {
    const [timeout, retries, backoff, bulkhead] = ["timeout", "retries", "backoff", "bulkhead"].map((rule) =>
      decisionOn(design, rule, call.id),
    );
    const [breaker, fallback] = ["breaker", "fallback"].map((rule) => decisionOn(design, rule, integration.name));
    const attempts = figureOf(retries, "attempts");
    return [
      code(call.id),
      prose(factTold(design, `${call.id}.p50`), factOf(design, `${call.id}.p50`) && " / ", factTold(design, `${call.id}.p99`)),
      timeout && toRecord(timeout),
      retries && toRecord(retries),
      attempts && attempts.value > 1 && backoff && toRecord(backoff),
      breaker && toRecord(breaker),
      bulkhead && toRecord(bulkhead),
      fallback && toRecord(fallback),
    ];
  });
  return table(
    ["Call", "Half / 99 % answer within", "Given up after", "Retries", "Pause between", "Breaker", "Bulkhead", "While it is down"],
    rows,
    [1],
  );
}

/** The model has a policy of its own, and the design would set other numbers: whoever builds has to know both. */
function differences(subject: Subject): readonly Block[] {
  const rows = subject.model.integrations.flatMap((integration) =>
    integration.calls.flatMap((call) => differencesOf(subject, integration, call.id)),
  );
  return rows.length === 0
    ? []
    : [
        ...table(["Call", "The model says", "The design chooses", "Because"], rows),
        paragraph("What the model says is what runs. Change it there, or pin the decision."),
      ];
}

function differencesOf({ design }: Subject, { name, onFailure }: Integration, call: string): readonly Row[] {
  if (!onFailure) return [];
  const [timeout, retries, fallback] = [
    decisionOn(design, "timeout", call),
    decisionOn(design, "retries", call),
    decisionOn(design, "fallback", name),
  ];
  const [time, attempts] = [figureOf(timeout, "timeout-ms"), figureOf(retries, "attempts")];
  const row = (model: string, decision: typeof timeout): Row => [
    code(call),
    model,
    decision && toRecord(decision),
    decision && chosenOption(decision).because,
  ];
  return [
    ...(onFailure.timeoutMs !== undefined && time && time.value !== onFailure.timeoutMs
      ? [row(`given up after ${duration(onFailure.timeoutMs)}`, timeout)]
      : []),
    ...(attempts && attempts.value !== onFailure.retries + 1
      ? [row(`${onFailure.retries === 0 ? "no" : onFailure.retries} ${onFailure.retries === 1 ? "retry" : "retries"}`, retries)]
      : []),
    ...(fallback && fallback.chosen !== onFailure.then ? [row(`then ${onFailure.then}`, fallback)] : []),
  ];
}

/** Callers that promise something and wait for somebody. */
function promises(subject: Subject): readonly Block[] {
  const { model, facts, design } = subject;
  const callers = model.operations.filter(({ id }) => facts.calls.calleesWithin(id).some(({ kind }) => kind === "external"));
  const rows = callers.map((operation): Row => promiseRow(subject, operation));
  const broken = callers.filter((operation) => isBroken(subject, operation));
  return [
    ...table(
      ["Operation", "Waits for", "Is promised", "Held at worst", "Available, promised", "Available, as far as its calls are", "Verdict"],
      rows,
      [2, 3, 4, 5],
    ),
    ...(broken.length > 0
      ? [
          warning(
            codes(broken.map(({ id }) => id)),
            broken.length === 1 ? " promises" : " promise",
            " more than what they wait for leaves of it. The promise has to be loosened, or the call taken behind an event.",
          ),
        ]
      : []),
    ...(design.facts["down"] && callers.length > 0
      ? [paragraph(`The promise as a whole leaves ${amount(design.facts["down"], design)} of downtime in a month.`)]
      : []),
  ];
}

function promiseRow(subject: Subject, operation: Operation): Row {
  const { facts, design } = subject;
  const external = facts.calls.calleesWithin(operation.id).flatMap((callee) => (callee.kind === "external" ? [callee.id] : []));
  const promised = promisedAvailability(subject, operation);
  const left = factOf(design, `${operation.id}.chain`);
  return [
    code(operation.id),
    codes(external),
    operation.slo ? duration(operation.slo.p99Ms) : isBehindEvents(operation) ? "runs behind an event" : "no time",
    worstMs(subject, operation) !== undefined && amount({ value: worstMs(subject, operation) ?? 0, unit: "ms" }, design),
    promised !== undefined && percent(promised),
    left && percent(left.value),
    verdict(subject, operation),
  ];
}

function verdict(subject: Subject, operation: Operation): Part {
  const chain = decisionOn(subject.design, "sync-chain", operation.id);
  if (!isBroken(subject, operation)) return isBehindEvents(operation) ? "made up for by the next attempt of its event" : "holds";
  return chain && chain.chosen !== waitingChain ? prose("holds only as decided: ", toRecord(chain)) : strong("broken");
}

/** The option of a chain in which the caller waits for the answer. */
const waitingChain = "wait";

const isBehindEvents = ({ allow }: Operation): boolean => allow.kind === "system";

/** All attempts of all calls in the chain, one after another, as the design has them. */
function worstMs({ facts, design }: Subject, { id }: Operation): number | undefined {
  const held = facts.calls
    .calleesWithin(id)
    .flatMap((callee) => (callee.kind === "external" ? (figureOf(decisionOn(design, "retries", callee.id), "latency")?.value ?? []) : []));
  return held.length === 0 ? undefined : held.reduce((sum, value) => sum + value, 0);
}

function promisedAvailability({ model, design }: Subject, { context, slo }: Operation): number | undefined {
  return slo?.availability ?? model.contexts.find(({ name }) => name === context)?.availability ?? factOf(design, "availability")?.value;
}

/** People who wait are promised a time and a share; what runs behind an event is tried again. */
function isBroken(subject: Subject, operation: Operation): boolean {
  if (isBehindEvents(operation)) return false;
  const promised = promisedAvailability(subject, operation);
  const left = factOf(subject.design, `${operation.id}.chain`)?.value;
  const worst = worstMs(subject, operation);
  const isLate = operation.slo !== undefined && worst !== undefined && worst > operation.slo.p99Ms;
  return isLate || (promised !== undefined && left !== undefined && left < promised && !isSpared(subject, operation));
}

/** A third party whose failures are queued or done without is not waited for while it is down. */
function isSpared({ facts, design }: Subject, { id }: Operation): boolean {
  const external = facts.calls.calleesWithin(id).flatMap((callee) => (callee.kind === "external" ? [callee.integration.name] : []));
  return external.every((name) => ["queue", "degrade"].includes(decisionOn(design, "fallback", name)?.chosen ?? ""));
}

function chains({ design }: Subject): readonly Block[] {
  const told = [...decisionsBy(design, "sync-chain"), ...decisionsBy(design, "saga")];
  const rows = told.map((decision): Row => [
    code(decision.about ?? ""),
    decision.question,
    toRecord(decision),
    chosenOption(decision).consequence,
  ]);
  return table(["Operation", "Question", "Chosen", "What one takes on"], rows);
}

function ownProcess({ design }: Subject): readonly Part[] {
  return ["queue-bound", "load-shedding", "shutdown", "pool-size"].map((rule) => {
    const decision = decisionOn(design, rule);
    const broken = decision && chosenOption(decision).broken.map(({ because }) => because);
    return (
      decision &&
      prose(
        decision.question,
        " ",
        toRecord(decision),
        ". ",
        chosenOption(decision).consequence,
        broken && broken.length > 0 && prose(" ", strong("Breaks:"), " ", inTurn(broken), "."),
      )
    );
  });
}
