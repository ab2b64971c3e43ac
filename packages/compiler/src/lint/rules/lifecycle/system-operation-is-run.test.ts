import { expect, test } from "vitest";
import { findings, modelOf, sample } from "../../testing.ts";
import { systemOperationIsRun } from "./system-operation-is-run.ts";

function withTidyUp() {
  const { Orders, Order, contexts } = sample();
  const tidyUp = Orders.command("tidyUp", { allow: "system", writes: [Order], async handle() {} });
  return { Orders, tidyUp, contexts };
}

test("an operation for the system that nothing runs is reported", () => {
  expect(findings(systemOperationIsRun, modelOf(withTidyUp().contexts))).toMatchInlineSnapshot(`
    "info[lifecycle/system-operation-is-run] at orders.tidyUp
      orders.tidyUp is for the system alone, and nothing in it runs orders.tidyUp.
      why: It has no route, no caller, no event and no job: it is code that never runs, or a link that somebody forgot.
      fix: React to an event with it, call it, or give it to a job; or let a role call it."
  `);
});

test("an operation that a job runs is accepted", () => {
  const { Orders, tidyUp, contexts } = withTidyUp();
  Orders.job("tidyUpDaily", { every: "1d", runs: tidyUp });
  expect(findings(systemOperationIsRun, modelOf(contexts))).toBe("");
});
