import { context, role, t } from "@archwright/model/language";
import { expect, test } from "vitest";
import { modelOf } from "../../lint/testing.ts";
import { verdictOf } from "../testing.ts";

interface Setting {
  readonly largest?: "5%" | "60%";
  readonly database?: "postgres-1" | "postgres-sharded";
}

/** Agencies with members, who write notes; words are looked up in a dictionary that belongs to nobody. */
function agencies({ largest = "5%", database = "postgres-sharded" }: Setting = {}) {
  const Work = context("work");
  const Agency = Work.entity("Agency", { id: t.id("agc") }, { expect: { rows: 50 } });
  const Member = Work.entity("Member", { id: t.id("mbr"), agency: t.ref(Agency) }, { tenant: "agency", expect: { rows: 1_000 } });
  const member = role("member", Member);
  const Note = Work.entity(
    "Note",
    { id: t.id("not"), agency: t.ref(Agency), author: t.ref(Member), words: t.text() },
    { tenant: "agency", expect: { rows: 50_000, most: 5_000 } },
  );
  const Word = Work.entity("Word", { id: t.id("wrd"), meaning: t.text() }, { expect: { rows: 900 } });
  const list = Work.query("list", { allow: [member], returns: t.page(Note), body: ({ page }) => page(Note) });
  const show = Work.query("show", {
    allow: [member],
    input: { note: t.ref(Note) },
    returns: Note,
    body: ({ input, get }) => get(Note, input.note),
  });
  const explain = Work.query("explain", {
    allow: [member],
    input: { word: t.ref(Word) },
    returns: Word,
    body: ({ input, get }) => get(Word, input.word),
  });
  return modelOf([Work], {
    tenants: { count: 50, largest },
    load: [list, show, explain].map((on) => ({ on, mean: "1/s", peak: "10/s" })),
    pin: { database: { choose: database, because: "the test is about the key" } },
  });
}

test("one primary needs no key", () => {
  expect(verdictOf(agencies({ database: "postgres-1" }), "shard-key").chosen).toBe("none");
});

test("rows are split by what leaves the fewest operations to several shards", () => {
  const { chosen, options } = verdictOf(agencies(), "shard-key");
  expect(chosen).toBe("tenant");
  expect(options["tenant"]).toMatchObject({ crossing: 1, "crossing-rate": 10 });
  expect(options["id-hash"]).toMatchObject({ crossing: 1, "crossing-rate": 10 });
  expect(options["none"]?.ruledOutBy).toEqual(["the data are split over several primaries"]);
});

test("where what belongs to nobody is asked for more than pages are, rows are split by their ids", () => {
  expect(verdictOf(agencies(), "shard-key", { "work.explain.peak": 10.1 }).chosen).toBe("id-hash");
});

test("a tenant that is larger than a shard rules out its key", () => {
  const { chosen, options } = verdictOf(agencies({ largest: "60%" }), "shard-key");
  expect(options["tenant"]).toMatchObject({ fullest: 1.2, ruledOutBy: ["the largest Agency alone would be too much for its shard"] });
  expect(chosen).toBe("owner");
});

test("rows that belong to nobody have no key to choose", () => {
  const Board = context("board");
  Board.entity("Notice", { id: t.id("ntc"), words: t.text() });
  expect(() => verdictOf(modelOf([Board]), "shard-key")).toThrow("There is no decision shard-key");
});
