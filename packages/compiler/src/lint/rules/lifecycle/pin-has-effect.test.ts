import type { Model } from "@archwright/model";
import { expect, test } from "vitest";
import { findings, modelOf, sample } from "../../testing.ts";
import { pinHasEffect } from "./pin-has-effect.ts";

/** As another language writes the model: its pins are text that no type has seen. */
function withPin(decision: string, choose: string): Model {
  const model = modelOf(sample().contexts);
  return { ...model, requirements: { ...model.requirements, pins: [{ decision, choose, because: "we run it already" }] } };
}

test("a pin of a decision that nobody takes is reported", () => {
  expect(findings(pinHasEffect, withPin("brokr", "kafka"))).toMatchInlineSnapshot(`
    "warning[lifecycle/pin-has-effect] at sample
      The pin of brokr has no effect: there is no decision of that name.
      why: The decision is taken as if nobody had said anything, while its author believes that it is his.
      fix: Write broker, or take the pin out; or accept this check if the decision is one of your own."
  `);
});

test("a pin of something else than a decision is reported", () => {
  expect(findings(pinHasEffect, withPin("favouriteColour", "blue"))).toContain("Name a decision that `archwright design` lists");
});

test("a pin that chooses what the decision does not offer is reported", () => {
  expect(findings(pinHasEffect, withPin("apiStyle", "soap"))).toMatchInlineSnapshot(`
    "warning[lifecycle/pin-has-effect] at sample
      The pin of apiStyle has no effect: "soap" is none of its options.
      why: The decision is taken as if nobody had said anything, while its author believes that it is his.
      fix: Choose one of rest, graphql, grpc, or take the pin out; or accept this check if the decision is one of your own."
  `);
});

test("a pin that chooses an option is accepted, in either spelling of its decision", () => {
  expect(findings(pinHasEffect, withPin("apiStyle", "rest"))).toBe("");
  expect(findings(pinHasEffect, withPin("api-style", "rest"))).toBe("");
});

test("a pin of what this model leaves nothing to decide about is accepted", () => {
  expect(findings(pinHasEffect, withPin("tenancy", "shared"))).toBe("");
});
