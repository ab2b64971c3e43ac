import { context, integration, t } from "@archwright/model/language";
import { expect, test } from "vitest";
import { modelOf } from "../../lint/testing.ts";
import { verdictOf } from "../testing.ts";

const Bank = () =>
  integration("bank", {
    calls: { chargeCard: { p50: "50ms", p99: "150ms" }, getRates: { p50: "50ms", p99: "150ms" } },
    onFailure: { timeout: "1s", retries: 0, then: "fail" },
  });

/** A booking that writes its own rows, takes a seat of another context by a call, and asks a third party to charge a card. */
function booking({
  owners = ["", ""],
  charges = false,
  moreSteps = 0,
}: {
  owners?: [string, string];
  charges?: boolean;
  moreSteps?: number;
}) {
  const bank = Bank();
  const Seats = context("seats", { owner: owners[0] });
  const Seat = Seats.entity("Seat", { id: t.id("sea") });
  const SeatTaken = Seats.event("SeatTaken", { note: t.text().max(10) });
  const take = Seats.command("take", { allow: "system", writes: [Seat], emits: [SeatTaken], async handle() {} });
  for (let place = 0; place < moreSteps; place += 1)
    Seats.on(
      SeatTaken,
      Seats.command(`print${place}`, { allow: "system", writes: [Seat], input: { note: t.text().max(10) }, async handle() {} }),
    );
  const Booking = context("booking", { owner: owners[1] });
  const Trip = Booking.entity("Trip", { id: t.id("trp") });
  const facts = { allow: "anyone", writes: [Trip], async handle() {} } as const;
  if (charges) Booking.command("book", { ...facts, calls: [take, bank.chargeCard] });
  else Booking.command("book", { ...facts, calls: [take, bank.getRates] });
  return modelOf([Seats, Booking], { team: 20 });
}

test("what one process writes into one database is one transaction", () => {
  const model = booking({});
  const { chosen, options } = verdictOf(model, "saga:booking.book", { team: 6 });
  expect(chosen).toBe("one-transaction");
  expect(options["one-transaction"]).toMatchObject({ hours: 0, steps: 2, compensations: 0 });
  expect(options["choreography"]).toMatchObject({ hours: 2, steps: 2, compensations: 1 });
});

test("contexts in different processes cannot be one transaction", () => {
  const { chosen, options } = verdictOf(booking({ owners: ["rail", "sales"] }), "saga:booking.book");
  expect(chosen).toBe("choreography");
  expect(options["one-transaction"]?.ruledOutBy).toEqual(["booking and seats run in different processes"]);
});

test("a third party cannot be part of a transaction", () => {
  const { options } = verdictOf(booking({ charges: true }), "saga:booking.book", { team: 6 });
  expect(options["one-transaction"]?.ruledOutBy).toEqual(["no transaction of ours reaches a third party"]);
});

test("three steps follow each other by events, four are led", () => {
  const three = verdictOf(booking({ charges: true }), "saga:booking.book");
  expect(three.options["choreography"]).toMatchObject({ steps: 3, hours: 3, ruledOutBy: [] });
  expect(three.chosen).toBe("choreography");
  const four = verdictOf(booking({ charges: true, moreSteps: 1 }), "saga:booking.book");
  expect(four.chosen).toBe("orchestration");
  expect(four.options["choreography"]).toMatchObject({
    steps: 4,
    ruledOutBy: ["nobody sees any more from the events what happens after what"],
  });
  expect(four.options["orchestration"]?.["hours"]).toBeCloseTo(3 + 4 * 0.3, 12);
});

test("a step of another's saga has none of its own, nor has a command that only reads elsewhere", () => {
  const model = booking({ charges: true, moreSteps: 1 });
  expect(() => verdictOf(model, "saga:seats.take")).toThrow("There is no decision saga:seats.take");
  const Only = context("only");
  const Trip = Only.entity("Trip", { id: t.id("trp") });
  Only.command("plan", { allow: "anyone", writes: [Trip], calls: [Bank().getRates], async handle() {} });
  expect(() => verdictOf(modelOf([Only]), "saga:only.plan")).toThrow("There is no decision saga");
});
