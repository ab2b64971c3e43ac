import { expect, test } from "vitest";
import { undecided } from "../decide/deciding.ts";
import { modelOf, sample } from "../lint/testing.ts";
import { designOf } from "./design.ts";

test("a pin is told with its own reason, also where another decision is pinned to an option of the same name", () => {
  const pin = {
    zones: { choose: "one", because: "the hall has one" },
    regions: { choose: "one", because: "the law asks for it" },
  } as const;
  const { decisions } = designOf(undecided(modelOf(sample().contexts, { pin })), { flips: false });
  const reasons = decisions.flatMap(({ id, pinned }) => (pinned ? [[id, pinned.because]] : []));
  expect(reasons).toEqual([
    ["zones", "the hall has one"],
    ["regions", "the law asks for it"],
  ]);
});
