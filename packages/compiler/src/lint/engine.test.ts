import { assemble, canonicalJson } from "@archwright/model";
import { context, integration, system, t } from "@archwright/model/language";
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { lint } from "./engine.ts";
import { defineRule } from "./rule.ts";
import { callNeedsTimeout } from "./rules/reliability/call-needs-timeout.ts";
import { modelOf, rendered, sample } from "./testing.ts";

test("a clean model has no findings", () => {
  expect(rendered(lint(modelOf(sample().contexts)))).toBe("");
});

test("a finding points at the line that the author wrote, the other places of the conflict after it", () => {
  const { Orders, customer, contexts } = sample();
  Orders.entity("OrderLabel", { id: t.id("ord") }, { access: [{ role: customer, can: ["read", "create"] }] });
  const [finding] = lint(modelOf(contexts));
  const [first, second] = finding?.at ?? [];
  const lineAt = (origin: typeof first): string | undefined => origin && readFileSync(origin.file, "utf8").split("\n")[origin.line - 1];
  expect(lineAt(first)).toContain("buyer: t.ref(User)");
  expect(lineAt(second)).toContain('Orders.entity("OrderLabel"');
});

test("a place that was not recorded is that of the nearest item around it", () => {
  const speak = defineRule({
    code: "schema/speak",
    severity: "info",
    message: "Here.",
    why: "So.",
    fix: "Look.",
    check: (_, report) => report("orders.Order.lines.3.price"),
  });
  const model = modelOf(sample().contexts);
  expect(lint(model, [speak])[0]?.at).toEqual([model.origins["orders.Order"]]);
});

function withTimeoutMissing(accept: { readonly [code: string]: string }) {
  const { Orders, customer, contexts } = sample();
  const Rates = integration("rates", {
    calls: { getRate: { p50: "50ms", p99: "100ms" } },
    onFailure: { retries: 0, then: "fail" },
    accept,
  });
  Orders.query("showRate", { allow: [customer], calls: [Rates.getRate], async handle() {} });
  return modelOf(contexts);
}

test("a finding that its item accepts with a reason is left out", () => {
  expect(rendered(lint(withTimeoutMissing({ "reliability/call-needs-timeout": "it runs in this process" })))).toBe("");
});

test("a reason of spaces accepts nothing and is reported", () => {
  expect(rendered(lint(withTimeoutMissing({ "reliability/call-needs-timeout": "  " })))).toMatchInlineSnapshot(`
    "error[accept/has-a-reason] at rates
      rates accepts reliability/call-needs-timeout without a reason.
      why: Whoever reads this next year cannot tell whether the reason still holds.
      fix: Write why reliability/call-needs-timeout does no harm here.
    error[reliability/call-needs-timeout] at rates
      rates has no timeout, so rates.getRate may wait for ever.
      why: A third party that accepts connections and then hangs holds every request that needs it, until the process has room for nothing else.
      fix: Add \`timeout\` to onFailure of rates: longer than its p99, shorter than what the callers promise."
  `);
});

test("an acceptance of an unknown check is reported with the one that is likely meant", () => {
  const found = lint(
    withTimeoutMissing({
      "reliability/call-needs-timeout": "it runs in this process",
      "security/call-needs-timeout": "so",
      "capacity/input-list-has-mx": "so",
      zebra: "so",
    }),
  );
  expect(rendered(found)).toMatchInlineSnapshot(`
    "error[accept/names-a-check] at rates
      There is no check "capacity/input-list-has-mx", which rates accepts.
      why: It accepts nothing, while its author believes that it does.
      fix: Write the code of a check, such as capacity/input-list-has-max, or take it out.
    error[accept/names-a-check] at rates
      There is no check "security/call-needs-timeout", which rates accepts.
      why: It accepts nothing, while its author believes that it does.
      fix: Write the code of a check, such as reliability/call-needs-timeout, or take it out.
    error[accept/names-a-check] at rates
      There is no check "zebra", which rates accepts.
      why: It accepts nothing, while its author believes that it does.
      fix: Write the code of a check, or take it out."
  `);
});

test("an acceptance that accepts nothing is reported", () => {
  expect(
    rendered(
      lint(
        withTimeoutMissing({
          "reliability/call-needs-timeout": "it runs in this process",
          "reliability/timeout-leaves-room-for-p99": "so",
        }),
      ),
    ),
  ).toMatchInlineSnapshot(`
    "info[accept/is-needed] at rates
      rates accepts reliability/timeout-leaves-room-for-p99, which has nothing to report there.
      why: An acceptance that is left behind hides the next finding of its kind.
      fix: Take it out."
  `);
});

test("an acceptance is not called needless by a run that leaves its check out", () => {
  expect(
    rendered(
      lint(withTimeoutMissing({ "reliability/call-needs-timeout": "so", "security/webhook-is-verified": "so" }), [callNeedsTimeout]),
    ),
  ).toBe("");
});

test("an entity accepts for its fields and rules, a context for its events, and the system for its roles", () => {
  const Notes = context("notes", { accept: { "interface/event-is-past-tense": "the readers know it by this name" } });
  const accept = { "capacity/text-from-outside-has-max": "the body limit does", "capacity/entity-list-has-max": "three at most" };
  const { customer, contexts } = sample();
  Notes.entity(
    "Note",
    { id: t.id("note"), text: t.text(), tags: t.list({ tag: t.text() }) },
    { accept, access: [{ role: customer, can: ["read", "create"] }] },
  );
  Notes.event("NoteEcho", { text: t.text() });
  expect(rendered(lint(modelOf([...contexts, Notes])))).toBe("");
});

test("the gravest findings come first, and two runs give equal bytes", () => {
  const { Orders, contexts } = sample();
  Orders.query("orders", { async handle() {} });
  Orders.command("orderPlace", {});
  const found = lint(modelOf(contexts));
  expect(found.map(({ severity }) => severity)).toEqual(["error", "warning", "info", "info"]);
  expect(canonicalJson(lint(modelOf(contexts)))).toBe(canonicalJson(found));
});

test("the findings of 400 entities and 400 commands take well under a second", () => {
  const model = largeModel(400);
  lint(model);
  const start = process.cpuUsage();
  lint(model);
  const { user, system: kernel } = process.cpuUsage(start);
  expect((user + kernel) / 1_000).toBeLessThan(400);
});

function largeModel(size: number) {
  const contexts = Array.from({ length: size / 20 }, (_, at) => context(`part${at}`));
  const { customer, User, contexts: base } = sample();
  for (let at = 0; at < size; at += 1) {
    const home = contexts[at % contexts.length];
    if (!home) continue;
    const status = t.state({ open: ["closed"], closed: [] });
    const fields = {
      id: t.id(`x${at}`),
      owner: t.ref(User),
      price: t.money("EUR"),
      title: t.text().max(80),
      lines: t.list({ count: t.int() }).max(20),
      status,
    };
    const Thing = home.entity(`Thing${at}`, fields, {
      access: [{ role: customer, can: ["read", "list", "create", "update"], where: (thing, me) => thing.owner.eq(me.id) }],
    });
    const ThingClosed = home.event(`Thing${at}Closed`, { thing: t.ref(Thing) });
    home.command(`closeThing${at}`, {
      allow: [customer],
      input: { thing: t.ref(Thing) },
      returns: Thing,
      body: ({ input, transition, emit }) => {
        emit(ThingClosed, { thing: input.thing });
        return transition(Thing, input.thing, { status: "closed" });
      },
    });
  }
  return assemble(system("large", { contexts: [...base, ...contexts] })).model;
}
