import { context, t } from "@archwright/model/language";
import { expect, test } from "vitest";
import { modelOf, sample } from "../../lint/testing.ts";
import { undecided } from "../deciding.ts";
import { verdictOf } from "../testing.ts";
import { dataExport } from "./export.ts";

/** Payments that staff list, or only those who made them. */
function payments({ own = false, partner = false } = {}) {
  const { contexts, User, customer, staff } = sample();
  const Money = context("money");
  const fields = { id: t.id("pay"), by: t.ref(User), amount: t.money("EUR") };
  const expect = { rows: 100, growth: "1/day" } as const;
  if (own) Money.entity("Payment", fields, { expect, access: [{ role: customer, can: ["list"], where: (row, me) => row.by.eq(me.id) }] });
  else Money.entity("Payment", fields, { expect, access: [{ role: staff, can: ["list"] }] });
  return modelOf([...contexts, Money], { clients: [partner ? "partner" : "web"] });
}

const decide = (rows: number, rowBytes = 100) =>
  verdictOf(payments(), "export:money.Payment", { "money.Payment.rows.horizon": rows, "money.Payment.row-bytes": rowBytes }, [dataExport]);

test("ten thousand rows are read page by page", () => {
  expect(decide(10_000).chosen).toBe("none");
  expect(decide(10_001).chosen).toBe("stream");
});

test("fifty thousand rows are sent in one answer, more are written to a file", () => {
  expect(decide(50_000).chosen).toBe("stream");
  const { chosen, options } = decide(50_001);
  expect(chosen).toBe("async-job");
  expect(options["stream"]?.ruledOutBy).toEqual(["a transaction that reads so much of Payment keeps vacuum from its work"]);
});

test("rows that take longer than ten seconds to send are written to a file", () => {
  // 500 bytes are 1,250 of JSON: 40,000 rows of them take ten seconds at 5 MB a second.
  expect(decide(40_000, 500).chosen).toBe("stream");
  const { chosen, options } = decide(40_100, 500);
  expect(chosen).toBe("async-job");
  expect(options["stream"]?.ruledOutBy).toEqual(["an answer that takes so long is cut off by some gateway, and begins anew"]);
  expect(options["async-job"]?.["time"]).toBeCloseTo(10_025);
});

test("partners want all of what is theirs, other people do not", () => {
  const ids = (partner: boolean) => [...undecided(payments({ own: true, partner }), [dataExport]).byId.keys()];
  expect(ids(false)).not.toContain("export:money.Payment");
  expect(ids(true)).toContain("export:money.Payment");
});
