import { context, integration } from "@archwright/model/language";
import { expect, test } from "vitest";
import { factsOf } from "../facts/facts.ts";
import type { Formula } from "../formulas/formula.ts";
import { valueOf } from "../formulas/testing.ts";
import { modelOf, sample } from "../lint/testing.ts";
import type { PromiseFormulas } from "./promises.ts";
import { quantitiesOf } from "./quantities.ts";

const promisesOf = (...said: Parameters<typeof modelOf>): PromiseFormulas => quantitiesOf(factsOf(modelOf(...said))).promises;

/** Of an operation without statements: 0.45 ms of work, four times as long in the tail. */
const ownP99 = 1.8;
/** Where the system itself starts it 0.2 ms. */
const innerP99 = 0.8;

function chain() {
  const { Orders, customer, contexts } = sample();
  const rates = integration("rates", {
    calls: {
      getRate: { p50: "50ms", p99: "300ms", availability: "99.9%" },
      getTax: { p50: "10ms", p99: "40ms" },
    },
    onFailure: { retries: 0, then: "fail" },
  });
  const inner = Orders.query("inner", { allow: "system", calls: [rates.getRate], async handle() {} });
  const inside = Orders.command("inside", { allow: "system", async handle() {} });
  Orders.command("outer", { allow: [customer], calls: [inner, rates.getTax], atomic: [inside], slo: { p99: "900ms" }, async handle() {} });
  Orders.query("quick", { allow: [customer], slo: { p99: "200ms", availability: "99.99%" }, async handle() {} });
  return contexts;
}

test("a p99 is the tail of the own work and the p99 of whatever is waited for", () => {
  const { p99Of } = promisesOf(chain());
  expect(valueOf(p99Of("orders.inner"))).toBeCloseTo(innerP99 + 300, 9);
  expect(valueOf(p99Of("orders.outer"))).toBeCloseTo(ownP99 + (innerP99 + 300) + 40, 9);
});

test("a chain is as available as all that it waits for outside of its process, taken together", () => {
  const { chainAvailabilityOf } = promisesOf(chain());
  expect(valueOf(chainAvailabilityOf("orders.outer"))).toBeCloseTo(0.999 * 0.999, 12);
  expect(valueOf(chainAvailabilityOf("orders.quick"))).toBe(1);
});

test("what a contract does not say is asked for", () => {
  const { callAvailabilityOf } = promisesOf(chain());
  expect(groundOf(callAvailabilityOf("rates.getRate"))).toBe("stated");
  expect(callAvailabilityOf("rates.getTax")).toMatchObject({
    value: 0.999,
    ground: { kind: "assumed", ask: "What availability does the contract with rates promise?" },
  });
});

test("an operation promises what it says, or its context, or the system", () => {
  const Search = context("search", { availability: "99%" });
  Search.query("find", { allow: "anyone", async handle() {} });
  const { promisedAvailabilityOf } = promisesOf([...chain(), Search], { availability: "99.9%" });
  expect(["orders.quick", "search.find", "orders.outer"].map((id) => valueOf(promisedAvailabilityOf(id)))).toEqual([0.9999, 0.99, 0.999]);
});

test("the tightest promise is the shortest that any operation makes", () => {
  expect(valueOf(promisesOf(chain()).tightestP99)).toBe(200);
  expect(groundOf(promisesOf(sample().contexts).tightestP99)).toBe("assumed");
});

test("99.9 % of a month leave 43.8 minutes", () => {
  expect(valueOf(promisesOf(chain(), { availability: "99.9%" }).downSeconds) / 60).toBeCloseTo(43.83, 6);
});

test("one cause may use up half of it", () => {
  const { downSeconds, downSecondsEach } = promisesOf(chain());
  expect(valueOf(downSecondsEach)).toBe(valueOf(downSeconds) / 2);
});

test("a team works 140 hours a month for each of its people", () => {
  expect(valueOf(promisesOf(chain(), { team: 4 }).teamHours)).toBe(560);
});

test("what the model says of disasters is stated, and what it leaves out is assumed", () => {
  const said = promisesOf(chain(), { rto: "1h", rpo: "5m" });
  expect([valueOf(said.rtoMs), valueOf(said.rpoMs)]).toEqual([3_600_000, 300_000]);
  expect([groundOf(said.rtoMs), groundOf(promisesOf(chain()).rtoMs)]).toEqual(["stated", "assumed"]);
});

test("operations that call each other in a circle are answered all the same", () => {
  const { Orders, contexts } = sample();
  const ping = Orders.query("ping", { allow: "system", async handle() {} });
  Orders.query("pong", { allow: "system", calls: [ping], async handle() {} });
  const model = modelOf(contexts);
  const operations = model.operations.map((operation) =>
    operation.id === "orders.ping" ? { ...operation, calls: ["orders.pong"] } : operation,
  );
  const { p99Of } = quantitiesOf(factsOf({ ...model, operations })).promises;
  expect(valueOf(p99Of("orders.pong"))).toBeCloseTo(2 * innerP99, 9);
});

const groundOf = (formula: Formula): string => (formula.kind === "input" ? formula.ground.kind : formula.kind);
