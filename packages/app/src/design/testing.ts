/** A model whose design asks something: of the command's load in the file of the system, and of the rows in another. */
export const shopFiles = {
  "system.ts": `import { system, unknown } from "archwright";
import { buyer, Orders, placeOrder } from "./orders.ts";

export default system("stall", {
  contexts: [Orders], // all of them
  team: 6, budget: "200 EUR/month", availability: "99.9%", rto: "1h",
  load: [
    { on: placeOrder, mean: "2/s", peak: unknown("How strong is the busiest day?", "60/s", ["5/s", "4000/s"]) },
  ],
  pin: { broker: { choose: "postgres-outbox", because: "nobody is on call for a broker" } }, // see the minutes of May
});
`,
  "orders.ts": `import { context, role, t, unknown } from "archwright";
export const Orders = context("orders");
export const Buyer = Orders.entity("Buyer", { id: t.id("buy"), email: t.email().unique() }, {
  expect: { rows: unknown("How many buyers are there?", 5_000, [1_000, 4_000_000_000]) },
});
export const buyer = role("buyer", Buyer, { signUp: true });
export const Order = Orders.entity("Order", { id: t.id("ord"), buyer: t.ref(Buyer), note: t.text().max(200) });
export const Placed = Orders.event("Placed", { order: t.ref(Order) });
export const placeOrder = Orders.command("placeOrder", {
  allow: [buyer], input: { note: t.text().max(200) }, returns: Order, idempotent: "required",
  body: ({ input, me, create, emit }) => {
    const order = create(Order, { buyer: me.id, note: input.note });
    emit(Placed, { order: order.id });
    return order;
  },
});
export const pack = Orders.command("pack", { allow: "system", input: { order: t.ref(Order) }, idempotent: "natural", reads: [Order], async handle() {} });
Orders.on(Placed, pack);
`,
} as const;
