import { integration, t } from "@archwright/model/language";
import { expect, test } from "vitest";
import { modelOf, sample } from "../../lint/testing.ts";
import { verdictOf } from "../testing.ts";

function mailing(field: string, facts: Parameters<typeof modelOf>[1] = { comply: ["gdpr"] }) {
  const { Orders, customer, contexts } = sample();
  const Mailer = integration("mailer", {
    calls: { send: { input: { [field]: t.text().pii("contract", "90d") }, p50: "100ms", p99: "200ms" } },
    onFailure: { retries: 0, then: "fail" },
  });
  Orders.command("tell", { allow: [customer], calls: [Mailer.send], async handle() {} });
  return modelOf(contexts, facts);
}

test("who keeps it under the same law needs a contract only", () => {
  expect(verdictOf(mailing("name"), "personal-data-residency:mailer", { "mailer.within-region": 1 }).chosen).toBe("within-region");
});

test("as long as nobody knows where it goes the clauses are taken", () => {
  const { chosen, options } = verdictOf(mailing("name"), "personal-data-residency:mailer");
  expect(chosen).toBe("standard-clauses");
  expect(options["within-region"]?.ruledOutBy).toEqual(["name would leave the reach of the law that sample is bound by"]);
});

test("a diagnosis goes out under a pseudonym", () => {
  const { chosen, options } = verdictOf(mailing("diagnosis"), "personal-data-residency:mailer");
  expect(chosen).toBe("pseudonyms");
  expect(options["standard-clauses"]?.ruledOutBy).toEqual([
    "clauses do not bind the authorities of another country, and diagnosis is not to come before them",
  ]);
});

test("where no such law binds there is nothing to decide", () => {
  expect(() => verdictOf(mailing("name", { region: "us" }), "personal-data-residency:mailer")).toThrow(
    "There is no decision personal-data-residency:mailer",
  );
});
