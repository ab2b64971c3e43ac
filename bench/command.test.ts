import { expect, test } from "vitest";
import { runBench } from "./command.ts";

async function answer(...words: readonly string[]): Promise<{ status: number; out: string; error: string }> {
  const said = { out: "", error: "" };
  const status = await runBench(words, {
    stdout: { write: (text) => (said.out += text) },
    stderr: { write: (text) => (said.error += text) },
  });
  return { status, ...said };
}

test("a wrong call is told what would be right, before anything is measured", async () => {
  expect(await answer("--only", "speed")).toEqual({
    status: 2,
    out: "",
    error: "Nothing is called speed here.\n  fix: Say --only check or --only design or --only start.\n",
  });
  expect((await answer("--runs", "none")).error).toBe("--runs is none, which is no number of runs.\n  fix: Give a whole number from 1.\n");
  expect(await answer("--fast")).toMatchObject({ status: 2, out: "" });
});

test("help is not an error", async () => {
  const { status, out, error } = await answer("--help");
  expect([status, error]).toEqual([0, ""]);
  expect(out).toContain("--gate");
});
