import { assemble } from "@archwright/model";
import { context, integration, role, system, t } from "@archwright/model/language";
import { expect, test } from "vitest";
import { mermaid } from "./emitter.ts";

const Identity = context("identity");
const User = Identity.entity("User", { id: t.id("usr"), email: t.email().unique().pii("contract", "90d") });
const customer = role("customer", User);
const Stock = context("stock", { owner: "store" });
const Product = Stock.entity("Product", { id: t.id("prd"), count: t.int().min(0) });
const item = { product: t.ref(Product), count: t.int() };
const reserve = Stock.command("reserve", {
  allow: "system",
  input: { items: t.list(item) },
  errors: { OutOfStock: 409 },
  body: ({ input, each, decrease, fail }) =>
    each(input.items, ({ product, count }) => decrease(Product, product, { count }, fail("OutOfStock"))),
});
const Orders = context("orders", { domain: "core" });
const Order = Orders.entity("Order", {
  id: t.id("ord"),
  buyer: t.ref(User),
  lines: t.list(item).min(1),
  gift: t.ref(Product).optional(),
  status: t.state({ open: ["paid"], paid: [] }),
});
const Placed = Orders.event("OrderPlaced", { order: t.ref(Order), buyer: t.ref(User) });
Orders.command("place", {
  http: "POST /orders",
  allow: [customer],
  idempotent: "required",
  input: { items: t.list(item) },
  returns: Order,
  errors: { Closed: 409 },
  body: ({ input, me, require, atomic, create, emit, fail }) => {
    require(input.items.count().above(0), fail("Closed"));
    atomic(reserve, { items: input.items });
    const order = create(Order, { buyer: me.id, lines: input.items, gift: null });
    emit(Placed, { order: order.id, buyer: me.id });
    return order;
  },
});
const pay = Orders.command("pay", {
  allow: "system",
  input: { order: t.ref(Order) },
  body: ({ input, transition }) => transition(Order, input.order, { status: "paid" }),
});
const Bank = integration("bank", {
  calls: { charge: { input: { order: t.ref(Order) }, returns: { receipt: t.text() }, p50: "1s", p99: "2s" } },
  webhooks: { "charge.done": { order: t.ref(Order) } },
  onFailure: { timeout: "3s", retries: 2, then: "queue" },
});
Orders.on(Bank.webhooks["charge.done"], pay);
Orders.command("charge", {
  allow: [customer],
  input: { order: t.ref(Order) },
  reads: [Order],
  writes: [Order],
  calls: [Bank.charge],
  handle: async () => {},
});
const Mail = context("mail");
Mail.message("thanks", { on: Placed, to: (event) => event.buyer, by: ["email"], within: "1m", subject: "Thanks", text: "Thanks" });

const { model } = assemble(system("shop", { contexts: [Identity, Stock, Orders, Mail] }));
const diagrams = new Map(mermaid.emit(model, { hash: "h" }).map(({ path, text }) => [path, text.split("\n").slice(4).join("\n")]));

test("there is one diagram for the contexts, the containers and the entities, for each command and each lifecycle", () => {
  expect([...diagrams.keys()]).toEqual([
    "context-map.mmd",
    "containers.mmd",
    "entities.mmd",
    "sequences/orders.charge.mmd",
    "sequences/orders.pay.mmd",
    "sequences/orders.place.mmd",
    "sequences/stock.reserve.mmd",
    "states/orders.Order.status.mmd",
  ]);
});

test("the context map shows what passes between contexts, and ids where nothing else does", () => {
  expect(diagrams.get("context-map.mmd")).toMatchInlineSnapshot(`
    "%% A thick arrow runs inside the caller's transaction, a plain one waits for an answer, a dotted one is an event. A plain line holds ids.
    flowchart LR
      c_identity["identity"]
      c_mail["mail"]
      c_orders["orders<br/>core domain"]
      c_stock["stock<br/>owned by store"]
      i_bank{{"bank<br/>third party"}}
      c_orders -->|"charge"| i_bank
      c_orders ==>|"reserve"| c_stock
      i_bank -.->|"charge.done"| c_orders
      c_orders -.->|"OrderPlaced"| c_mail
      c_orders ---|"ids of User"| c_identity
      classDef core stroke-width:3px
      class c_orders core
    "
  `);
});

test("the entities show their lists as tables, and what crosses a context as a dotted line", () => {
  expect(diagrams.get("entities.mmd")).toMatchInlineSnapshot(`
    "%% A dotted line crosses contexts: an id, and no foreign key.
    erDiagram
      "identity.User" {
        id id PK
        email email UK "personal data"
      }
      "orders.Order" {
        id id PK
        ref buyer FK
        ref gift FK "optional"
        state status
      }
      "orders.Order.lines" {
        ref product FK
        int count
      }
      "stock.Product" {
        id id PK
        int count
      }
      "identity.User" ||..o{ "orders.Order" : "buyer"
      "stock.Product" |o..o{ "orders.Order" : "gift"
      "orders.Order" ||--|{ "orders.Order.lines" : "lines"
      "stock.Product" ||..o{ "orders.Order.lines" : "product"
    "
  `);
});

test("a declared body is drawn step by step, into what runs inside its transaction", () => {
  expect(diagrams.get("sequences/orders.place.mmd")).toMatchInlineSnapshot(`
    "sequenceDiagram
      actor caller as customer
      participant op_orders.place as orders.place
      participant op_stock.reserve as stock.reserve
      participant database as PostgreSQL
      participant relay as relay
      participant m_email as email
      caller ->> op_orders.place : POST /orders
      note over op_orders.place : once for each Idempotency-Key
      rect rgba(127, 127, 127, 0.12)
        note over op_orders.place,database : one transaction
        op_orders.place ->> op_orders.place : the number of given items is above 0, or Closed
        op_orders.place ->> op_stock.reserve : reserve
        loop for each of the given items
          op_stock.reserve ->> database : decrease count of Product, or OutOfStock
        end
        op_stock.reserve -->> op_orders.place : done
        op_orders.place ->> database : create Order
        op_orders.place ->> database : keep OrderPlaced for the relay
      end
      op_orders.place -->> caller : 201 Order
      op_orders.place --x caller : or 409 Closed, 409 OutOfStock
      database -) relay : OrderPlaced
      relay -) m_email : thanks, within 1 min
    "
  `);
});

test("code is drawn as what it declares, with the third party asked before the transaction", () => {
  expect(diagrams.get("sequences/orders.charge.mmd")).toMatchInlineSnapshot(`
    "sequenceDiagram
      actor caller as customer
      participant op_orders.charge as orders.charge
      participant database as PostgreSQL
      participant i_bank as bank
      caller ->> op_orders.charge : POST /orders/charge
      note over op_orders.charge : written in code, which may do these in another order
      op_orders.charge ->> database : read Order
      op_orders.charge ->> i_bank : charge (at most 3 s, 2 retries, then queue)
      i_bank -->> op_orders.charge : receipt
      rect rgba(127, 127, 127, 0.12)
        note over op_orders.charge,database : one transaction
        op_orders.charge ->> database : write Order
      end
      op_orders.charge -->> caller : 204
    "
  `);
});

test("a command that reacts begins with the event", () => {
  expect(diagrams.get("sequences/orders.pay.mmd")).toMatchInlineSnapshot(`
    "sequenceDiagram
      participant i_bank as bank
      participant relay as relay
      participant op_orders.pay as orders.pay
      participant database as PostgreSQL
      i_bank -) relay : charge.done (webhook)
      relay ->> op_orders.pay : pay
      rect rgba(127, 127, 127, 0.12)
        note over op_orders.pay,database : one transaction
        op_orders.pay ->> database : Order: status to paid
      end
    "
  `);
});

test("a lifecycle names the operations that move a row", () => {
  expect(diagrams.get("states/orders.Order.status.mmd")).toMatchInlineSnapshot(`
    "stateDiagram-v2
      state "open" as s_open
      state "paid" as s_paid
      [*] --> s_open
      s_open --> s_paid : orders.pay
      s_paid --> [*]
    "
  `);
});

test("operations that run each other in a circle are followed once", () => {
  const circular = {
    ...model,
    operations: model.operations.map((each) =>
      each.id === "stock.reserve"
        ? {
            ...each,
            atomic: ["orders.place"],
            implementation: {
              kind: "body" as const,
              body: { steps: [{ kind: "atomic" as const, as: "a", operation: "orders.place", input: {} }] },
            },
          }
        : each,
    ),
  };
  // Once as the call that begins the diagram, and once where the circle closes.
  const place = mermaid.emit(circular, { hash: "h" }).find(({ path }) => path === "sequences/orders.place.mmd");
  expect(place?.text.match(/op_stock.reserve ->> op_orders.place : place/g)).toHaveLength(2);
});
