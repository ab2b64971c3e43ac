import type { Model } from "@archwright/model";
import { constant, type Input } from "../formulas/formula.ts";
import { assumed } from "../quantities/given.ts";

export const farUsersMax = constant(
  "far-users-max",
  "share of users who may be farther away than 100 ms",
  0.2,
  "share",
  "sourced",
  "catalogue of decisions, 42",
);

export function farUsers({ name, requirements: { region } }: Model): Input {
  return assumed({
    id: "far-users",
    words: `share of the users of ${name} who are on another continent than the server`,
    unit: "share",
    value: 0.1,
    range: [0, 0.6],
    ask: `How many of your users are outside ${region === undefined ? "the continent of the server" : (places[region] ?? region)}?`,
    because: "the model says where the server is, and not where the users are",
  });
}

const places: Readonly<Record<string, string | undefined>> = { eu: "Europe", us: "North America", apac: "Asia and the Pacific" };
