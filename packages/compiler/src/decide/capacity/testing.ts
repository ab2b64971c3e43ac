import { t } from "@archwright/model/language";
import { modelOf, sample } from "../../lint/testing.ts";

type Facts = NonNullable<Parameters<typeof modelOf>[1]>;

/** One command that is called ten times a second, and thirty times at the peak; whatever else a test wants to say of the system. */
export function ordersModel(facts: Omit<Facts, "load"> = {}) {
  const { Orders, customer, contexts } = sample();
  const place = Orders.command("place", { allow: [customer], input: { note: t.text().max(10) }, async handle() {} });
  return modelOf(contexts, { ...facts, load: [{ on: place, mean: "10/s", peak: "30/s" }] });
}
