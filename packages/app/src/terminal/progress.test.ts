import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { startProgress, type ProgressStream } from "./progress.ts";

function written(isTTY: boolean): ProgressStream & { text: string } {
  const stream = { text: "", isTTY, columns: 30, write: (text: string) => void (stream.text += text) };
  return stream;
}

/** What a terminal shows in the end: each line as it was last written. */
const shown = (text: string): string[] => text.split("\n").map((line) => line.split("\r\u001B[2K").at(-1) ?? "");

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

describe("on a terminal", () => {
  test("a step is one line that ends with a mark", () => {
    const stream = written(true);
    const progress = startProgress({ stream, color: false });
    progress.step("Loading the model");
    progress.step("Starting PostgreSQL");
    progress.done();
    expect(shown(stream.text)).toEqual(["✓ Loading the model", "✓ Starting PostgreSQL", ""]);
  });

  test("a step that fails says so", () => {
    const stream = written(true);
    const progress = startProgress({ stream, color: false });
    progress.step("Loading the model");
    progress.failed();
    expect(shown(stream.text)).toEqual(["✗ Loading the model", ""]);
  });

  test("the spinner turns while a step lasts, and stops with it", () => {
    const stream = written(true);
    const progress = startProgress({ stream, color: false });
    progress.step("Loading");
    const before = stream.text;
    vi.advanceTimersByTime(200);
    expect(shown(stream.text)[0]).toBe("⠹ Loading");
    expect(stream.text).not.toBe(before);
    progress.done();
    const after = stream.text;
    vi.advanceTimersByTime(1000);
    expect(stream.text).toBe(after);
  });

  test("a bar shows how far it is, within the width", () => {
    const stream = written(true);
    const progress = startProgress({ stream, color: false });
    progress.step("Seeding rows");
    progress.update(5, 10);
    expect(shown(stream.text)[0]).toBe("⠋ ██████████░░░░░░░░░░ 5/10 …");
    progress.done();
  });
});

test("elsewhere a step is one plain line", () => {
  const stream = written(false);
  const progress = startProgress({ stream });
  progress.step("Loading the model");
  progress.update(1, 2);
  progress.step("Starting PostgreSQL");
  progress.done();
  expect(stream.text).toBe("Loading the model\nStarting PostgreSQL\n");
});

test("a silent progress writes nothing", () => {
  const stream = written(true);
  const progress = startProgress({ stream, silent: true });
  progress.step("Loading the model");
  progress.update(1, 2);
  progress.done();
  expect(stream.text).toBe("");
});
