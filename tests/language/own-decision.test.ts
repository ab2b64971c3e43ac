import { assemble } from "@archwright/model";
import { context, system } from "archwright";
import { expect, test } from "vitest";

declare module "archwright" {
  interface Decisions {
    payroll: "in-house" | "bought";
  }
}

test("a decision of one's own joins by declaration merging, beside those that are there", () => {
  const office = system("office", {
    contexts: [context("people")],
    pin: {
      payroll: { choose: "bought", because: "the law changes every January" },
      placement: { choose: "process-per-group", because: "the clerks and the public do not share a process" },
    },
  });
  expect(assemble(office).model.requirements.pins).toEqual([
    { decision: "payroll", choose: "bought", because: "the law changes every January" },
    { decision: "placement", choose: "process-per-group", because: "the clerks and the public do not share a process" },
  ]);
});

test("an option that a decision does not have is refused, also of one's own", () => {
  const because = "habit";
  // @ts-expect-error
  const office = system("office", { contexts: [], pin: { payroll: { choose: "borrowed", because } } });
  expect(office.name).toBe("office");
});
