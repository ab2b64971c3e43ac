import { expect, test } from "vitest";
import { sampleShop } from "../subject/sample-shop.ts";
import { decidedOtherwise, linesAbout, subjectOf } from "../subject/testing.ts";
import { riskRows } from "../subject/risk-list.ts";
import { risks } from "./risks.ts";

const subject = subjectOf(sampleShop());

test("every constraint that a chosen option breaks is a risk, and comes before what merely may happen", () => {
  const rows = riskRows(subject);
  const broken = subject.design.decisions.flatMap(({ chosen, options }) => options.find(({ id }) => id === chosen)?.broken ?? []);
  expect(rows.filter(({ kind }) => kind === "broken constraint")).toHaveLength(broken.length);
  expect(rows.findIndex(({ kind }) => kind !== "broken constraint")).toBe(broken.length);
});

test("a third party without another is a risk for those who call it", () => {
  expect(linesAbout(risks, subject, "single third party | bank")[0]).toContain(
    "There is no other for orders.pay; it is there 99.9 % of the time.",
  );
});

test("a pin is a risk only where it is not what would be chosen freely", () => {
  const pinned = (insteadOf: string) =>
    decidedOtherwise(subject, "broker", { chosen: "kafka", pinned: { because: "we know it", insteadOf } });
  expect(linesAbout(risks, pinned("postgres-outbox"), "pin | ")[0]).toContain(
    "Free of the pin it would be an outbox and a queue in PostgreSQL.",
  );
  expect(linesAbout(risks, pinned("kafka"), "pin | ")).toEqual([]);
});

test("what matters most is told with its price and with what was decided against", () => {
  expect(linesAbout(risks, subject, "What carries the events? | an outbox and a queue in PostgreSQL | ")[0]).toContain(
    "Deliveries compete with requests for the database",
  );
  expect(linesAbout(risks, subject, "What carries the events? | the queue service of the cloud; ")).toHaveLength(1);
});

test("a finding that was accepted stays a risk with its reason", () => {
  const { model } = subject;
  const accepted = {
    ...subject,
    model: { ...model, requirements: { ...model.requirements, accept: { "cost/some-finding": "it is paid by another" } } },
  };
  expect(linesAbout(risks, accepted, "accepted finding | cost/some-finding at sample")[0]).toContain("it is paid by another");
});
