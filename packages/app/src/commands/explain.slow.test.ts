import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { shopFiles } from "../design/testing.ts";
import { project, removeProjects } from "../loader/testing.ts";
import { run, type Ended } from "../testing.ts";

afterAll(removeProjects);
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let folder = "";
beforeAll(() => (folder = project(shopFiles)));
const explain = (...words: readonly string[]): Promise<Ended> => run(["explain", ...words], { folder });

describe("a number", () => {
  test("is traced by its full name to the line that says it", async () => {
    const { status, stdout, stderr } = await explain("orders.placeOrder.peak");
    expect([status, stderr]).toEqual([0, ""]);
    expect(stdout).toBe(
      "peak rate of placeOrder: 60/s (5/s to 4,000/s) [orders.placeOrder.peak]\n  the model asks: How strong is the busiest day?, system.ts:4\n",
    );
  });

  test("is traced by the end of its name", async () => {
    expect((await explain("placeOrder.mean")).stdout).toBe(
      "mean rate of placeOrder: 2/s [orders.placeOrder.mean]\n  the model says it, system.ts:4\n",
    );
  });

  test("that others make up is followed down to what is given", async () => {
    const { stdout } = await explain("data.bytes");
    expect(stdout).toMatch(/^data at the end of the horizon: .* \[data\.bytes\]\n {2}= bytes of Buyer at the end/);
    expect(stdout).toContain("the model asks: How many buyers are there?, orders.ts:3");
    expect(stdout).toContain("sourced: PostgreSQL documentation, database page layout");
  });

  test("whose name may mean several is refused with some of them", async () => {
    const { status, stderr } = await explain("mean");
    expect(status).toBe(2);
    expect(stderr).toMatch(/"mean" may mean \d+ numbers\..*orders\.placeOrder\.mean/s);
  });

  test("is one document with --json", async () => {
    const { id, fact } = JSON.parse((await explain("team", "--json")).stdout);
    expect([id, fact.value, fact.ground]).toEqual([
      "team",
      6,
      { kind: "stated", at: { file: "system.ts", line: 4, column: expect.any(Number) } },
    ]);
  });
});

describe("a decision", () => {
  test("shows its options, what rules them out, and where it tips", async () => {
    const { status, stdout } = await explain("database-size");
    expect(status).toBe(0);
    expect(stdout).toMatch(/^How large is the database\? \[database-size\]\n/);
    expect(stdout).toMatch(/\n {2}▶ .* \[\w+\]\n {4}cost /);
    expect(stdout).toContain("\n  Tipping points\n");
    expect(stdout).toContain("\n  Source: ");
  });

  test("that is pinned says by what reason, and what it would be", async () => {
    expect((await explain("broker")).stdout).toMatch(/Pinned: nobody is on call for a broker\. Without the pin: [\w-]+\./);
  });

  test("about many items is told of each", async () => {
    const { decisions } = JSON.parse((await explain("partitioning", "--json")).stdout);
    expect(decisions.map(({ id }: { id: string }) => id)).toEqual(["partitioning:orders.Buyer", "partitioning:orders.Order"]);
  });
});

test("what nothing is called is refused with the nearest, or with some that are", async () => {
  const [near, far] = [await explain("brokr"), await explain("xyzzy-plugh")];
  expect([near.status, far.status]).toEqual([2, 2]);
  expect(near.stderr).toContain("Did you mean broker?");
  expect(far.stderr).toMatch(/Name a decision, such as placement, /);
});

test("a broken model is told as check tells it, with its status", async () => {
  const broken = project({ "system.ts": "export default 3;\n" });
  const [asked, checked] = [await run(["explain", "team"], { folder: broken }), await run(["check"], { folder: broken })];
  expect([asked.status, asked.stderr]).toEqual([checked.status, checked.stdout]);
});
