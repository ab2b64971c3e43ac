import { expect, test } from "vitest";
import { sampleShop } from "../subject/sample-shop.ts";
import { decidedOtherwise, linesAbout, subjectOf, toldBy } from "../subject/testing.ts";
import { technology } from "./technology.ts";

const subject = subjectOf(sampleShop());

test("every option of a decision stands beside the chosen one, with its figures", () => {
  const lines = toldBy(technology, subject);
  const heading = lines.indexOf("### What carries the events?");
  const rows = lines.slice(heading + 2, heading + 8);
  expect(rows[0]).toMatch(/^Option \| Verdict \| On the bill, a month \| Work, a month \| time from sending to receiving/);
  expect(rows[1]).toMatch(/^an outbox and a queue in PostgreSQL \| chosen \| 0 EUR \| 0\.5 h/);
  expect(rows.find((row) => row.startsWith("Kafka"))).toContain(" | possible | ");
});

test("what rules an option out is said in its row", () => {
  expect(linesAbout(technology, subject, "gRPC | ")[0]).toContain("ruled out: a browser cannot speak it");
});

test("a pin is told with its reason, and with what it is instead of", () => {
  const pin = { because: "the bank next door runs it", insteadOf: "postgres-outbox" };
  const pinned = decidedOtherwise(subject, "broker", { chosen: "kafka", pinned: pin });
  expect(linesAbout(technology, pinned, "(pinned: the bank next door runs it)")).toHaveLength(1);
  expect(linesAbout(technology, pinned, "warning: Without the pin it would be an outbox and a queue in PostgreSQL")).toHaveLength(1);
});
