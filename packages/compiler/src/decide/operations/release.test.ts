import { expect, test } from "vitest";
import { ordersModel } from "../capacity/testing.ts";
import { verdictOf } from "../testing.ts";

test("a stop of a minute for each release is borne up to 99.8 %", () => {
  const model = ordersModel();
  expect(verdictOf(model, "release", { availability: 0.998 }).chosen).toBe("recreate");
  expect(verdictOf(model, "release", { availability: 0.9982 })).toMatchObject({
    chosen: "rolling",
    options: { recreate: { down: 1008, ruledOutBy: ["stopping on purpose uses up what failures need"] } },
  });
});

test("who releases more often stops too often", () => {
  const model = ordersModel({ availability: "99.5%" });
  expect(verdictOf(model, "release", { releases: 21 }).chosen).toBe("recreate");
  expect(verdictOf(model, "release", { releases: 22 }).chosen).toBe("rolling");
});

test("bad releases use up a promise of 99.97 % unless few meet them", () => {
  const model = ordersModel({ availability: "99.97%" });
  const { chosen, options } = verdictOf(model, "release", { "load.mean": 20 });
  expect(chosen).toBe("canary");
  expect(options["blue-green"]?.ruledOutBy).toEqual(["releases would use up the error budget"]);
});

test("a canary needs a thousand requests in ten minutes", () => {
  const model = ordersModel();
  const short = "with so few requests a canary shows nothing in ten minutes";
  expect(verdictOf(model, "release", { "load.mean": 16.6 }).options["canary"]?.ruledOutBy).toEqual([short]);
  expect(verdictOf(model, "release", { "load.mean": 16.7 }).options["canary"]?.ruledOutBy).toEqual([]);
});

test("a single copy on one machine has no one to answer meanwhile", () => {
  const model = ordersModel({ availability: "99.5%", pin: { hosting: { choose: "single-machine", because: "it stands in our cellar" } } });
  expect(verdictOf(model, "release").options["rolling"]?.ruledOutBy).toEqual(["somebody has to answer while a copy is replaced"]);
});
