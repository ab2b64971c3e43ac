import { afterAll, beforeAll, expect, test } from "vitest";
import shop from "../../examples/shop/system.ts";
import { newId } from "../../packages/runtime/src/execution/identifier.ts";
import { anyone, type Caller } from "../../packages/runtime/src/execution/seams.ts";
import { callAs, runModel, type RunningModel } from "./running-model.ts";

const anna: Caller = { role: "customer", id: newId("usr") };
const bert: Caller = { role: "customer", id: newId("usr") };
const staff: Caller = { role: "staff", id: newId("usr") };
const [tea, cup] = [newId("prd"), newId("prd")];
let backend: RunningModel;

beforeAll(async () => {
  backend = await runModel(shop);
  await backend.seed({
    "identity.User": [anna, bert, staff].map(({ id }, index) => ({ id, email: `user${index}@example.com`, name: `User ${index}` })),
    "catalog.Product": [
      { id: tea, name: "Green tea", price: { amount: 1290, currency: "EUR" }, stock: 5 },
      { id: cup, name: "Cup", price: { amount: 1850, currency: "EUR" }, stock: 100 },
    ],
  });
}, 60_000);
afterAll(() => backend.close());

const place = (caller: Caller, items: readonly (readonly [string, number])[], idempotencyKey = newId("key")) =>
  backend.executor.answer(
    "orders.placeOrder",
    { items: items.map(([product, quantity]) => ({ product, quantity })) },
    callAs(caller, { idempotencyKey }),
  );

const stockOf = async (id: string): Promise<number> => {
  const [result] = await backend.adminPool.read([{ text: "select stock from catalog.product where id = $1", values: [id] }]);
  return Number(result?.rows[0]?.["stock"]);
};

test("an order takes stock, sums its lines and emits its event, in one transaction", async () => {
  const before = await stockOf(cup);
  const { status, body } = await place(anna, [
    [cup, 2],
    [tea, 1],
  ]);
  expect(status).toBe(201);
  expect(body).toMatchObject({
    buyer: anna.id,
    status: "pending",
    total: { amount: 2 * 1850 + 1290, currency: "EUR" },
    lines: [
      { product: cup, quantity: 2, price: { amount: 1850 } },
      { product: tea, quantity: 1 },
    ],
  });
  expect(await stockOf(cup)).toBe(before - 2);
  const { id } = body as { id: string };
  const [events] = await backend.adminPool.read([
    { text: "select event, payload from archwright.outbox where payload ->> 'order' = $1", values: [id] },
  ]);
  expect(events?.rows).toMatchObject([
    { event: "orders.OrderPlaced", payload: { buyer: anna.id, total: { amount: 4990, currency: "EUR" } } },
  ]);
});

test("an order past the stock ends in the declared error and takes nothing", async () => {
  const before = [await stockOf(cup), await stockOf(tea)];
  await expect(
    place(anna, [
      [cup, 1],
      [tea, 1000],
    ]),
  ).rejects.toMatchObject({ code: "OutOfStock", status: 409 });
  expect([await stockOf(cup), await stockOf(tea)]).toEqual(before);
});

test("the same key and request get the same answer and one order", async () => {
  const key = newId("key");
  const first = await place(anna, [[cup, 1]], key);
  const again = await place(anna, [[cup, 1]], key);
  expect(again).toEqual({ ...first, replayed: true });
});

test("a refused order is replayed as the same refusal", async () => {
  const key = newId("key");
  await expect(place(anna, [[tea, 1000]], key)).rejects.toMatchObject({ code: "OutOfStock" });
  await backend.adminPool.read([{ text: "update catalog.product set stock = stock + 2000 where id = $1", values: [tea] }]);
  await expect(place(anna, [[tea, 1000]], key)).rejects.toMatchObject({ code: "OutOfStock", replayed: true });
});

test("the same key with another request is refused", async () => {
  const key = newId("key");
  await place(anna, [[cup, 1]], key);
  await expect(place(anna, [[cup, 2]], key)).rejects.toMatchObject({ code: "key-reused", status: 422 });
});

test("the same key of another caller is another key", async () => {
  const key = newId("key");
  const [first, second] = [await place(anna, [[cup, 1]], key), await place(bert, [[cup, 1]], key)];
  expect(second.replayed).toBeUndefined();
  expect(first.body).not.toEqual(second.body);
});

test("of fifty concurrent requests with one key, one runs and nobody gets another answer", async () => {
  const [key, before] = [newId("key"), await stockOf(cup)];
  const answers = await Promise.allSettled(Array.from({ length: 50 }, () => place(anna, [[cup, 1]], key)));
  const bodies = new Set(answers.flatMap((answer) => (answer.status === "fulfilled" ? [JSON.stringify(answer.value.body)] : [])));
  expect(bodies.size).toBe(1);
  for (const answer of answers) if (answer.status === "rejected") expect(answer.reason).toMatchObject({ code: "in-flight", status: 409 });
  expect(await stockOf(cup)).toBe(before - 1);
});

test("orders that name the same products in opposite order do not lock each other out", async () => {
  const orders = Array.from({ length: 20 }, (_, index) =>
    place(
      anna,
      index % 2 === 0
        ? [
            [cup, 1],
            [tea, 1],
          ]
        : [
            [tea, 1],
            [cup, 1],
          ],
    ),
  );
  await expect(Promise.all(orders)).resolves.toHaveLength(20);
});

test("a product twice in one order is taken twice", async () => {
  const before = await stockOf(cup);
  await place(anna, [
    [cup, 1],
    [cup, 2],
  ]);
  expect(await stockOf(cup)).toBe(before - 3);
});

test("an order of another customer is as if it did not exist: read, paid or cancelled", async () => {
  const { body } = await place(anna, [[cup, 1]]);
  const order = (body as { id: string }).id;
  for (const operation of ["orders.getOrder", "orders.cancelOrder", "payments.startPayment"]) {
    await expect(backend.executor.answer(operation, { order }, callAs(bert)), operation).rejects.toMatchObject({
      code: "not-found",
      status: 404,
    });
  }
  await expect(backend.executor.read("orders.Order", order, callAs(bert))).rejects.toMatchObject({ status: 404 });
  const page = await backend.executor.list("orders.Order", { filters: {}, limit: 100 }, callAs(bert));
  expect(page.items.every((item) => (item as { buyer: string }).buyer === bert.id)).toBe(true);
});

test("row security alone keeps customers apart, with no filter of the application", async () => {
  await place(anna, [[cup, 1]]);
  const seen = async (caller: Caller): Promise<readonly unknown[]> => {
    const identity = [caller.id, caller.role, "shop/orders.Order"];
    const [, orders] = await backend.pool.read([
      {
        text: "select set_config('archwright.actor', $1, true), set_config('archwright.role', $2, true), set_config('role', $3, true)",
        values: identity,
      },
      { text: 'select distinct buyer from orders."order"' },
    ]);
    return orders?.rows.map((row) => row["buyer"]) ?? [];
  };
  expect(await seen(anna)).toEqual([anna.id]);
  expect(await seen(bert)).not.toContain(anna.id);
  expect(await seen(staff)).toContain(anna.id);
  expect(await seen({ role: "customer", id: "" })).toEqual([]);
  expect(await seen(anyone)).toEqual([]);
});

test("a transition from a state that does not lead there is the declared error, or a conflict in words", async () => {
  const { body } = await place(anna, [[cup, 1]]);
  const order = (body as { id: string }).id;
  await backend.executor.answer("orders.cancelOrder", { order }, callAs(anna));
  await expect(backend.executor.answer("orders.cancelOrder", { order }, callAs(anna))).rejects.toMatchObject({
    code: "TooLate",
    status: 409,
  });
  await expect(backend.executor.runAsSystem("orders.markPaid", { order }, callAs({ role: "system", id: null }), [])).rejects.toMatchObject({
    code: "conflict",
    detail: expect.stringContaining("cancelled"),
  });
});

test("a search finds every word, whatever its case, and takes % as a letter", async () => {
  const found = async (words: string): Promise<readonly string[]> => {
    const { body } = await backend.executor.answer("catalog.searchProducts", { words, limit: 20 }, callAs(anyone));
    return (body as { items: { name: string }[] }).items.map(({ name }) => name);
  };
  expect(await found("TEA gre")).toEqual(["Green tea"]);
  expect(await found("")).toEqual(["Cup", "Green tea"]);
  expect(await found("%")).toEqual([]);
});

test("pages follow each other without a gap or a repetition", async () => {
  await backend.seed({
    "catalog.Product": Array.from({ length: 25 }, (_, index) => ({
      name: `Same name ${index % 3}`,
      price: { amount: 1, currency: "EUR" },
      stock: 1,
    })),
  });
  const seen: string[] = [];
  let after: string | undefined;
  do {
    const { body } = await backend.executor.answer(
      "catalog.searchProducts",
      { words: "same", limit: 7, ...(after && { after }) },
      callAs(anyone),
    );
    const page = body as { items: { id: string }[]; next: string | null };
    seen.push(...page.items.map(({ id }) => id));
    after = page.next ?? undefined;
  } while (after);
  expect(seen).toHaveLength(25);
  expect(new Set(seen).size).toBe(25);
});

test("a customer changes himself and nobody else", async () => {
  const changed = await backend.executor.update("identity.User", anna.id ?? "", { name: "Anna" }, callAs(anna));
  expect(changed).toMatchObject({ name: "Anna" });
  await expect(backend.executor.update("identity.User", bert.id ?? "", { name: "Anna" }, callAs(anna))).rejects.toMatchObject({
    status: 404,
  });
});

test("a value that another row has is a conflict that names the field", async () => {
  await expect(backend.executor.update("identity.User", anna.id ?? "", { email: "user1@example.com" }, callAs(anna))).rejects.toMatchObject(
    { code: "conflict", detail: "User with this email exists already." },
  );
});

test("a stranger is asked to sign in, and the wrong role is refused", async () => {
  await expect(place(anyone, [[cup, 1]])).rejects.toMatchObject({ status: 401 });
  await expect(place(staff, [[cup, 1]])).rejects.toMatchObject({ status: 403 });
  await expect(backend.executor.create("catalog.Product", { name: "x" }, callAs(anna))).rejects.toMatchObject({ status: 403 });
});
