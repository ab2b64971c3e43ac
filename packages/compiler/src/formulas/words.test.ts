import { expect, test } from "vitest";
import {
  and,
  atMost,
  call,
  ceiling,
  constant,
  difference,
  exact,
  excess,
  greatest,
  isChosen,
  least,
  named,
  not,
  one,
  or,
  pick,
  power,
  product,
  quotient,
  sum,
  when,
  zero,
  type Choice,
  type Formula,
} from "./formula.ts";
import { cheHitShare } from "./laws.ts";
import { formatted, inWords } from "./words.ts";

const input = (words: string, value = 1): Formula => constant(words, words, value, "count", "general", "test");
const peak = input("peak rate of placeOrder");
const work = named("w", "work of the database for placeOrder", "ms", product(input("rows"), input("ms per row")));
const [a, b, c] = [input("a"), input("b"), input("c")];
const broker: Choice = { kind: "choice", id: "broker", options: ["outbox", "sqs", "kafka"], of: [] };

test("a formula is told down to whatever has a name", () => {
  expect(inWords(quotient(product(peak, work), exact(1_000)))).toBe(
    "peak rate of placeOrder × work of the database for placeOrder ÷ 1,000",
  );
});

test("a name alone is told by its words", () => {
  expect(inWords(work)).toBe("work of the database for placeOrder");
});

test("what is looser than its surroundings stands in brackets", () => {
  expect(inWords(product(sum(a, b), c))).toBe("(a + b) × c");
  expect(inWords(difference(a, sum(b, c)))).toBe("a − (b + c)");
  expect(inWords(quotient(a, product(b, c)))).toBe("a ÷ (b × c)");
  expect(inWords(power(sum(a, b), c))).toBe("(a + b) to the power of c");
});

test("what binds tighter needs no brackets", () => {
  expect(inWords(sum(product(a, b), quotient(b, c)))).toBe("a × b + b ÷ c");
  expect(inWords(difference(sum(a, b), c))).toBe("a + b − c");
});

test("adding nothing and taking once go without saying", () => {
  expect(inWords(sum(zero, a))).toBe("a");
  expect(inWords(product(sum(a, zero), one, b))).toBe("a × b");
  expect(inWords(product(one, one))).toBe("1");
  expect(inWords(sum(zero, zero))).toBe("0");
  expect(inWords(quotient(a, one))).toBe("a");
});

test("a long sum is cut short", () => {
  expect(inWords(sum(a, b, c, a, b, c, a, b))).toBe("a + b + c + a + b + 3 more");
  expect(inWords(sum(a, b, c, a, b, c))).toBe("a + b + c + a + b + c");
});

test("the greatest of many is cut short", () => {
  const many = Array.from({ length: 9 }, (_, index) => input(`part ${index}`));
  expect(inWords(greatest(...many))).toBe("the greatest of part 0, part 1, part 2, part 3, part 4 and 4 more");
});

test("bounds are told as bounds", () => {
  expect(inWords(greatest(zero, difference(a, b)))).toBe("a − b, but at least 0");
  expect(inWords(least(a, exact(5)))).toBe("a, but at most 5");
  expect(inWords(least(a, b, c))).toBe("the least of a, b and c");
  expect(inWords(sum(greatest(a, b), c))).toBe("(the greatest of a and b) + c");
  expect(inWords(product(ceiling(quotient(a, b)), c))).toBe("(a ÷ b, rounded up) × c");
});

test("conditions are told as conditions", () => {
  expect(inWords(when(atMost(a, exact(3_000)), b, c))).toBe("b if a is at most 3,000, otherwise c");
  expect(inWords(not(atMost(a, b)))).toBe("a is more than b");
  expect(inWords(and(atMost(a, b), isChosen(broker, "kafka")))).toBe("a is at most b and broker is kafka");
  expect(inWords(and(atMost(a, b), or(not(atMost(b, c)), isChosen(broker, "sqs"))))).toBe(
    "a is at most b and (b is more than c or broker is sqs)",
  );
  expect(inWords(excess(sum(a, b), c))).toBe("the share by which a + b exceeds c");
});

test("what hangs on a choice is told with the options", () => {
  expect(inWords(isChosen(broker, "sqs"))).toBe("broker is sqs");
  expect(inWords(pick(broker, [exact(11.4), exact(60), exact(60)]))).toBe("by the choice of broker: 11.4 (outbox); 60 (sqs, kafka)");
  expect(inWords(pick(broker, [a, a, a]))).toBe("a");
  expect(inWords({ ...broker, id: "timeout:stripe.pay" })).toBe("the choice of timeout for stripe.pay");
});

test("a law is told by its name", () => {
  expect(inWords(call(cheHitShare, sum(a, b), c, exact(0.8)))).toBe("the hit share of a least-recently-used cache (Che) for a + b; c; 0.8");
});

test("rates are told of the time in which they are one at least", () => {
  expect(formatted(60, "/s")).toBe("60/s");
  expect(formatted(3_510.4, "/s")).toBe("3,510/s");
  expect(formatted(1 / 30, "/s")).toBe("2/min");
  expect(formatted(1 / 86_400, "/s")).toBe("1/day");
  expect(formatted(1e-6, "/s")).toBe("31.6/year");
  expect(formatted(1_200, "/month")).toBe("1,200/month");
});

test("times take the unit that fits them", () => {
  expect(formatted(0.34, "ms")).toBe("340 µs");
  expect(formatted(400, "ms")).toBe("400 ms");
  expect(formatted(999.9, "ms")).toBe("1 s");
  expect(formatted(43 * 60_000, "ms")).toBe("43 min");
  expect(formatted(7_200, "s")).toBe("2 h");
  expect(formatted(0, "ms")).toBe("0 ms");
  expect(formatted(7, "days")).toBe("7 days");
  expect(formatted(1, "days")).toBe("1 day");
  expect(formatted(0.5, "hours")).toBe("0.5 h");
});

test("sizes take the unit that fits them", () => {
  expect(formatted(1.2e9, "bytes")).toBe("1.2 GB");
  expect(formatted(512, "bytes")).toBe("512 B");
  expect(formatted(3e16, "bytes")).toBe("30,000 TB");
});

test("a share keeps the figures by which it falls short of everything", () => {
  expect(formatted(0.9995, "share")).toBe("99.95 %");
  expect(formatted(0.99949, "share")).toBe("99.949 %");
  expect(formatted(0.99, "share")).toBe("99 %");
  expect(formatted(1, "share")).toBe("100 %");
  expect(formatted(0.3456, "share")).toBe("34.6 %");
  expect(formatted(1.5, "share")).toBe("150 %");
});

test("money has its currency, and cents where they count", () => {
  expect(formatted(1_240, "money", "EUR")).toBe("1,240 EUR");
  expect(formatted(1_243.6, "money", "EUR")).toBe("1,244 EUR");
  expect(formatted(12.3, "money", "USD")).toBe("12.30 USD");
  expect(formatted(0.00034, "money")).toBe("0.00034");
});

test("plain numbers have three figures", () => {
  expect(formatted(0.00034, "count")).toBe("0.00034");
  expect(formatted(15_623, "rows")).toBe("15,600 rows");
  expect(formatted(1, "people")).toBe("1 person");
  expect(formatted(2.5, "cores")).toBe("2.5 cores");
  expect(formatted(-12, "count")).toBe("−12");
  expect(formatted(1, "yes/no")).toBe("yes");
  expect(formatted(Number.POSITIVE_INFINITY, "ms")).toBe("without limit");
});
