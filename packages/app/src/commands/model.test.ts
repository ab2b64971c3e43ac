import { afterAll, expect, test, vi } from "vitest";
import { project, removeProjects } from "../loader/testing.ts";
import { run } from "../testing.ts";

afterAll(removeProjects);
vi.setConfig({ testTimeout: 30_000 });

const shop = `import { context, role, system, t } from "archwright";
const Identity = context("identity");
const User = Identity.entity("User", { id: t.id("usr"), email: t.email().unique() });
const customer = role("customer", User, { signUp: true }), staff = role("staff", User);
const Orders = context("orders");
const Order = Orders.entity("Order", { id: t.id("ord"), buyer: t.ref(User) }, {
  access: [{ role: customer, can: ["read"], where: (order, me) => order.buyer.eq(me.id) }, { role: staff, can: ["read", "list"] }],
});
const OrderPlaced = Orders.event("OrderPlaced", { buyer: t.ref(User) });
export const placeOrder = Orders.command("placeOrder", {
  http: "POST /orders", allow: [customer], returns: Order,
  body: ({ me, create, emit }) => {
    const order = create(Order, { buyer: me.id });
    emit(OrderPlaced, { buyer: me.id });
    return order;
  },
});
Orders.message("confirmation", { on: OrderPlaced, to: (event) => event.buyer, by: ["email"], subject: "Thanks", text: "We have it." });
export default system("shop", { contexts: [Identity, Orders, context("empty")] });
`;

test("a summary says what there is, who may call what, and what follows from what", async () => {
  const { status, stdout } = await run(["model"], { folder: project({ "system.ts": shop }) });
  expect(status).toBe(0);
  expect(stdout.replace(/^shop {2}[0-9a-f]{12}\n/, "shop  …\n")).toMatchInlineSnapshot(`
    "shop  …
    3 contexts, 2 entities, 1 operation, 3 routes

    contexts
      empty     nothing yet
      identity  User
      orders    Order, placeOrder, confirmation

    roles
      customer  identity.User, by signing up
      staff     identity.User, granted

    routes
      GET    /orders      orders.Order       staff
      POST   /orders      orders.placeOrder  customer
      GET    /orders/:id  orders.Order       customer, staff

    events
      orders.OrderPlaced  → orders.confirmation
    "
  `);
});

test("the canonical model is the same bytes wherever it lies", async () => {
  const [here, there] = [project({ "system.ts": shop }), project({ "system.ts": shop })];
  const [first, second] = await Promise.all([here, there].map((folder) => run(["model", "--json"], { folder })));
  expect(first?.stdout).toBe(second?.stdout);
  expect(JSON.parse(first?.stdout ?? "").origins["orders.Order"].file).toBe("system.ts");
});

test("the hash is that of the document, and of nothing else on the line", async () => {
  const folder = project({ "system.ts": shop });
  const [{ stdout: hash }, { stdout: checked }] = await Promise.all([
    run(["model", "--hash"], { folder }),
    run(["check", "--json"], { folder }),
  ]);
  expect(hash).toBe(`${JSON.parse(checked).model.hash}\n`);
});

test("the schema needs no model", async () => {
  const { status, stdout } = await run(["model", "--schema"], { folder: project({ "notes.md": "" }) });
  expect([status, JSON.parse(stdout).$schema]).toEqual([0, "https://json-schema.org/draft/2020-12/schema"]);
});

test("a model that cannot be read leaves standard output empty", async () => {
  const { status, stdout, stderr } = await run(["model", "--hash"], { folder: project({ "system.ts": "export default 3;\n" }) });
  expect([status, stdout]).toEqual([1, ""]);
  expect(stderr).toContain("why ");
});
