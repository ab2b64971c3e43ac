import { code, type Prose } from "../block.ts";
import type { Subject } from "../section.ts";
import { decisionOn, factTold, toRecord } from "./decided.ts";
import { codes, enumerated, inTurn, prose, someCodes, type Part } from "./prose.ts";

/** What to build first: what everything leans on, then the way that earns the money, then what others set going, and at last what can wait. */
export function buildOrder(subject: Subject): readonly Part[] {
  const { model, design } = subject;
  const { first, later } = waves(subject);
  const [signIn, hosting, database] = ["sign-in", "hosting", "database"].map((rule) => decisionOn(design, rule));
  const main = mainOperation(subject);
  return [
    prose(
      "The skeleton: one empty process",
      hosting && prose(" on ", toRecord(hosting)),
      database && prose(" with ", toRecord(database)),
      signIn && model.roles.length > 0 && prose(", sign-in by ", toRecord(signIn), " for ", codes(model.roles.map(({ name }) => name))),
      ", released once.",
    ),
    first.length > 0 && prose("What the others lean on: ", enumerated(first.map((context) => told(subject, context))), "."),
    main &&
      prose(
        "The way that counts most, from end to end: ",
        code(main),
        factTold(design, `${main}.mean.all`) !== undefined && ` (${factTold(design, `${main}.mean.all`)} on the average)`,
        followers(subject, main),
        ". Its measured times replace what was assumed here.",
      ),
    ...later.map((wave) =>
      prose(
        "Then ",
        enumerated(wave.map((context) => prose(main?.startsWith(`${context}.`) && "the rest of ", told(subject, context, main)))),
        ".",
      ),
    ),
    risky(subject),
    last(subject),
  ];
}

/** The contexts by what they lean on; those that lean on each other in a circle come together. */
function waves({ model, facts }: Subject): { readonly first: readonly string[]; readonly later: readonly (readonly string[])[] } {
  const needs = new Map(
    model.contexts.map(({ name }) => [name, new Set(facts.dependencies.filter(({ from }) => from === name).map(({ to }) => to))]),
  );
  const done = new Set<string>();
  const found: (readonly string[])[] = [];
  while (done.size < needs.size) {
    const open = [...needs].filter(([name]) => !done.has(name));
    const free = open.filter(([, on]) => [...on].every((name) => done.has(name)));
    const wave = (free.length > 0 ? free : open).map(([name]) => name);
    for (const name of wave) done.add(name);
    found.push(wave);
  }
  const [first = [], ...later] = found;
  const isNeeded = new Set([
    ...facts.dependencies.map(({ to }) => to),
    // Nobody signs in without a row of his own.
    ...model.roles.flatMap(({ actor }) => facts.items.entities.get(actor ?? "")?.context ?? []),
  ]);
  const base = first.filter((name) => isNeeded.has(name));
  const loose = first.filter((name) => !isNeeded.has(name));
  return { first: base, later: [...later, ...(loose.length > 0 ? [loose] : [])] };
}

function told({ model }: Subject, context: string, built?: string): Prose {
  const entities = model.entities.filter((entity) => entity.context === context).map(({ name }) => name);
  const operations = model.operations
    .filter((operation) => operation.context === context && operation.allow.kind !== "system" && operation.id !== built)
    .map(({ name }) => name);
  const messages = model.messages.filter((message) => message.context === context).map(({ name }) => name);
  const parts = [
    entities.length > 0 && someCodes(entities, 4),
    operations.length > 0 && someCodes(operations, 4),
    messages.length > 0 && someCodes(messages, 4),
  ].filter((part) => part !== false);
  return prose(code(context), parts.length > 0 && prose(" (", inTurn(parts), ")"));
}

/** The command that is asked most, or whatever is. */
function mainOperation({ model, facts, design }: Subject): string | undefined {
  const loads = model.requirements.load.map(({ operation }) => operation);
  const rate = (id: string): number => design.facts[`${id}.mean`]?.value ?? 0;
  const commands = loads.filter((id) => facts.items.operations.get(id)?.kind === "command");
  return [...(commands.length > 0 ? commands : loads)].sort((left, right) => rate(right) - rate(left))[0];
}

function followers({ facts }: Subject, id: string): Part {
  const emitted = facts.items.operations.get(id)?.emits ?? [];
  const reached = emitted.flatMap((event) => [
    ...facts.events.reactionsTo(event).map(({ command }) => command),
    ...facts.events.messagesOn(event).map((message) => message.id),
  ]);
  return reached.length > 0 && prose(", with what follows: ", someCodes([...new Set(reached)], 4));
}

function risky({ model, facts }: Subject): Part {
  const names = model.integrations
    .filter(({ calls }) => calls.some(({ id }) => facts.calls.callersOf(id).length > 0))
    .map(({ name }) => name);
  return (
    names.length > 0 &&
    prose(
      "Beside all that, from the first week: an account and one real call at ",
      codes(names),
      ", because nobody here can hurry ",
      names.length === 1 ? "it" : "them",
      ".",
    )
  );
}

function last({ model, design }: Subject): Part {
  const [alerts, drill] = [decisionOn(design, "alerts"), decisionOn(design, "disaster-drill")];
  const jobs = model.jobs.map(({ id }) => id);
  return prose(
    "Before anybody relies on it: ",
    jobs.length > 0 && prose("the jobs ", someCodes(jobs, 4), "; "),
    alerts && prose("alerts by ", toRecord(alerts), "; "),
    drill && drill.chosen !== "none" ? prose("one restore, rehearsed (", toRecord(drill), ")") : "one release and one way back, rehearsed",
    ".",
  );
}
