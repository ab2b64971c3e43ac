import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { shopFiles } from "../design/testing.ts";
import { project, removeProjects } from "../loader/testing.ts";
import { run, type Ended } from "../testing.ts";

afterAll(removeProjects);
// Each test starts a process, and most of them look for tipping points.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let folder = "";
beforeAll(() => (folder = project(shopFiles)));
const design = (...words: readonly string[]): Promise<Ended> => run(["design", ...words], { folder });

describe("without an option", () => {
  test("an architect says the shape, the decisions, the questions, the bill and what breaks first", async () => {
    const { status, stdout, stderr } = await design();
    expect([status, stderr]).toEqual([0, ""]);
    const headings = stdout.split("\n").filter((line) => /^\S/.test(line));
    expect(headings.slice(0, 5).map((line) => line.replace(/\d+/, "n"))).toEqual([
      "stall: the shape",
      "The decisions that matter most, of n",
      "Worth asking, of n open questions",
      "The bill of a month",
      expect.stringMatching(/^(First to break as the load grows|Broken as it stands)$/),
    ]);
    expect(stdout).toContain("the budget of 200 EUR.");
    expect(stdout).toContain("How strong is the busiest day?");
  });

  test("a model without any load gets a short design too", async () => {
    const hello = `import { context, system, t } from "archwright";
const Notes = context("notes");
Notes.entity("Note", { id: t.id("note"), text: t.text().max(500) });
export default system("hello", { contexts: [Notes] });
`;
    const { status, stdout } = await run(["design"], { folder: project({ "system.ts": hello }) });
    expect(status).toBe(0);
    expect(stdout).toContain("hello: the shape");
    expect(stdout.split("\n").length).toBeLessThan(70);
  });
});

describe("with --json", () => {
  test("standard output is one document and nothing else", async () => {
    const { status, stdout, stderr } = await design("--json");
    const { version, system, decisions, facts } = JSON.parse(stdout);
    expect([status, stderr, version, system]).toEqual([0, "", 1, "stall"]);
    expect(decisions.length).toBeGreaterThan(20);
    expect(facts["orders.placeOrder.peak"].ground.at.file).toBe("system.ts");
  });

  test("a broken model is told as check tells it, with its status", async () => {
    const broken = project({ "system.ts": shopFiles["system.ts"].replace("Orders]", "Order]"), "orders.ts": shopFiles["orders.ts"] });
    const [asked, checked] = [await run(["design", "--json"], { folder: broken }), await run(["check", "--json"], { folder: broken })];
    expect([asked.status, JSON.parse(asked.stdout)]).toEqual([checked.status, JSON.parse(checked.stdout)]);
    expect(asked.status).toBe(1);
  });
});

describe("with --what-if", () => {
  test("it is told what another number changes, and what it costs", async () => {
    const { status, stdout } = await design("--what-if", "placeOrder.peak=4000/s");
    expect(status).toBe(0);
    expect(stdout).toMatch(/\[database-size\]\n {4}\S+ → \S+/);
    expect(stdout).toMatch(/\n {2}bill +\S+ EUR → \S+ EUR\n/);
  });

  test("several suppositions hold together", async () => {
    const { stdout } = await design("--json", "--what-if", "broker=kafka", "team=40", "rto=5min", "availability=99.99%");
    const { changes, bill } = JSON.parse(stdout);
    expect(changes.map(({ decision }: { decision: string }) => decision)).toEqual(expect.arrayContaining(["backup", "regions"]));
    expect(bill[1]).toBeGreaterThan(bill[0]);
  });

  test("a choice that is pinned can be supposed otherwise, and what it breaks is told", async () => {
    const { stdout } = await design("--what-if", "zones=one", "availability=99.99%");
    expect(stdout).toMatch(/ {2}Breaks \w[\w-]*: /);
  });

  test("what is so already changes nothing", async () => {
    const { status, stdout } = await design("--what-if", "team=6");
    expect([status, stdout]).toEqual([0, "  Nothing changes.\n"]);
  });

  test("a path may stand behind it", async () => {
    const { status, stdout } = await run(["design", "--what-if", "team=6", folder]);
    expect([status, stdout]).toEqual([0, "  Nothing changes.\n"]);
  });

  test.each([
    ["plceOrder.peak=5/s", /Nothing in this design is called "plceOrder.peak".*Did you mean/s],
    ["placeOrder.peak=lots", /"lots" is no number for peak rate of placeOrder.*orders.placeOrder.peak=500\/s/s],
    ["broker=pigeons", /"pigeons" is no option of broker.*postgres-outbox/s],
    ["team", /"team" supposes nothing/],
  ])("%s is refused in words", async (supposed, words) => {
    const { status, stdout, stderr } = await design("--what-if", supposed);
    expect([status, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(words);
  });
});

describe("with --explore", () => {
  test("the designs are told of which none is better in every respect", async () => {
    const { status, stdout } = await design("--explore");
    expect(status).toBe(0);
    expect(stdout).toMatch(/^[\d,]+ combinations of /);
    expect(stdout).toMatch(/\n {2} *a month +work +adds +availability\n/);
  });

  test("as data there is no point that another beats", async () => {
    const { front } = JSON.parse((await design("--explore", "--json")).stdout) as {
      front: { cost: number; hours: number; latencyMs: number; availability: number }[];
    };
    const beaten = front.filter((one) =>
      front.some(
        (other) =>
          other !== one &&
          other.cost <= one.cost &&
          other.hours <= one.hours &&
          other.latencyMs <= one.latencyMs &&
          other.availability >= one.availability,
      ),
    );
    expect(front.length).toBeGreaterThan(0);
    expect(beaten).toEqual([]);
  });
});

test("options that contradict each other are refused", async () => {
  const { status, stderr } = await design("--explore", "--what-if", "team=6");
  expect(status).toBe(2);
  expect(stderr).toContain("--what-if and --explore do not go together.");
});
