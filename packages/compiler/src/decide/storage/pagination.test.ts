import { context, t } from "@archwright/model/language";
import { expect, test } from "vitest";
import { modelOf, sample } from "../../lint/testing.ts";
import { undecided } from "../deciding.ts";
import { verdictOf } from "../testing.ts";
import { pagination } from "./pagination.ts";

/** Tickets that staff list, or only those who own them; `most` is how many the busiest of them has. */
function tickets({ own = false, partner = false, most }: { own?: boolean; partner?: boolean; most?: number } = {}) {
  const { contexts, User, customer, staff } = sample();
  const Help = context("help");
  const expect = { rows: 100, ...(most !== undefined && { most }) };
  const fields = { id: t.id("tck"), by: t.ref(User), text: t.text().max(200) };
  if (own)
    Help.entity("Ticket", fields, { expect, access: [{ role: customer, can: ["read", "list"], where: (row, me) => row.by.eq(me.id) }] });
  else Help.entity("Ticket", fields, { expect, access: [{ role: staff, can: ["read", "list"] }] });
  return modelOf([...contexts, Help], { clients: [partner ? "partner" : "web"] });
}

const decide = (model: ReturnType<typeof tickets>, answers: Readonly<Record<string, number>>) =>
  verdictOf(model, "pagination:help.Ticket", answers, [pagination]);

const rows = (count: number) => ({ "help.Ticket.rows.horizon": count });

test("pages of a list of ten thousand are counted off, those of a longer one begin after a row", () => {
  expect(decide(tickets(), rows(10_000)).chosen).toBe("offset");
  const { chosen, options } = decide(tickets(), rows(10_001));
  expect(chosen).toBe("keyset");
  expect(options["offset"]?.ruledOutBy).toEqual(["the last pages of Ticket read the whole list to throw it away"]);
});

test("people turn ten pages of twenty rows", () => {
  const { options } = decide(tickets(), rows(5_000));
  expect(options["offset"]).toMatchObject({ skipped: 200 });
  expect(options["offset"]?.["latency"]).toBeCloseTo(0.3 + 200 * 0.0005);
  expect(options["keyset"]).toMatchObject({ skipped: 0, latency: 0.3 });
});

test("programs read a list to its end, and then a thousand rows are the most that may be skipped", () => {
  expect(decide(tickets({ partner: true }), rows(1_000)).chosen).toBe("offset");
  const { chosen, options } = decide(tickets({ partner: true }), rows(1_001));
  expect(chosen).toBe("keyset");
  expect(options["offset"]?.ruledOutBy).toEqual(["whoever reads Ticket to its end reads most rows many times"]);
});

test("a list of one's own rows is as long as that of whoever has most of them", () => {
  expect(decide(tickets({ own: true, most: 500 }), rows(1e9)).chosen).toBe("offset");
  expect(decide(tickets({ own: true, most: 50_000 }), rows(1e9)).chosen).toBe("keyset");
});

test("where the model does not say how many one has, it is twenty times the average", () => {
  const model = tickets({ own: true });
  const users = { "identity.User.rows": 1_000 };
  expect(decide(model, { ...users, ...rows(490_000) }).chosen).toBe("offset");
  expect(decide(model, { ...users, ...rows(510_000) }).chosen).toBe("keyset");
});

test("what is not listed has nothing to decide", () => {
  const Help = context("help");
  Help.entity("Secret", { id: t.id("sec"), text: t.text().max(20) });
  expect([...undecided(modelOf([...sample().contexts, Help]), [pagination]).byId.keys()]).not.toContain("pagination:help.Secret");
});
