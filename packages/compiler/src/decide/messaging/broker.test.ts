import { t } from "@archwright/model/language";
import { expect, test } from "vitest";
import { modelOf, sample } from "../../lint/testing.ts";
import { verdictOf, type Verdict } from "../testing.ts";
import { broker } from "./broker.ts";
import { ordering } from "./ordering.ts";

/** Orders are placed, and so many reactions note it, in any order or in the order of what they change. */
function orders(facts: { reactions?: number; ordered?: boolean; skills?: "kafka"; pin?: "kafka" } = {}) {
  const { Orders, Order, customer, contexts } = sample();
  const Placed = Orders.event("Placed", { ...(facts.ordered && { order: t.ref(Order) }), note: t.text().max(10) });
  const place = Orders.command("place", { allow: [customer], emits: [Placed], async handle() {} });
  for (let index = 0; index < (facts.reactions ?? 1); index += 1) {
    const note = Orders.command(`note${index}`, {
      allow: "system",
      input: { note: t.text().max(10) },
      ...(facts.ordered ? { writes: [Order], async handle() {} } : {}),
    });
    Orders.on(Placed, note, (event) => ({ note: event.note }));
  }
  return modelOf(contexts, {
    load: [{ on: place, mean: "5/s", peak: "60/s" }],
    ...(facts.skills && { skills: [facts.skills] }),
    ...(facts.pin && { pin: { broker: { choose: facts.pin, because: "it is there" } } }),
  });
}

const decided = (facts: Parameters<typeof orders>[0], answers: Record<string, number> = {}): Verdict =>
  verdictOf(orders(facts), "broker", answers, [broker, ordering]);

test("few events stay in the database", () => {
  expect(decided({}).chosen).toBe("postgres-outbox");
});

test("at 30 % of what its queue can do PostgreSQL is out", () => {
  expect(decided({}, { "orders.place.peak": 3_500 }).chosen).toBe("postgres-outbox");
  const { chosen, options } = decided({}, { "orders.place.peak": 3_520 });
  expect(chosen).toBe("sqs");
  expect(options["postgres-outbox"]?.ruledOutBy).toEqual([
    "the queue shares the database with the requests, and must leave it the greater part",
  ]);
});

test("a queue service is dearer than nodes of one's own from so many messages on", () => {
  const busy = { "orders.place.peak": 20_000 };
  expect(decided({}, { ...busy, "orders.place.mean": 900 }).chosen).toBe("sqs");
  expect(decided({}, { ...busy, "orders.place.mean": 1_050 }).chosen).toBe("nats-jetstream");
});

test("a sixth reaction to one event is too many for the database", () => {
  expect(decided({ reactions: 5 }).chosen).toBe("postgres-outbox");
  expect(decided({ reactions: 6 }).options["postgres-outbox"]?.ruledOutBy).toEqual([
    "each reaction is a row of its own in the same database",
  ]);
});

test("events that a new reader must find rule out what forgets them", () => {
  expect(decided({}, { "replay-days": 7 }).chosen).toBe("postgres-outbox");
  const { chosen, options } = decided({}, { "replay-days": 8 });
  expect(chosen).toBe("nats-jetstream");
  for (const id of ["sqs", "rabbitmq"]) expect(options[id]?.ruledOutBy).toEqual(["a queue forgets what has been received"]);
});

test("queues of the cloud that keep order do no more than 19,000 messages a second", () => {
  const at = (peak: number) => decided({ ordered: true }, { "orders.place.peak": peak }).options["sqs"]?.ruledOutBy;
  expect(at(18_900)).toEqual([]);
  expect(at(19_100)).toEqual(["its queues that keep order do no more"]);
  expect(decided({}, { "orders.place.peak": 19_100 }).options["sqs"]?.ruledOutBy).toEqual([]);
});

test("more than 20 MB a second need Kafka", () => {
  const { chosen, options } = decided({}, { "orders.place.peak": 25_000, "orders.Placed.event-bytes": 1_000 });
  expect(chosen).toBe("sqs");
  expect(options["nats-jetstream"]?.ruledOutBy).toEqual(["so many bytes a second need a log that writes them one after the other"]);
  expect(decided({}, { "orders.place.peak": 25_000, "orders.place.mean": 10_000, "orders.Placed.event-bytes": 1_000 }).chosen).toBe(
    "kafka",
  );
});

test("Kafka takes fewer hours of those who know it", () => {
  expect(decided({ skills: "kafka" }).options["kafka"]?.["hours"]).toBe(6);
  expect(decided({}).options["kafka"]?.["hours"]).toBe(16);
});

test("a broker that somebody has chosen is taken, whatever it costs", () => {
  expect(decided({ pin: "kafka" }).chosen).toBe("kafka");
});

test("a model without events has no broker", () => {
  expect(() => verdictOf(modelOf(sample().contexts), "broker", {}, [broker, ordering])).toThrow("There is no decision broker");
});
