import { parameter, render, type Sql } from "@archwright/model";
import type { Statement } from "../database/batch.ts";

/** A parameter whose value is only known when the statement is sent. */
export function later<Given>(value: (given: Given) => unknown): Sql {
  return parameter(value);
}

/** A statement whose text is made once: each use only works out its parameters. */
export type Planned<Given> = (given: Given) => Statement;

/** @param statement Every parameter of it was made by `later`. */
export function plan<Given>(statement: Sql): Planned<Given> {
  const { text, values } = render(statement);
  const parameters = values as readonly ((given: Given) => unknown)[]; // What `later` takes.
  return (given) => ({ text, values: parameters.map((value) => value(given)) });
}

/**
 * The statements of one kind, each planned when it is first needed. What they differ in, their key, comes from the model alone; a limit is
 * there for the many ways in which a caller may combine filters.
 */
export class Plans<Given> {
  readonly #byKey = new Map<string, Planned<Given>>();

  of(key: string, statement: () => Sql): Planned<Given> {
    const known = this.#byKey.get(key);
    if (known) return known;
    if (this.#byKey.size >= plansMax) this.#byKey.clear();
    const planned = plan<Given>(statement());
    this.#byKey.set(key, planned);
    return planned;
  }
}

const plansMax = 1_000;
