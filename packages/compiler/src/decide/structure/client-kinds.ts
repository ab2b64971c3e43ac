import { constant, greatest, sum, type Formula, type Input } from "../../formulas/formula.ts";
import { assumed, whether } from "../../quantities/given.ts";
import type { Brief } from "../rule.ts";

export const internetTripMs = constant(
  "internet-trip",
  "a request over the internet and back",
  50,
  "ms",
  "general",
  "same continent, mobile; to be measured",
  [20, 300],
);

/** What speaks to the system, each as 1 or 0. */
export interface ClientKinds {
  readonly web: Formula;
  readonly mobile: Formula;
  readonly offline: Formula;
  readonly partner: Formula;
  readonly device: Formula;
  /** How many kinds of clients of one's own there are, one at least. */
  readonly own: Formula;
}

export function clientKindsOf({ model }: Pick<Brief, "model">): ClientKinds {
  const { clients } = model.requirements;
  const of = (kind: string, words: string): Input => whether(`clients.${kind}`, words, clients.includes(kind), model.name);
  const web = clients.length > 0 ? of("web", "browsers speak to it") : silentWeb;
  const offline = of("mobile-offline", "apps speak to it that work without a network");
  const mobile = greatest(of("mobile", "apps speak to it"), offline);
  const device = of("device", "devices speak to it");
  return { web, mobile, offline, partner: of("partner", "partners' programs speak to it"), device, own: sum(web, mobile, device) };
}

const silentWeb = assumed({
  id: "clients.web",
  words: "browsers speak to it",
  unit: "yes/no",
  value: 1,
  range: [0, 1],
  ask: "Is it used in a browser?",
  because: "no clients are stated",
});
