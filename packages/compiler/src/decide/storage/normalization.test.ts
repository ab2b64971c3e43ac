import { context, t } from "@archwright/model/language";
import { expect, test } from "vitest";
import { modelOf, sample } from "../../lint/testing.ts";
import { undecided } from "../deciding.ts";
import { verdictOf } from "../testing.ts";
import { normalization } from "./normalization.ts";

/** Invoices with lines that name products or do not, and the price of a product as it was. */
function invoices({ names = false, follows = false, fixed = false, sorted = false } = {}) {
  const Billing = context("billing");
  const price = t.int().min(0);
  const Product = Billing.entity("Product", { id: t.id("prd"), price: fixed ? price.readonly() : price }, { expect: { rows: 1_000 } });
  const line = { text: t.text().max(60), amount: t.int(), ...(names && { product: t.ref(Product) }) };
  const Invoice = Billing.entity(
    "Invoice",
    { id: t.id("inv"), product: t.ref(Product), price: t.int(), total: t.int(), lines: t.list(line) },
    {
      expect: { rows: 100_000 },
      invariants: { "the total is the sum of the lines": (row) => row.total.eq(row.lines.sum((one) => one.amount)) },
    },
  );
  Billing.command("bill", {
    allow: "system",
    input: { product: t.ref(Product) },
    body: ({ input, get, create }) =>
      void create(Invoice, { product: input.product, price: get(Product, input.product).price, total: 0, lines: [] }),
  });
  const input = { invoice: t.ref(Invoice) };
  Billing.command("reprice", {
    allow: "system",
    input,
    body: ({ input: { invoice }, get, update }) => {
      const price = get(Product, get(Invoice, invoice).product).price;
      update(Invoice, invoice, follows ? { price } : { total: 0 });
    },
  });
  Billing.query("latest", { returns: t.page(Invoice), body: ({ page }) => page(Invoice, { sort: sorted ? "total" : "id" }) });
  return modelOf([Billing]);
}

const decide = (model: ReturnType<typeof invoices>, field: string, answers: Readonly<Record<string, number>> = {}) =>
  verdictOf(model, `normalization:billing.Invoice.${field}`, answers, [normalization]);

const rates = (reads: number, writes: number) => ({ "billing.Invoice.reads": reads, "billing.Invoice.writes": writes });

test("a list has a table of its own until reading it takes more than what JSON does to people", () => {
  // 0.067 ms more for each read are worth 30 in a month at 3,800 reads a second, and some bytes less.
  expect(decide(invoices(), "lines", rates(3_700, 0)).chosen).toBe("normalized");
  expect(decide(invoices(), "lines", rates(3_900, 0)).chosen).toBe("embedded");
});

test("a list that names rows of others stays in a table however often it is read", () => {
  const { chosen, options } = decide(invoices({ names: true }), "lines", rates(100_000, 0));
  expect(chosen).toBe("normalized");
  expect(options["embedded"]?.ruledOutBy).toEqual(["the database does not check a reference that lies inside JSON"]);
});

test("a total is kept until its checks cost more than to reckon it everywhere alike", () => {
  // 0.004 ms for each write are worth a tenth of an hour at 12,800 writes a second.
  expect(decide(invoices(), "total", rates(0, 12_000)).chosen).toBe("derived-column");
  const { chosen, options } = decide(invoices(), "total", rates(0, 13_000));
  expect(chosen).toBe("normalized");
  expect(options["derived-column"]?.["work"]).toBeCloseTo(52);
});

test("a total that is read seven times for a hundred writes is kept however often it is written", () => {
  // 0.076 ms for a read against 0.004 ms for a write.
  expect(decide(invoices(), "total", rates(5_000, 200_000)).chosen).toBe("normalized");
  const { chosen, options } = decide(invoices(), "total", rates(14_000, 200_000));
  expect(chosen).toBe("derived-column");
  expect(options["normalized"]?.["work"]).toBeCloseTo(14_000 * 0.076);
});

test("a total that rows are sorted by is kept", () => {
  const { chosen, options } = decide(invoices({ sorted: true }), "total", rates(0, 1_000));
  expect(chosen).toBe("derived-column");
  expect(options["normalized"]?.ruledOutBy).toEqual(["no index finds rows of Invoice by a value that is not kept"]);
});

test("a price that may change later is copied as it was", () => {
  const { chosen, options } = decide(invoices(), "price");
  expect(chosen).toBe("copied");
  expect(options["normalized"]?.ruledOutBy).toEqual(["Invoice keeps what price of Product was, and it may be another by now"]);
});

test("a copy that follows its source is kept while it is read oftener than it is written again", () => {
  const model = invoices({ follows: true });
  // Each change of a price is written into a hundred invoices, 0.12 ms each; a read of the product takes 0.034 ms.
  const follow = { "billing.Product.rows": 1_000, "billing.Invoice.rows.horizon": 100_000, "billing.reprice.peak.all": 1 };
  expect(decide(model, "price", { ...follow, ...rates(300, 0) }).chosen).toBe("normalized");
  expect(decide(model, "price", { ...follow, ...rates(400, 0) }).chosen).toBe("copied");
});

test("a copy of what never changes is worth its bytes only where it is read", () => {
  const model = invoices({ fixed: true });
  expect(decide(model, "price", rates(0, 0)).chosen).toBe("normalized");
  expect(decide(model, "price", rates(10, 0)).chosen).toBe("copied");
});

test("an entity of plain values has nothing to decide", () => {
  expect([...undecided(modelOf(sample().contexts), [normalization]).byId.keys()]).toEqual([]);
});
