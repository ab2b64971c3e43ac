import { kebab, nearest, type Model, type Pin } from "@archwright/model";
import { undecided } from "../../../decide/deciding.ts";
import { decisions } from "../../../decide/decisions.ts";
import { defineRule } from "../../rule.ts";

export const pinHasEffect = defineRule({
  code: "lifecycle/pin-has-effect",
  severity: "warning",
  message: "The pin of {decision} has no effect: {reason}.",
  why: "The decision is taken as if nobody had said anything, while its author believes that it is his.",
  fix: "{remedy}, or take the pin out; or accept this check if the decision is one of your own.",
  check({ model }, report) {
    const { pins } = model.requirements;
    if (pins.length === 0) return;
    const optionsOf = optionsIn(model);
    for (const pin of pins) {
      const fault = faultOf(pin, optionsOf);
      if (fault) report(model.name, { decision: pin.decision, ...fault });
    }
  },
});

const ids: readonly string[] = decisions.map(({ id }) => id);

function faultOf(
  { decision, choose }: Pin,
  optionsOf: (id: string) => readonly string[],
): { readonly reason: string; readonly remedy: string } | undefined {
  const id = kebab(decision);
  if (!ids.includes(id)) {
    const meant = nearest(id, ids);
    return {
      reason: "there is no decision of that name",
      remedy: meant === undefined ? "Name a decision that `archwright design` lists" : `Write ${meant}`,
    };
  }
  const options = optionsOf(id);
  // Of what is not to be decided in this model no options are known.
  if (options.length === 0 || options.includes(choose)) return undefined;
  return { reason: `"${choose}" is none of its options`, remedy: `Choose one of ${options.join(", ")}` };
}

/** What may be chosen hangs on the model: a shard key is one of its own fields. */
function optionsIn(model: Model): (id: string) => readonly string[] {
  const open = undecided(model);
  return (id) => [...new Set(open.decisions.filter(({ rule }) => rule.id === id).flatMap(({ choice }) => choice.options))];
}
