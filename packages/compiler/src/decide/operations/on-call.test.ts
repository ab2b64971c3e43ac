import { expect, test } from "vitest";
import { ordersModel } from "../capacity/testing.ts";
import { verdictOf } from "../testing.ts";

test("an outage waits for whoever hears of it, for office hours, or for nobody", () => {
  const model = ordersModel({ team: 6 });
  expect(verdictOf(model, "on-call", { availability: 0.993 }).chosen).toBe("none");
  expect(verdictOf(model, "on-call", { availability: 0.9954 }).chosen).toBe("business-hours");
  expect(verdictOf(model, "on-call", { availability: 0.9956 })).toMatchObject({
    chosen: "rotation",
    options: { "business-hours": { ruledOutBy: ["outages that wait for somebody would use up the error budget"] } },
  });
});

test("a rotation needs five people", () => {
  const model = ordersModel({ availability: "99.9%" });
  expect(verdictOf(model, "on-call", { team: 5 }).options["rotation"]?.ruledOutBy).toEqual([]);
  expect(verdictOf(model, "on-call", { team: 4 }).options["rotation"]?.ruledOutBy).toEqual([
    "with fewer people each of them is on call for more than a week in five",
  ]);
});

test("a promised time to be back runs on over the weekend, and an assumed one is not asked", () => {
  const weekend = "the promised time to be back runs on while nobody is there";
  expect(verdictOf(ordersModel({ availability: "99.5%", rto: "4h" }), "on-call").options["business-hours"]?.ruledOutBy).toEqual([weekend]);
  expect(verdictOf(ordersModel({ availability: "99.5%" }), "on-call").chosen).toBe("business-hours");
});

test("however many processes it runs in, each of them takes only its part away", () => {
  const { options } = verdictOf(
    ordersModel({ availability: "99.5%", pin: { placement: { choose: "process-per-context", because: "we want them apart" } } }),
    "on-call",
  );
  expect(options["rotation"]).toMatchObject({ down: 420 });
});
