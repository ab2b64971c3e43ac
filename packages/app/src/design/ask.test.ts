import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test, vi } from "vitest";
import { compileOrThrow } from "../compile.ts";
import { project, removeProjects } from "../loader/testing.ts";
import { paintFor } from "../terminal/paint.ts";
import { captured } from "../testing.ts";
import { askQuestions, type Asker } from "./ask.ts";
import { shopFiles } from "./testing.ts";

afterAll(removeProjects);
// Each question reads the model anew, in a process of its own.
vi.setConfig({ testTimeout: 120_000 });

interface Counting extends Asker {
  times: number;
}

/** Answers each question with what is listed for it, one after the other, and leaves the others open. Questions alone are not indented. */
function answering(said: () => string, answers: Readonly<Record<string, readonly string[]>>): Counting {
  const left = new Map(Object.entries(answers).map(([question, all]) => [question, [...all]]));
  const asker: Counting = {
    times: 0,
    ask: () => {
      asker.times += 1;
      const question = said()
        .split("\n")
        .findLast((line) => /^\S/.test(line));
      return Promise.resolve(left.get(question ?? "")?.shift() ?? "");
    },
    close: () => undefined,
  };
  return asker;
}

interface Asked {
  readonly folder: string;
  readonly said: string;
  readonly system: string;
  readonly orders: string;
  readonly times: number;
}

async function asking(
  answers: Readonly<Record<string, readonly string[]>>,
  files: Readonly<Record<string, string>> = shopFiles,
): Promise<Asked> {
  const folder = project(files);
  const surroundings = captured({ folder });
  const asker = answering(() => surroundings.said.stdout, answers);
  await askQuestions(folder, asker, surroundings, { width: 100, paint: paintFor(false) });
  const read = (name: string): string => readFileSync(join(folder, name), "utf8");
  return { folder, said: surroundings.said.stdout, system: read("system.ts"), orders: read("orders.ts"), times: asker.times };
}

const busiest = "How strong is the busiest day?";

describe("an answer", () => {
  test("to what the model asks takes the place of the question, tells what it changes, and the model loads", async () => {
    const { system, orders, said, folder } = await asking({ [busiest]: ["2500/s"] });
    expect(system).toBe(shopFiles["system.ts"].replace(/unknown\("How strong.*\]\)/, '"2500/s"'));
    expect(orders).toBe(shopFiles["orders.ts"]);
    expect(said).toContain('Written into system.ts: "2500/s"');
    expect(said).toMatch(/bill +\S+ EUR → \S+ EUR/);
    const { model } = await compileOrThrow(folder, captured({ folder }));
    expect(model.requirements.load[0]?.peakPerSecond).toBe(2500);
  });

  test("to a question of another file is written there", async () => {
    const { system, orders, said } = await asking({ "How many buyers are there?": ["20000000"] });
    expect(said).toContain("Written into orders.ts: 20000000");
    expect(orders).toBe(shopFiles["orders.ts"].replace(/unknown\("How many buyers.*\]\)/, "20000000"));
    expect(system).toBe(shopFiles["system.ts"]);
  });

  test("that cannot be taken is refused in words, and asked for again", async () => {
    const { system, said } = await asking({ [busiest]: ["a lot", "300/s"] });
    expect(said).toContain('"a lot" is no number for peak rate of placeOrder.');
    expect(system).toContain('peak: "300/s"');
  });

  test("to what the model is silent about becomes one more line of the system, where there is a word for it", async () => {
    const { system, said, folder } = await asking({ "How much of the latest work may be lost in a disaster?": ["15min"] });
    expect(said).toContain('Written into system.ts: rpo: "15m"');
    expect(system).toContain('}, // see the minutes of May\n  rpo: "15m",\n});\n');
    expect((await compileOrThrow(folder, captured({ folder }))).model.requirements.rpoMs).toBe(900_000);
  });
});

test("empty answers leave every question open and the files as they are", async () => {
  const { system, orders, said, times } = await asking({});
  expect([system, orders]).toEqual([shopFiles["system.ts"], shopFiles["orders.ts"]]);
  expect(times).toBeGreaterThan(3);
  expect(said).toContain("That is all that is worth asking.");
});

test("the end of input ends the asking", async () => {
  const folder = project(shopFiles);
  const surroundings = captured({ folder });
  let asked = 0;
  const silent: Asker = {
    ask: () => {
      asked += 1;
      return Promise.resolve(undefined);
    },
    close: () => undefined,
  };
  await askQuestions(folder, silent, surroundings, { width: 100, paint: paintFor(false) });
  expect(asked).toBe(1);
});
