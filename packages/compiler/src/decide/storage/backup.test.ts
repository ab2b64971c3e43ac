import { expect, test } from "vitest";
import { modelOf, sample } from "../../lint/testing.ts";
import { verdictOf } from "../testing.ts";

type Facts = NonNullable<Parameters<typeof modelOf>[1]>;
const orders = (facts: Facts) => modelOf(sample().contexts, facts);

test("a dump suffices where a day of work may be lost and hours are cheap", () => {
  const model = orders({ rpo: "24h", rto: "12h", availability: "99%" });
  expect(verdictOf(model, "backup", { "constant.backup-dump-hours": 0.5 }).chosen).toBe("nightly-dump");
  expect(verdictOf(model, "backup").chosen).toBe("point-in-time");
});

test("a dump loses a day", () => {
  const { options } = verdictOf(orders({ rpo: "23h", rto: "12h" }), "backup");
  expect(options["nightly-dump"]?.ruledOutBy).toEqual(["more work would be lost than is promised"]);
});

test("the log is archived every five minutes, and what may not be lost for so long needs a standby", () => {
  expect(verdictOf(orders({ rpo: "5m", rto: "12h" }), "backup").chosen).toBe("point-in-time");
  const { chosen, options } = verdictOf(orders({ rpo: "4m", rto: "12h" }), "backup");
  expect(chosen).toBe("standby");
  expect(options["point-in-time"]?.ruledOutBy).toEqual(["more work would be lost than is promised"]);
});

test("data come back at 100 MB a second, and later than promised once there are too many", () => {
  const model = orders({ rpo: "1h", rto: "1h" });
  // Ten minutes to set up, and fifty for 300 GB.
  expect(verdictOf(model, "backup", { "orders.bytes": 299e9 }).chosen).toBe("point-in-time");
  const { chosen, options } = verdictOf(model, "backup", { "orders.bytes": 301e9 });
  expect(chosen).toBe("standby");
  expect(options["point-in-time"]?.ruledOutBy).toEqual(["it would be back later than is promised"]);
});

test("a standby is paid for here only where no second zone has one already", () => {
  const costIn = (availability: "99%" | "99.95%"): number =>
    Number(verdictOf(orders({ availability, rto: "12h" }), "backup").options["standby"]?.["cost"]);
  const instance = Number(verdictOf(orders({ availability: "99%", rto: "12h" }), "database-size").options["micro"]?.["instance-cost"]);
  expect(costIn("99%") - costIn("99.95%")).toBeCloseTo(instance, 2);
});

test("a model that keeps nothing has nothing to bring back", () => {
  expect(() => verdictOf(modelOf([]), "backup")).toThrow("There is no decision backup");
});
