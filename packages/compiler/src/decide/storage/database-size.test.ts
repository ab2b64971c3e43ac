import { context, role, t } from "@archwright/model/language";
import { expect, test } from "vitest";
import { modelOf, sample } from "../../lint/testing.ts";
import { verdictOf } from "../testing.ts";

type Hosting = "containers" | "paas" | "single-machine";

/** Unique marks, which keeps them in PostgreSQL, that are added, at 0.37 ms of work each, and looked at; headroom without growth is 1.25. */
function marks(hosting: Hosting = "containers", availability: "99%" | "99.95%" = "99%") {
  const { User } = sample();
  const Marks = context("marks");
  const pupil = role("pupil", User);
  const Mark = Marks.entity("Mark", { id: t.id("mrk"), points: t.int().unique() }, { expect: { rows: 1_000, growth: "1/day" } });
  const add = Marks.command("add", {
    allow: [pupil],
    input: { points: t.int() },
    body: ({ input, create }) => void create(Mark, { points: input.points }),
  });
  const show = Marks.query("show", {
    allow: [pupil],
    input: { mark: t.ref(Mark) },
    returns: Mark,
    body: ({ input, get }) => get(Mark, input.mark),
  });
  return modelOf([Marks], {
    growth: "0%",
    availability,
    load: [add, show].map((on) => ({ on, mean: "0/s" as const, peak: "1/s" as const })),
    pin: { hosting: { choose: hosting, because: "the test is about the database" } },
  });
}

const at = (perSecond: number): number => (perSecond * 0.37) / 1_000;

test("a little load and few rows fit the smallest database", () => {
  expect(verdictOf(marks(), "database-size").chosen).toBe("micro");
});

test("70 % of the processors, with headroom, is the most that a size may be asked for", () => {
  const fits = 3_000;
  expect(at(fits) * 1.25).toBeLessThan(1.4);
  expect(verdictOf(marks(), "database-size", { "marks.add.peak": fits }).chosen).toBe("micro");
  const { chosen, options } = verdictOf(marks(), "database-size", { "marks.add.peak": 3_040 });
  expect(chosen).toBe("xlarge");
  expect(options["large"]?.ruledOutBy).toEqual(["queues for a processor grow faster than the load beyond that use"]);
});

test("shared processors may not be busy all the time", () => {
  const answers = { "marks.add.peak": 1_500 };
  expect(verdictOf(marks(), "database-size", { ...answers, "marks.add.mean": 500 }).chosen).toBe("micro");
  expect(verdictOf(marks(), "database-size", { ...answers, "marks.add.mean": 1_000 }).chosen).toBe("small");
  const { chosen, options } = verdictOf(marks(), "database-size", { ...answers, "marks.add.mean": 1_200 });
  expect(chosen).toBe("large");
  expect(options["medium"]?.ruledOutBy).toEqual(["shared processors are throttled when they are busy all the time"]);
});

test("reads that miss the memory need the memory, or a disk that is fast enough", () => {
  const answers = { "marks.Mark.bytes": 200e9, "marks.Mark.hot-bytes": 40e9, "marks.show.peak": 2_100 };
  const { chosen, options } = verdictOf(marks(), "database-size", answers);
  expect(chosen).toBe("medium");
  expect(options["small"]?.ruledOutBy).toEqual(["what does not fit into its memory comes from a disk that is not that fast"]);
  // 40 GB are read again and again, of which 1.5 are at hand, and each read of the disk brings two rows of 2,101.
  expect(options["small"]?.["disk-reads"]).toBeCloseTo((2_101 / 2) * (1 - 1.5 / 40), 9);
  expect(options["2xlarge"]).toMatchObject({ "disk-reads": 0, latency: 0 });
});

test("a terabyte needs memory for the upper pages of its indexes even while nobody reads", () => {
  expect(verdictOf(marks(), "database-size", { "marks.Mark.bytes": 0.9e12 }).chosen).toBe("small");
  expect(verdictOf(marks(), "database-size", { "marks.Mark.bytes": 1.1e12 }).chosen).toBe("medium");
});

test("the bill has every instance: shards, replicas and the standby of a second zone", () => {
  const alone = verdictOf(marks(), "database-size").options["micro"];
  const doubled = verdictOf(marks("containers", "99.95%"), "database-size").options["micro"];
  expect(alone).toMatchObject({ instances: 1 });
  expect(doubled).toMatchObject({ instances: 2, cost: 2 * Number(alone?.["cost"]) });
  const split = verdictOf(marks(), "database-size", { "marks.add.peak": 60_000 }).options["4xlarge"];
  expect(split).toMatchObject({ instances: 3 });
});

test("a platform sells the same dearer than the cloud's own list, and a machine of one's own cheaper", () => {
  const costAt = (hosting: Hosting): unknown => verdictOf(marks(hosting), "database-size").options["large"]?.["instance-cost"];
  expect(costAt("containers")).toBeCloseTo(0.225 * 730.5, 6);
  expect(costAt("paas")).toBeCloseTo((0.225 * 19) / 0.016, 6);
  expect(costAt("single-machine")).toBeCloseTo(30, 6);
});

test("a model that keeps nothing has no database to size", () => {
  const Mirror = context("mirror");
  Mirror.query("show", {
    returns: { word: t.text() },
    async handle() {
      return { word: "" };
    },
  });
  expect(() => verdictOf(modelOf([Mirror]), "database-size")).toThrow("There is no decision database-size");
});
