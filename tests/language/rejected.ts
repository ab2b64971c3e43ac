import { context, integration, system, t, unknown } from "archwright";
import { Catalog, customer, Identity, markPaid, Order, OrderPlaced, Orders, Payment, Payments, placeOrder, Product, reserveStock, searchProducts, Stripe, User } from "../../examples/shop/system.ts";

// Each statement is a compile error. The comment is the first line that tsc prints, cut at 150 characters, and our verdict on it:
// "ours" is a sentence that the types carry, "plain" is TypeScript's own and says enough, "long" begins well and then prints a whole type.
const PriceChanged = Catalog.event("PriceChanged", { product: t.ref(Product) });

// A field that does not exist, in a rule
//   plain: Property 'buyer' does not exist on type 'RowOf<"X", { id: IdField<"x">; }>'.
// @ts-expect-error
Orders.entity("X", { id: t.id("x") }, { access: [{ role: customer, can: ["read"], where: (row, me) => row.buyer.eq(me.id) }] });

// A product compared with a user
//   plain: Argument of type 'Expr<Id<"User">>' is not assignable to parameter of type 'Arg<Id<"Product">>'.
// @ts-expect-error
Orders.entity("X", { product: t.ref(Product) }, { access: [{ role: customer, can: ["read"], where: (row, me) => row.product.eq(me.id) }] });

// A state that does not exist, in a lifecycle
//   plain: Type '"c"' is not assignable to type '"a" | "b"'.
// @ts-expect-error
t.state({ a: ["b"], b: ["c"] });

// A state that does not exist, in an invariant
//   plain: Argument of type '"lost"' is not assignable to parameter of type 'Arg<"done" | "open">'.
// @ts-expect-error
Orders.entity("X", { status: t.state({ open: ["done"], done: [] }) }, { invariants: { "never lost": (row) => row.status.ne("lost") } });

// A transition to a state that nothing leads to
//   plain: Type '"pending"' is not assignable to type '"cancelled" | "paid" | "refunded" | "shipped"'.
// @ts-expect-error
Orders.command("x", { input: { order: t.ref(Order) }, body: ({ input, transition }) => transition(Order, input.order, { status: "pending" }) });

// A state set by update, past its lifecycle
//   ours: Type '"paid"' is not assignable to type '"A state moves by transition, not by update."'.
// @ts-expect-error
Orders.command("x", { input: { order: t.ref(Order) }, body: ({ input, update }) => update(Order, input.order, { status: "paid" }) });

// A declared body that writes another context's entity
//   ours: Argument of type 'Entity<"catalog", "Product", …>' is not assignable to parameter of type '"Product belongs to catalog. orders reaches it by a command, a query or an event."'.
// @ts-expect-error
Orders.command("x", { input: { product: t.ref(Product) }, body: ({ input, update }) => update(Product, input.product, { name: "new" }) });

// A handler that declares another context's entity
//   ours: Type 'Entity<"catalog", "Product", …>' is not assignable to type '"Product belongs to catalog. orders reaches it by a command, a query or an event."'.
// @ts-expect-error
Orders.command("x", { writes: [Product], handle: async () => {} });

// A handler that touches what it does not declare
//   long: Property 'Product' does not exist on type 'Db<Entity<"orders", "Order", { id: IdField<"ord">; buyer: Field<Id<"User">, "ref", "User">; lines: ListFiel…
// @ts-expect-error
Orders.command("x", { reads: [Order], handle: async ({ db }) => void db.Product });

// A handler that writes what it only reads
//   ours: Argument of type 'Id<"Order">' is not assignable to parameter of type '"Order is only read here. Add it to writes."'.
// @ts-expect-error
Orders.command("x", { input: { order: t.ref(Order) }, reads: [Order], handle: async ({ input, db }) => db.Order.delete(input.order) });

// An id of another entity
//   plain: Argument of type 'Id<"User">' is not assignable to parameter of type 'Id<"Order">'.
// @ts-expect-error
Orders.command("x", { input: { buyer: t.ref(User) }, reads: [Order], handle: async ({ input, db }) => void (await db.Order.get(input.buyer)) });

// A create without a field that it needs
//   long: Property 'amount' is missing in type '{ order: Expr<Id<"Order">>; intent: string; }' but required in type 'NewExpr<{ id: IdField<"pay">; order: Field<…
// @ts-expect-error
Payments.command("x", { input: { order: t.ref(Order) }, body: ({ input, create }) => create(Payment, { order: input.order, intent: "pi_1" }) });

// A decrease of something that is no amount
//   ours: Type 'number' is not assignable to type '"name is no amount."'.
// @ts-expect-error
Catalog.command("x", { input: { product: t.ref(Product) }, body: ({ input, decrease }) => decrease(Product, input.product, { name: 1 }) });

// Two currencies compared
//   plain: Argument of type 'MoneyExpr<"USD">' is not assignable to parameter of type 'Arg<Money<"EUR">>'.
// @ts-expect-error
Orders.entity("X", { a: t.money("EUR"), b: t.money("USD") }, { invariants: { "a is at least b": (row) => row.a.atLeast(row.b) } });

// A call that the integration does not have
//   long: Property 'refund' does not exist on type 'Integration<"stripe", { createPaymentIntent: { input: { order: Field<Id<"Order">, "ref", "Order">; amount: M…
// @ts-expect-error
Orders.command("x", { calls: [Stripe.refund], handle: async () => {} });

// A call that the command does not declare
//   long: Property 'createPaymentIntent' does not exist on type 'Callable<ExternalCall<"cancelPaymentIntent", { intent: TextField; }, Nothing>>'. Did you mean '…
// @ts-expect-error
Orders.command("x", { calls: [Stripe.cancelPaymentIntent], handle: async ({ calls }) => void calls.createPaymentIntent });

// A call with the wrong argument
//   plain: Type 'number' is not assignable to type 'string'.
// @ts-expect-error
Orders.command("x", { calls: [Stripe.cancelPaymentIntent], handle: async ({ calls }) => void calls.cancelPaymentIntent({ intent: 7 }) });

// An event that the command does not declare
//   ours: Argument of type 'Event<"catalog", "PriceChanged", { product: Field<Id<"Product">, "ref", "Product">; }>' is not assignable to parameter of type '"Add PriceChanged to emits."'.
// @ts-expect-error
Orders.command("x", { emits: [OrderPlaced], handle: async ({ emit }) => emit(PriceChanged, { product: "" }) });

// An event without its field
//   long: Type '{ order: Id<"Order">; }' is missing the following properties from type 'Input<{ order: Field<Id<"Order">, "ref", "Order">; buyer: Field<Id<"User…
// @ts-expect-error
Orders.command("x", { input: { order: t.ref(Order) }, emits: [OrderPlaced], handle: async ({ emit, input }) => emit(OrderPlaced, { order: input.order }) });

// An error that the command does not declare
//   plain: Argument of type '"ToLate"' is not assignable to parameter of type '"TooLate"'.
// @ts-expect-error
Orders.command("x", { errors: { TooLate: 409 }, handle: async ({ fail }) => fail("ToLate") });

// A status that is no error
//   plain: Type '200' is not assignable to type 'Status'.
// @ts-expect-error
Orders.command("x", { errors: { TooLate: 200 }, handle: async () => {} });

// A result of another shape
//   long: Type '() => Promise<{ total: number; }>' is not assignable to type '(scope: CommandScope<{}, "anyone", never, never, never, never, never, {}>) => Prom…
// @ts-expect-error
Orders.command("x", { returns: { total: t.money("EUR") }, handle: async () => ({ total: 12.5 }) });

// A body that answers with another entity
//   long: Type '({ input, get }: WriteBody<"orders", { order: Field<Id<"Order">, "ref", "Order">; }, "anyone", {}>) => RowOf<"Order", { id: IdField<"ord">; buye…
// @ts-expect-error
Orders.command("x", { input: { order: t.ref(Order) }, returns: User, body: ({ input, get }) => get(Order, input.order) });

// A body and a handler
//   long: Argument of type '{ body: () => void; handle: () => Promise<void>; }' is not assignable to parameter of type 'OperationFacts<{}, Nothing, "anyone", {}…
// @ts-expect-error
Orders.command("x", { body: () => {}, handle: async () => {} });

// A role named by a string
//   plain: Type 'string' is not assignable to type 'Role<string, string>'.
// @ts-expect-error
Orders.command("x", { allow: ["customer"], body: () => {} });

// A person where everybody is allowed
//   plain: Argument of type 'null' is not assignable to parameter of type 'Id<"Order">'.
// @ts-expect-error
Orders.command("x", { allow: "anyone", reads: [Order], handle: async ({ me, db }) => void (await db.Order.get(me.id)) });

// A path parameter that is no field of the input
//   ours: Type '"POST /orders/:id/cancel"' is not assignable to type '"the path names \":id\", which is no field of input"'.
// @ts-expect-error
Orders.command("x", { http: "POST /orders/:id/cancel", input: { order: t.ref(Order) }, body: () => {} });

// A query that is not a GET
//   ours: Type '"POST /orders"' is not assignable to type '"GET /…"'.
// @ts-expect-error
Orders.query("x", { http: "POST /orders", body: () => {} });

// A query that writes
//   plain: Property 'update' does not exist on type 'ReadBody<"orders", { order: Field<Id<"Order">, "ref", "Order">; }, "anyone", {}>'.
// @ts-expect-error
Orders.query("x", { input: { order: t.ref(Order) }, body: ({ input, update }) => update(Order, input.order, {}) });

// A secret compared
//   ours: Argument of type '"abc"' is not assignable to parameter of type '"A secret is never read back."'.
// @ts-expect-error
Identity.entity("X", { token: t.secret() }, { invariants: { "known": (row) => row.token.eq("abc") } });

// A webhook that is not declared
//   long: Element implicitly has an 'any' type because expression of type '"payment_intent.failed"' can't be used to index type '{ readonly "payment_intent.succ…
// @ts-expect-error
Orders.on(Stripe.webhooks["payment_intent.failed"], markPaid);

// An event whose fields do not make the command's input, without a mapping
//   plain: Expected 3 arguments, but got 2.
// @ts-expect-error
Catalog.on(OrderPlaced, reserveStock);

// A reaction that runs another context's command
//   ours: Argument of type 'Command<"catalog", "reserveStock", { items: ListField<{ product: Field<Id<"Product">, "ref", "Product">; quantity: NumberField; }>; }, { lines: ListField<{ ...; }>; }>' is not assignable to parameter of type '"reserveStock belongs to catalog. orders reaches it by a command, a query or an event."'.
// @ts-expect-error
Orders.on(OrderPlaced, reserveStock, () => ({ items: [] }));

// A text that names a field the event lacks
//   ours: Type '"Order {number}"' is not assignable to type '"the event has no field \"number\""'.
// @ts-expect-error
Orders.message("x", { on: OrderPlaced, to: (event) => event.buyer, by: ["email"], subject: "Order {number}", text: "Thanks." });

// A duration without its unit
//   plain: Type '"10"' is not assignable to type '`${number}d` | `${number}h` | `${number}m` | `${number}ms` | `${number}s`'.
// @ts-expect-error
Orders.job("x", { every: "10", body: () => {} });

// A modifier that the field does not have
//   plain: Property 'max' does not exist on type 'Field<boolean, "bool", unknown>'.
// @ts-expect-error
t.bool().max(3);

// A read model with a field it does not have
//   plain: Type '"week"' is not assignable to type '"day"'.
// @ts-expect-error
Orders.view("X", { day: t.date() }, { key: "week", stale: "5s", from: () => [] });

// A rate without its unit, inside a question
//   plain: Type 'Unknown<"20" | "400" | "60">' is not assignable to type 'Known<`${number}/day` | `${number}/h` | `${number}/min` | `${number}/s`>'.
// @ts-expect-error
system("x", { contexts: [Orders], load: [{ on: placeOrder, mean: unknown("How many?", "60", ["20", "400"]) }] });

// A load on something that is no operation
//   long: Type 'Entity<"orders", "Order", { id: IdField<"ord">; buyer: Field<Id<"User">, "ref", "User">; lines: ListField<{ product: Field<Id<"Product">, "ref",…
// @ts-expect-error
system("x", { contexts: [Orders], load: [{ on: Order, mean: "8/s" }] });

// A pin to an option that the decision does not have
//   plain: Type '"kafka-2"' is not assignable to type '"kafka" | "nats-jetstream" | "postgres-outbox" | "rabbitmq" | "sqs"'. Did you mean '"kafka"'?
// @ts-expect-error
system("x", { contexts: [Orders], pin: { broker: { choose: "kafka-2", because: "habit" } } });

// A pin without its reason
//   long: Property 'because' is missing in type '{ choose: "kafka"; }' but required in type '{ choose: "kafka" | "nats-jetstream" | "postgres-outbox" | "rabbitm…
// @ts-expect-error
system("x", { contexts: [Orders], pin: { broker: { choose: "kafka" } } });

// A pin of a decision that does not exist
//   long: Object literal may only specify known properties, but 'brokers' does not exist in type '{ readonly placement?: { choose: "one-process" | "process-per-…
// @ts-expect-error
system("x", { contexts: [Orders], pin: { brokers: { choose: "kafka", because: "habit" } } });

// A pin to an option of another decision
//   plain: Type '"kubernetes"' is not assignable to type '"in-process" | "none" | "redis"'.
// @ts-expect-error
system("x", { contexts: [Orders], pin: { cache: { choose: "kubernetes", because: "habit" } } });

// Users without a number
//   plain: Type 'string' is not assignable to type 'Known<number>'.
// @ts-expect-error
system("x", { contexts: [Orders], users: "5000" });

// Tenants that nobody counts
//   plain: Property 'count' is missing in type '{ largest: "30%"; }' but required in type '{ count: Known<number>; largest?: Known<`${number}%`>; }'.
// @ts-expect-error
system("x", { contexts: [Orders], tenants: { largest: "30%" } });

// The share of a tenant without its unit
//   plain: Type 'number' is not assignable to type 'Known<`${number}%`> | undefined'.
// @ts-expect-error
system("x", { contexts: [Orders], tenants: { count: 2_000, largest: 0.3 } });

// A client that is none
//   plain: Type '"phone"' is not assignable to type '"device" | "mobile" | "mobile-offline" | "partner" | "web"'.
// @ts-expect-error
system("x", { contexts: [Orders], clients: ["web", "phone"] });

// A skill that is none
//   plain: Type '"typescipt"' is not assignable to type '"csharp" | "go" | "java" | "kafka" | "kubernetes" | "php" | "python" | "ruby" | "typescript"'. Did you mean '"typescript"'?
// @ts-expect-error
system("x", { contexts: [Orders], skills: ["typescipt"] });

// A growth that is a rate
//   plain: Type '"40/day"' is not assignable to type 'Known<`${number}%`>'.
// @ts-expect-error
system("x", { contexts: [Orders], growth: "40/day" });

// The most rows of one owner, as a rate
//   plain: Type 'string' is not assignable to type 'Known<number> | undefined'.
// @ts-expect-error
Orders.entity("X", { buyer: t.ref(User) }, { expect: { rows: 1_000, most: "20/day" } });

// The availability of a call without its unit
//   plain: Type 'number' is not assignable to type '`${number}%`'.
// @ts-expect-error
integration("x", { calls: { send: { p50: "1s", p99: "2s", availability: 0.999 } }, onFailure: { retries: 0, then: "fail" } });

// The availability of a context without its unit
//   plain: Type '"99.9"' is not assignable to type '`${number}%`'.
// @ts-expect-error
context("x", { availability: "99.9" });

// A tenant that is no reference
//   ours: Type '"shop"' is not assignable to type '"A tenant is a t.ref field."'.
// @ts-expect-error
Orders.entity("X", { shop: t.text() }, { tenant: "shop" });

// A default of another type
//   plain: Argument of type 'string' is not assignable to parameter of type 'number'.
// @ts-expect-error
t.int().default("1");

// A row updated by a field that is set once
//   ours: Type 'Date' is not assignable to type '"placedAt is set once, when the row is created."'.
// @ts-expect-error
Orders.command("x", { input: { order: t.ref(Order) }, writes: [Order], handle: async ({ input, db }) => void (await db.Order.update(input.order, { placedAt: new Date() })) });

// A permission on a field that does not exist
//   plain: Type '"notes"' is not assignable to type '"note"'.
// @ts-expect-error
Orders.entity("X", { note: t.text() }, { access: [{ role: customer, can: ["update"], only: ["notes"] }] });

// A third party's call inside a transaction
//   long: Property 'context' is missing in type 'ExternalCall<"createPaymentIntent", { order: Field<Id<"Order">, "ref", "Order">; amount: MoneyField<"EUR">; }, …
// @ts-expect-error
Orders.command("x", { atomic: [Stripe.createPaymentIntent], handle: async () => {} });

// An undeclared error, in a body
//   plain: Argument of type '"TooLate"' is not assignable to parameter of type '"Late"'.
// @ts-expect-error
Orders.command("x", { input: { order: t.ref(Order) }, errors: { Late: 409 }, body: ({ input, transition, fail }) => transition(Order, input.order, { status: "paid" }, fail("TooLate")) });

// A row of another entity, from a page that a call answered
//   plain: Argument of type 'Id<"Product">' is not assignable to parameter of type 'Id<"Order">'.
// @ts-expect-error
Orders.command("x", { calls: [searchProducts], reads: [Order], handle: async ({ db, calls }) => { for (const { id } of (await calls.searchProducts({ words: "" })).items) await db.Order.get(id); } });
