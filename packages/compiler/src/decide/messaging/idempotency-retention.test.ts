import { expect, test } from "vitest";
import { modelOf, sample } from "../../lint/testing.ts";
import { verdictOf, type Verdict } from "../testing.ts";
import { idempotencyRetention } from "./idempotency-retention.ts";

type Client = "web" | "partner" | "mobile-offline";

function orders(...clients: readonly Client[]) {
  const { Orders, customer, contexts } = sample();
  const place = Orders.command("place", { allow: [customer], idempotent: "required", async handle() {} });
  return modelOf(contexts, { clients, load: [{ on: place, mean: "10/s", peak: "60/s" }] });
}

const decided = (clients: readonly Client[], answers: Record<string, number> = {}): Verdict =>
  verdictOf(orders(...clients), "idempotency-retention", answers, [idempotencyRetention]);

test("people and browsers try again within a day", () => {
  expect(decided(["web"]).chosen).toBe("24h");
});

test("other systems try again for more than three days", () => {
  const { chosen, options } = decided(["web", "partner"]);
  expect(chosen).toBe("7d");
  expect(options["72h"]?.ruledOutBy).toEqual(["a repetition that comes later than that would be taken for something new"]);
});

test("whoever works without a network comes back when there is one", () => {
  expect(decided(["mobile-offline"]).chosen).toBe("7d");
  expect(decided(["mobile-offline"], { "offline-days": 8 }).chosen).toBe("14d");
  expect(decided(["mobile-offline"], { "offline-days": 15 }).chosen).toBe("30d");
});

test("an answer takes 600 bytes, for each command and each day", () => {
  const { options } = decided(["web"]);
  expect(options["7d"]?.["bytes"]).toBe(10 * 86_400 * 7 * 600);
  expect(options["7d"]?.["cost"]).toBeCloseTo(3.6288 * 0.115, 6);
});

test("commands without keys leave nothing to remember", () => {
  expect(() => verdictOf(modelOf(sample().contexts), "idempotency-retention", {}, [idempotencyRetention])).toThrow("There is no decision");
});
