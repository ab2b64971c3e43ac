import { expect, test } from "vitest";
import { ordersModel } from "../capacity/testing.ts";
import { verdictOf } from "../testing.ts";

test("a console will do for a few parts, and code for many", () => {
  const model = ordersModel({
    availability: "99.5%",
    rto: "48h",
    pin: { placement: { choose: "one-process", because: "it is one program" } },
  });
  expect(verdictOf(model, "infrastructure", { "one-process.processes": 8 }).chosen).toBe("platform-console");
  expect(verdictOf(model, "infrastructure", { "one-process.processes": 9 }).chosen).toBe("code");
});

test("building it anew in a console takes longer than two hours", () => {
  const model = ordersModel({ availability: "99.5%" });
  expect(verdictOf(model, "infrastructure", { rto: 8_400_000 }).chosen).toBe("platform-console");
  expect(verdictOf(model, "infrastructure", { rto: 8_399_000 })).toMatchObject({
    chosen: "code",
    options: { "platform-console": { ruledOutBy: ["building it anew takes longer than the promised time to be back"] } },
  });
});

test("where a second zone goes on nobody waits for the first to be built anew", () => {
  const ruledOut = (zones: "one" | "two") =>
    verdictOf(ordersModel({ rto: "10m", pin: { zones: { choose: zones, because: "we want to see" } } }), "infrastructure").options["code"]
      ?.ruledOutBy;
  expect([ruledOut("one"), ruledOut("two")]).toEqual([["building it anew takes longer than the promised time to be back"], []]);
});

test("an auditor asks who changed what", () => {
  const { chosen, options } = verdictOf(ordersModel({ comply: ["gdpr", "soc2"] }), "infrastructure");
  expect(chosen).toBe("code");
  expect(options["platform-console"]?.ruledOutBy).toEqual(["soc2 asks who changed what and who agreed to it"]);
});

test("only a machine of one's own is kept by hand", () => {
  const cellar = ordersModel({
    availability: "99%",
    rto: "48h",
    pin: { hosting: { choose: "single-machine", because: "it stands in our cellar" } },
  });
  const { options } = verdictOf(cellar, "infrastructure");
  expect(options["by-hand"]?.ruledOutBy).toEqual([]);
  expect(options["platform-console"]?.ruledOutBy).toEqual(["a machine of one's own has no console that knows what runs on it"]);
});
