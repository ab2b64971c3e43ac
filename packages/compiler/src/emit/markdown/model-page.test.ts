import { assemble } from "@archwright/model";
import { context, integration, role, system, t, unknown } from "@archwright/model/language";
import { expect, test } from "vitest";
import { emitModelPage } from "./model-page.ts";

const Orders = context("orders", { owner: "shop", domain: "core" });
const User = Orders.entity("User", { id: t.id("usr"), email: t.email().unique().pii("contract", "90d") });
const customer = role("customer", User, { signUp: true });
const Order = Orders.entity(
  "Order",
  {
    id: t.id("ord"),
    buyer: t.ref(User),
    note: t.text().min(1).max(80).optional(),
    lines: t.list({ price: t.money("EUR").min(1) }).max(50),
    wait: t.duration().max("2d"),
    status: t.state({ open: ["paid"], paid: [] }),
  },
  {
    access: [{ role: customer, can: ["read"], where: (order, me) => order.buyer.eq(me.id) }],
    invariants: { "there is something | in it": (order) => order.lines.count().above(0) },
    expect: { rows: unknown("How many *orders* a year?", 1000, [10, 9000]), growth: "2/s", most: 40 },
  },
);
const Placed = Orders.event("OrderPlaced", { order: t.ref(Order) });
const place = Orders.command("place", {
  http: "POST /orders",
  allow: [customer],
  idempotent: "required",
  slo: { p99: "400ms", availability: "99.9%" },
  input: { items: t.list({ note: t.text() }).min(1).max(50) },
  returns: Order,
  errors: { Closed: 409 },
  reads: [],
  writes: [Order],
  emits: [Placed],
  handle: async () => ({}) as never,
});
integration("bank", { calls: {}, onFailure: { retries: 0, then: "fail" } });
const page = emitModelPage(
  assemble(
    system("shop", { contexts: [Orders], team: 3, rpo: "5m", load: [{ on: place, mean: "8/s", peak: unknown("How busy?", "60/s") }] }),
  ).model,
  { hash: "h" },
);

/** The lines of a section, without its empty ones. */
function section(title: string): readonly string[] {
  const [, rest = ""] = page.split(`\n${title}\n`);
  return (
    rest
      .split(/\n#/)[0]
      ?.split("\n")
      .filter((line) => line !== "") ?? []
  );
}

test("the page says what it was made from", () => {
  expect(page.split("\n").slice(0, 3)).toEqual(["# shop", "", "Made from the model `h`. Change the model, not this file."]);
});

test("an entity's fields, rules, promises, states and readers are said in words", () => {
  expect(section("### `orders.Order`")).toMatchInlineSnapshot(`
    [
      "Expected: 1000 rows (assumed), and 2/s more; at most 40 with one owner.",
      "| Field | Type | Rules |",
      "| --- | --- | --- |",
      "| \`id\` | id \`ord_…\` |  |",
      "| \`buyer\` | id of \`orders.User\` |  |",
      "| \`note\` | text | optional, 1 to 80 characters |",
      "| \`lines\` | list of (\`price\` money in EUR (at least 0.01 EUR)) | at most 50 items |",
      "| \`wait\` | duration | at most 2 days |",
      "| \`status\` | state: open and paid |  |",
      "| Always true | That is |",
      "| --- | --- |",
      "| there is something \\| in it | the number of lines is above 0 |",
      "| State: status | Leads to |",
      "| --- | --- |",
      "| \`open\` (first) | \`paid\` |",
      "| \`paid\` | ends here |",
      "| Role | May | Rows where |",
      "| --- | --- | --- |",
      "| \`customer\` | read | the buyer is the caller |",
    ]
  `);
});

test("an operation is said by who calls it, what it takes and answers, and what it does", () => {
  expect(section("### Operations of `orders`")).toMatchInlineSnapshot(`
    [
      "| Operation | Who | Route | Promises |",
      "| --- | --- | --- | --- |",
      "| \`place\` | \`customer\` | \`POST /orders\` | 99 % within 400 ms, 99.9 % available, once for each key |",
      "| Operation | Takes | Answers | Fails with |",
      "| --- | --- | --- | --- |",
      "| \`place\` | \`items\` list of (\`note\` text) (1 to 50 items) | \`orders.Order\` | 409 \`Closed\` |",
      "| Operation | Writes | Sends |",
      "| --- | --- | --- |",
      "| \`place\` (in code) | \`orders.Order\` | \`orders.OrderPlaced\` |",
    ]
  `);
});

test("a number that nobody knows is a question, and is assumed where it stands", () => {
  expect(section("## Open questions")).toContain("| How many \\*orders\\* a year? | rows of orders.Order | 1000 | 10 to 9000 |");
  expect(section("## Load")).toContain("| `orders.place` | 8/s | 60/s (assumed) |");
});

test("who uses it, from what, and who builds it stand among the requirements", () => {
  const model = assemble(
    system("shop", {
      contexts: [context("parcels", { availability: "99.99%" })],
      users: 5000,
      tenants: { count: 200, largest: unknown("How much does the largest do?", "30%") },
      clients: ["web", "partner"],
      skills: ["typescript"],
      growth: "150%",
    }),
  ).model;
  const text = emitModelPage(model, { hash: "h" });
  for (const line of [
    "| Users | 5000 a month |",
    "| Tenants | 200, the largest with 30 % (assumed) of the load |",
    "| Clients | partner and web |",
    "| Skills | typescript |",
    "| Growth of the load | 150 % a year |",
    "| How much does the largest do? | load of the largest tenant | 30 % |",
    "| `parcels` | 99.99 % |",
  ])
    expect(text).toContain(line);
});

test("personal data is listed with its basis and how long it is kept", () => {
  expect(section("## Personal data")).toContain("| `orders.User.email` | contract | 90 days |");
});

test("a section with nothing to say is left out", () => {
  expect(page).not.toMatch(/## (Jobs|Messages|Integrations|Findings accepted)/);
});
