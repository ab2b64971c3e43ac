import type { Model, Origin } from "@archwright/model";
import type { Problem } from "./problem.ts";

/** The first thing on which two loads of the same files do not agree. */
export function differenceProblem(first: Model, second: Model, otherwise: Origin): Problem {
  const { origins: _, ...content } = first;
  const { origins: __, ...secondContent } = second;
  const difference = firstDifference(content, secondContent, []);
  const path = difference?.path ?? [];
  const values = difference ? `: ${shown(difference.first)} the first time, ${shown(difference.second)} the second` : "";
  return {
    code: "load/not-repeatable",
    message: `Two loads of the same files make two models. They differ in ${path.join(" › ")}${values}.`,
    why: "Contracts, migrations and reviews are tied to the hash of the model, so the same files must always make the same one.",
    fix: "Write the value itself instead of something that changes from run to run.",
    at: [originFor(path, first) ?? otherwise],
  };
}

interface Difference {
  /** From the list of the model to the value, items by their ids. */
  readonly path: readonly string[];
  readonly first: unknown;
  readonly second: unknown;
}

function firstDifference(first: unknown, second: unknown, path: readonly string[]): Difference | undefined {
  if (Object.is(first, second)) return undefined;
  if (!isObject(first) || !isObject(second) || Array.isArray(first) !== Array.isArray(second)) return { path, first, second };
  const [left, right] = [keyed(first), keyed(second)];
  for (const key of new Set([...left.keys(), ...right.keys()])) {
    const difference = firstDifference(left.get(key), right.get(key), [...path, key]);
    if (difference) return difference;
  }
  return undefined;
}

/** The members of a list by what they are called, so that an added one does not make all that follow look different. */
function keyed(value: object): Map<string, unknown> {
  if (!Array.isArray(value)) return new Map(Object.entries(value));
  const names = value.map((member: unknown) => nameOf(member));
  const unique = new Set(names).size === names.length && !names.includes(undefined);
  return new Map(value.map((member: unknown, index) => [unique ? (names[index] ?? "") : String(index), member]));
}

function nameOf(member: unknown): string | undefined {
  if (!isObject(member)) return undefined;
  const name = "id" in member ? member.id : "name" in member ? member.name : undefined;
  return typeof name === "string" ? name : undefined;
}

/** Where the innermost item on the path was written. */
function originFor(path: readonly string[], model: Model): Origin | undefined {
  const candidates = path.flatMap((_, start) =>
    path.map((__, end) =>
      path
        .slice(start, end + 1)
        .filter((key) => !(key in model))
        .join("."),
    ),
  );
  const known = candidates.filter((candidate) => candidate in model.origins).sort((left, right) => right.length - left.length);
  return known[0] === undefined ? undefined : model.origins[known[0]];
}

function shown(value: unknown): string {
  if (value === undefined) return "nothing";
  const text = JSON.stringify(value);
  return text.length <= 60 ? text : `${text.slice(0, 59)}…`;
}

const isObject = (value: unknown): value is object => typeof value === "object" && value !== null;
