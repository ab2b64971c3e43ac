import { t } from "@archwright/model/language";
import { expect, test } from "vitest";
import { modelOf, sample } from "../../lint/testing.ts";
import { verdictOf, type Verdict } from "../testing.ts";
import { broker } from "./broker.ts";
import { ordering } from "./ordering.ts";
import { partitions } from "./partitions.ts";

const rules = [broker, ordering, partitions];

function readings(chosen?: "kafka") {
  const { Orders, customer, contexts } = sample();
  const Read = Orders.event("MeterRead", { note: t.text().max(10) });
  const send = Orders.command("send", { allow: [customer], emits: [Read], async handle() {} });
  const keep = Orders.command("keep", { allow: "system", input: { note: t.text().max(10) } });
  Orders.on(Read, keep);
  return modelOf(contexts, {
    load: [{ on: send, mean: "5/s", peak: "60/s" }],
    ...(chosen && { pin: { broker: { choose: chosen, because: "it is there" } } }),
  });
}

const decided = (chosen: "kafka" | undefined, answers: Record<string, number> = {}): Verdict =>
  verdictOf(readings(chosen), "partitions", { "orders.MeterRead.follow-up": 2, ...answers }, rules);

test("what is not Kafka splits nothing", () => {
  const { chosen, options } = decided(undefined);
  expect(chosen).toBe("none");
  expect(options["3-partitions"]?.ruledOutBy).toEqual(["only Kafka splits its topics"]);
});

test("there are as many partitions as consumers are kept busy, at 70 % each", () => {
  for (const [peak, count] of [
    [340, "1-partitions"],
    [360, "3-partitions"],
    [1_040, "3-partitions"],
    [1_060, "6-partitions"],
    [10_000, "48-partitions"],
  ] as const)
    expect([peak, decided("kafka", { "orders.send.peak": peak }).chosen]).toEqual([peak, count]);
});

test("a partition takes ten megabytes a second", () => {
  const large = (peak: number) =>
    decided("kafka", { "orders.send.peak": peak, "orders.MeterRead.event-bytes": 100_000, "orders.MeterRead.follow-up": 0.1 });
  expect(large(100).chosen).toBe("1-partitions");
  expect(large(101).chosen).toBe("3-partitions");
  expect(large(101).options["1-partitions"]?.ruledOutBy).toEqual(["a partition takes no more bytes than that"]);
});

test("without reactions nothing reads a topic", () => {
  expect(() => verdictOf(modelOf(sample().contexts), "partitions", {}, rules)).toThrow("There is no decision partitions");
});
