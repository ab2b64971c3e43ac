import { context, t } from "@archwright/model/language";
import { expect, test } from "vitest";
import { modelOf, sample } from "../../lint/testing.ts";
import { undecided } from "../deciding.ts";
import { verdictOf } from "../testing.ts";
import { erasure } from "./erasure.ts";
import { ruleThatDecides } from "./testing.ts";

/** Guests, whom bookings may have to name, whose names may be looked for, and of whom an event may tell. */
function hotel({ named = false, searched = false, told = false } = {}) {
  const Hotel = context("hotel");
  const name = t.text().max(80).pii("contract", "90d");
  const Guest = Hotel.entity(
    "Guest",
    { id: t.id("gst"), name: searched ? name.search() : name, phone: t.phone().pii("consent", "30d") },
    { expect: { rows: 86_400 } },
  );
  if (named) Hotel.entity("Booking", { id: t.id("bkg"), guest: t.ref(Guest), nights: t.int() });
  const Arrived = Hotel.event("Arrived", { name: t.text().max(80).pii("contract", "30d") });
  if (told)
    Hotel.command("arrive", {
      allow: "system",
      input: { guest: t.ref(Guest) },
      body: ({ input, get, emit }) => emit(Arrived, { name: get(Guest, input.guest).name }),
    });
  return modelOf([...sample().contexts, Hotel]);
}

const decide = (model: ReturnType<typeof hotel>, backups: number, broker = "postgres-outbox") =>
  verdictOf(model, "erasure:hotel.Guest", { "backups.kept": backups }, [erasure, ruleThatDecides("broker", broker)]);

test("rows about people are removed while backups are kept for a month", () => {
  const { chosen, options } = decide(hotel(), 30);
  expect(chosen).toBe("delete-rows");
  // What may be kept for thirty days at most goes at 86,400 rows in thirty days.
  expect(options["delete-rows"]?.["due"]).toBeCloseTo(1 / 30);
});

test("backups that are kept for longer leave nothing but to destroy a key", () => {
  const { chosen, options } = decide(hotel(), 31);
  expect(chosen).toBe("crypto-shredding");
  expect(options["delete-rows"]?.ruledOutBy).toEqual(["who is forgotten in Guest lives on in the backups"]);
  expect(options["crypto-shredding"]).toMatchObject({ lasting: 0 });
});

test("rows that others must name are blanked instead of removed", () => {
  const { chosen, options } = decide(hotel({ named: true }), 14);
  expect(chosen).toBe("anonymize");
  expect(options["delete-rows"]?.ruledOutBy).toEqual(["Booking.guest would name a row of Guest that is not there"]);
});

test("what is searched by its words cannot be encrypted for each person", () => {
  expect(decide(hotel({ searched: true }), 31).options["crypto-shredding"]?.ruledOutBy).toEqual([
    "name of Guest could not be searched or sorted any more",
  ]);
});

test("an event that carries a name outlives its row only where the log is kept", () => {
  expect(decide(hotel({ told: true }), 14).chosen).toBe("delete-rows");
  const { chosen, options } = decide(hotel({ told: true }), 14, "kafka");
  expect(chosen).toBe("crypto-shredding");
  expect(options["delete-rows"]?.ruledOutBy).toEqual(["Guest lives on in events of which the log is never rewritten"]);
});

test("an entity without personal data has nothing to decide", () => {
  const open = undecided(modelOf(sample().contexts), [erasure, ruleThatDecides("broker")]);
  expect([...open.byId.keys()]).toEqual(["erasure:identity.User"]);
});
