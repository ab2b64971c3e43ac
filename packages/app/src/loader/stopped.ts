import { readFileSync } from "node:fs";
import { basename } from "node:path";
import type { Origin } from "@archwright/model";
import { defaultExportPlace } from "./place.ts";
import type { Problem } from "./problem.ts";

interface Stopped {
  readonly entry: string;
  readonly timeMs: number;
  readonly memoryMb: number;
}

const why = "A model file only says what there is, so it loads in milliseconds; every command runs it first.";

export function outOfTime({ entry, timeMs }: Stopped, place: Origin | undefined): Problem {
  return {
    code: "load/never-ends",
    message: `${basename(entry)} was still running after ${timeMs / 1000} s.`,
    why,
    fix: place ? "End the loop that runs at this line." : "End what the file loops over or waits for.",
    at: [place ?? beginningOf(entry)],
  };
}

export function outOfMemory({ entry, memoryMb }: Stopped, place: Origin | undefined): Problem {
  return {
    code: "load/out-of-memory",
    message: `${basename(entry)} needs more than ${memoryMb} MB of memory to load.`,
    why,
    fix: place ? "End what grows at this line." : "Look for a loop that adds to a list and never ends.",
    at: [place ?? beginningOf(entry)],
  };
}

/** @param waiting the place of the `await` */
export function neverAnswered(entry: string, waiting: Origin | undefined): Problem {
  return {
    code: "load/waits-forever",
    message: `${basename(waiting?.file ?? entry)} waits for something that never comes.`,
    why: "While a model loads there is no timer, file or network that could answer.",
    fix: "Write the value itself, and leave waiting to handlers.",
    at: [waiting ?? beginningOf(entry)],
  };
}

/** Where to look when nobody knows the line. */
export function beginningOf(file: string): Origin {
  return defaultExportPlace(file, readFileSync(file, "utf8"));
}
