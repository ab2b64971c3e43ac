import { expect, test } from "vitest";
import { modelOf, sample } from "../../lint/testing.ts";
import { ordersModel } from "../capacity/testing.ts";
import { verdictOf } from "../testing.ts";

test("all is kept until that costs more than the hours for a sample", () => {
  const model = ordersModel({ availability: "99%" });
  expect(verdictOf(model, "telemetry", { "load.mean": 16 }).chosen).toBe("all");
  expect(verdictOf(model, "telemetry", { "load.mean": 17.5 }).chosen).toBe("sampled");
});

test("whoever calls third parties is asked what became of a single request", () => {
  const { chosen, options } = verdictOf(ordersModel({ availability: "99%" }), "telemetry", {
    "load.mean": 80,
    "requests-are-asked-for": 1,
  });
  expect(chosen).toBe("errors-and-sample");
  expect(options["sampled"]?.ruledOutBy).toEqual(["somebody will ask what became of one request that went to a third party"]);
});

test("a sample must hold ten failures of a day", () => {
  const few = "so few failures would be among them that nobody could see what they have in common";
  expect(verdictOf(ordersModel({ availability: "99.99%" }), "telemetry").options["sampled"]?.ruledOutBy).toEqual([few]);
  expect(verdictOf(ordersModel({ availability: "99.9%" }), "telemetry", { "load.mean": 1.2 }).options["sampled"]?.ruledOutBy).toEqual([]);
});

test("where a hundredth is a million requests a day, a hundredth will do", () => {
  const model = ordersModel({ availability: "99%" });
  expect(verdictOf(model, "telemetry", { "load.mean": 1_158 }).chosen).toBe("errors-and-few");
  const { chosen, options } = verdictOf(model, "telemetry", { "load.mean": 1_157, "requests-are-asked-for": 1 });
  expect(chosen).toBe("errors-and-sample");
  expect(options["errors-and-few"]?.ruledOutBy).toEqual(["what is seldom asked for would hardly ever be among them"]);
});

test("without operations nothing leaves a log", () => {
  expect(() => verdictOf(modelOf(sample().contexts), "telemetry")).toThrow("There is no decision telemetry");
});
