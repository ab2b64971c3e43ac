import { expect, test } from "vitest";
import { verdictOf } from "../testing.ts";
import { ordersModel } from "./testing.ts";

const inContainers = ordersModel({ availability: "99.5%", pin: { hosting: { choose: "containers", because: "we have the rest there" } } });
const answers = { "application.cores": 20, "peak-is-punctual": 0 };

test("copies come and go where that saves more than the hours for it cost", () => {
  expect(verdictOf(inContainers, "autoscaling", { ...answers, "application.cores": 1 }).chosen).toBe("fixed");
  expect(verdictOf(inContainers, "autoscaling", answers).chosen).toBe("autoscale");
});

test("a load that doubles before a copy has started finds the copies there or not at all", () => {
  const { chosen, options } = verdictOf(inContainers, "autoscaling", { ...answers, ramp: 600 });
  expect(chosen).toBe("fixed");
  expect(options["autoscale"]?.ruledOutBy).toEqual(["the load rises beyond the headroom before a new copy answers"]);
});

test("a peak of less than twice the mean is not worth following", () => {
  const { options } = verdictOf(inContainers, "autoscaling", { ...answers, "load.mean": 16 });
  expect(options["autoscale"]?.ruledOutBy).toEqual(["peak and mean are too close to each other to gain anything"]);
});

test("what is saved is taken off the bill", () => {
  const bill = Number(verdictOf(inContainers, "replicas", answers).options[verdictOf(inContainers, "replicas", answers).chosen]?.["cost"]);
  const { options } = verdictOf(inContainers, "autoscaling", answers);
  expect(options["autoscale"]).toMatchObject({ running: 1 / 3 });
  expect(Number(options["autoscale"]?.["cost"])).toBeCloseTo((-bill * 2) / 3, 6);
});

test("a schedule needs hours that are known", () => {
  const { options } = verdictOf(inContainers, "autoscaling", answers);
  expect(options["scheduled"]?.ruledOutBy).toEqual(["a schedule needs hours that are known before"]);
});
