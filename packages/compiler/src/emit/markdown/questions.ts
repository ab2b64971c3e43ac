import type { Model, Quantity } from "@archwright/model";
import { percent, rate } from "../../lint/phrases.ts";
import { durationInWords } from "@archwright/model";
import { heading, prose, table, type Markdown } from "./markdown.ts";

/** A number of the model, with its unit and whose it is. */
export interface Stated {
  readonly of: string;
  readonly quantity: Quantity;
  readonly say: (value: number) => string;
}

/** A fact as it is; an open question as what is assumed meanwhile. */
export function statedInWords({ quantity, say }: Pick<Stated, "quantity" | "say">): Markdown {
  return typeof quantity === "number" ? prose`${say(quantity)}` : prose`${say(quantity.assumed)} (assumed)`;
}

export function questionsSection(model: Model): readonly string[] {
  const rows = statedNumbers(model).flatMap(({ of, quantity, say }) => {
    if (typeof quantity === "number") return [];
    const { ask, assumed, range } = quantity;
    return [[prose`${ask}`, prose`${of}`, prose`${say(assumed)}`, prose`${range ? `${say(range[0])} to ${say(range[1])}` : ""}`]];
  });
  return rows.length === 0 ? [] : [...heading(2, "Open questions"), ...table(["Question", "About", "Assumed", "Range"], rows)];
}

function statedNumbers({ requirements, entities, integrations }: Model): readonly Stated[] {
  const { users, tenants, team, budget, load, growthPerYear } = requirements;
  const optional = (of: string, quantity: Quantity | undefined, say: Stated["say"]): readonly Stated[] =>
    quantity === undefined ? [] : [{ of, quantity, say }];
  return [
    ...optional("users a month", users, String),
    ...optional("tenants", tenants?.count, String),
    ...optional("load of the largest tenant", tenants?.largestShare, percent),
    ...optional("team", team, String),
    ...optional("budget a month", budget?.perMonth, (value) => `${value} ${budget?.currency ?? ""}`),
    ...load.flatMap(({ operation, meanPerSecond, peakPerSecond }) => [
      ...optional(`mean of ${operation}`, meanPerSecond, rate),
      ...optional(`peak of ${operation}`, peakPerSecond, rate),
    ]),
    ...optional("growth of the load in a year", growthPerYear, percent),
    ...entities.flatMap(({ id, expected }) => [
      ...optional(`rows of ${id}`, expected?.rows, String),
      ...optional(`growth of ${id}`, expected?.growthPerSecond, rate),
      ...optional(`most rows of ${id} with one owner`, expected?.most, String),
    ]),
    ...integrations.flatMap(({ calls }) =>
      calls.flatMap(({ id, p50Ms, p99Ms, limitPerSecond }) => [
        ...optional(`p50 of ${id}`, p50Ms, durationInWords),
        ...optional(`p99 of ${id}`, p99Ms, durationInWords),
        ...optional(`limit of ${id}`, limitPerSecond, rate),
      ]),
    ),
  ];
}
