import type { Model, Role } from "@archwright/model";
import { difference, greatest, named, sum, zero, type Formula, type Input } from "../../formulas/formula.ts";
import { givenOr } from "../../quantities/given.ts";
import type { Brief } from "../rule.ts";

export const usersOf = ({ model }: Pick<Brief, "model">): Input =>
  givenOr(model.requirements.users, model.name, {
    id: "users",
    words: "people who use it in a month",
    unit: "people",
    value: 5_000,
    range: [50, 1_000_000],
    ask: "How many people will use it in a month?",
    because: "no users are stated",
  });

/** Roles of what has an account and is nobody: a meter, a pump, a till. Where devices speak to it, what has neither an address nor a number. */
export const machineRoles = (model: Model): readonly Role[] =>
  model.requirements.clients.includes("device") ? model.roles.filter(({ actor }) => actor !== undefined && !isReachable(model, actor)) : [];

const isReachable = ({ entities }: Model, actor: string): boolean =>
  entities.some(({ id, fields }) => id === actor && fields.some(({ kind }) => kind === "email" || kind === "phone"));

/** Of all users those who are people. */
export function peopleOf(brief: Brief): Formula {
  const users = usersOf(brief);
  const machines = machineRoles(brief.model).flatMap(({ actor }) => (actor === undefined ? [] : [brief.quantities.volume.rowsOf(actor)]));
  if (machines.length === 0) return users;
  return named("users.people", "people among those who use it", "people", greatest(zero, difference(users, sum(...machines))));
}
