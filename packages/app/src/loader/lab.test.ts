import { test } from "vitest";
import { loadHandlers } from "./handlers.ts";
test("x", async () => {
  const s = await loadHandlers("/work/main/examples/shop/system.ts");
  console.log(s.handlers, s.model.origins["orders.placeOrder"]);
  const b = await loadHandlers("/work/main/examples/shop/system.ts");
  console.log(b.handlers.get("payments.startPayment") === s.handlers.get("payments.startPayment"));
});
