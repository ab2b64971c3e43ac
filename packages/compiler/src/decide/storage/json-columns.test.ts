import { context, t } from "@archwright/model/language";
import { expect, test } from "vitest";
import { modelOf, sample } from "../../lint/testing.ts";
import { undecided } from "../deciding.ts";
import { verdictOf } from "../testing.ts";
import { jsonColumns } from "./json-columns.ts";

function places({ searched = false, unique = false } = {}) {
  const Venues = context("venues");
  const code = unique ? t.text().max(30).unique() : t.text().max(30);
  const address = t.json({ code, city: t.text().max(60), floor: t.int() });
  const Place = Venues.entity("Place", { id: t.id("plc"), address: searched ? address.index() : address }, { expect: { rows: 500 } });
  Venues.command("move", {
    allow: "system",
    input: { place: t.ref(Place), address: t.json({ code: t.text().max(30), city: t.text().max(60), floor: t.int() }) },
    body: ({ input, update }) => void update(Place, input.place, { address: input.address }),
  });
  return modelOf([Venues]);
}

const decide = (model: ReturnType<typeof places>, answers: Readonly<Record<string, number>> = {}) =>
  verdictOf(model, "json-columns:venues.Place.address", answers, [jsonColumns]);

const rows = (count: number) => ({
  "venues.Place.rows.horizon": count,
  "venues.Place.address.json-bytes": 160,
  "venues.Place.address.column-bytes": 80,
});

test("a record that nobody looks into stays JSON", () => {
  const { chosen, options } = decide(places(), rows(100_000));
  expect(chosen).toBe("jsonb");
  expect(options["jsonb"]?.["bytes"]).toBe(100_000 * 160);
  expect(options["columns"]?.["bytes"]).toBe(100_000 * 80);
  expect(options["columns"]?.["hours"]).toBeCloseTo(0.15);
});

test("the names in JSON are worth columns once there are a hundred million rows and more", () => {
  expect(decide(places(), rows(100e6)).chosen).toBe("jsonb");
  expect(decide(places(), rows(200e6)).chosen).toBe("columns");
});

test("a thousand rows are read to find one by what is inside, more need an index", () => {
  const model = places({ searched: true });
  expect(decide(model, rows(1_000)).chosen).toBe("jsonb");
  const { chosen, options } = decide(model, rows(1_001));
  expect(chosen).toBe("jsonb-gin");
  expect(options["jsonb"]?.ruledOutBy).toEqual(["every row of Place is read to find some by address"]);
});

test("an index of what is inside gives way to columns where a record changes hundreds of times a second", () => {
  const model = places({ searched: true });
  const changes = (peak: number) => ({ ...rows(1_000_000), "venues.move.peak.all": peak, "load.mean": 1, "load.peak": 1 });
  expect(decide(model, changes(200)).chosen).toBe("jsonb-gin");
  expect(decide(model, changes(300)).chosen).toBe("columns");
});

test("a value that must be unique gets a column", () => {
  const { chosen, options } = decide(places({ unique: true }));
  expect(chosen).toBe("columns");
  expect(options["jsonb"]?.ruledOutBy).toEqual(["the database keeps no value inside JSON unique, and checks no reference there"]);
});

test("an entity without records has nothing to decide", () => {
  expect([...undecided(modelOf(sample().contexts), [jsonColumns]).byId.keys()]).toEqual([]);
});
