import { difference, one, product, quotient, sum } from "../../formulas/formula.ts";
import { capitalised } from "../../lint/phrases.ts";
import { bytesPerGigabyte } from "../../quantities/given.ts";
import { fewOf } from "../listing.ts";
import { needAtMost, needThatNot, type Brief, type DecisionRule, type Need, type OptionRule } from "../rule.ts";
import { awayMs, awayShare, bearable, cachedTerms, offlineTerms, onlineTerms, type SyncTerms } from "./client-sync-terms.ts";
import { clientKindsOf } from "./client-kinds.ts";
import { clientWritesOf, type ClientWrites } from "./client-writes.ts";

/** Where people hold the client in their hands: what it keeps, and what it may do alone. */
export const clientSync: DecisionRule = {
  id: "client-sync",
  area: "structure",
  question: "What does a client keep, and what may it do without the server?",
  evidence: "general",
  sources: ["catalogue of decisions, 30 (optimistic or locked): conflicts as a share of changes"],
  propose: (brief) => {
    const isHeld = brief.model.requirements.clients.some((kind) => kind === "web" || kind.startsWith("mobile"));
    return isHeld ? [{ options: optionsOf(brief, clientWritesOf(brief, awayMs, awayShare)) }] : [];
  },
};

function optionsOf(brief: Brief, writes: ClientWrites): readonly OptionRule[] {
  const { offline } = clientKindsOf(brief);
  const works = needThatNot(offline, "an app that is to work without a network cannot wait for one");
  const written = fewOf(writes.entities.map(({ name }) => name));
  return [
    optionOf(brief, onlineTerms(brief), [works], {
      id: "online",
      title: "clients that keep nothing",
      because: `There is one truth about ${written || brief.model.name}, and nobody sees an old one.`,
      consequence: "Without a network the client shows that it has none.",
    }),
    optionOf(brief, cachedTerms(brief), [works], {
      id: "cached",
      title: "clients that keep what they have read",
      because: "What was seen once is there at once, and what has not changed is not sent again.",
      consequence: `Nothing can be written without a network${written === "" ? "" : `, so that changes of ${written} wait with whoever makes them`}, and what is shown may be old.`,
    }),
    optionOf(brief, offlineTerms(brief, writes), [], {
      id: "offline-first",
      title: "clients with a store of their own, synced when there is a network",
      because: `${written === "" ? "Everything" : `Changes of ${written}`} can go on without a network, under ids that the device gives.`,
      consequence: conflictsInWords(writes),
    }),
  ];
}

type Words = Pick<OptionRule, "id" | "title" | "because" | "consequence">;

/** The traffic is on the bill of what sends it: here it counts for the choice. */
function optionOf({ quantities, price, hourPrice }: Brief, terms: SyncTerms, needs: readonly Need[], words: Words): OptionRule {
  const { missing, sent, conflicts, share, hours, latencyMs } = terms;
  const traffic = product(quotient(quantities.work.egressBytes, bytesPerGigabyte), price("egress"), sent);
  return {
    ...words,
    needs: [...needs, needAtMost(missing, bearable, "too many uses would fail where there is no network")],
    hoursPerMonth: hours,
    latencyMs,
    availability: difference(one, missing),
    figures: [
      { id: "traffic", words: "what answers cost to send in a month", unit: "money", formula: traffic },
      { id: "conflict-share", words: "share of changes without a network that meet another", unit: "share", formula: share },
      { id: "conflicts", words: "changes in a month that contradict each other", unit: "/month", formula: conflicts },
    ],
    score: sum(traffic, product(hours, hourPrice)),
  };
}

function conflictsInWords({ entities, moved }: ClientWrites): string {
  if (entities.length === 0) return "The store has to be brought up to date, and grows on every device.";
  const others = entities.filter((entity) => !moved.includes(entity));
  const moves =
    moved.length === 0
      ? []
      : [`a move of ${fewOf(moved.map(({ name }) => name))} is sent as the command it is, and refused where another came first`];
  const fields = others.length === 0 ? [] : [`of ${fewOf(others.map(({ name }) => name))} the later change of each field wins`];
  const words = [...moves, ...fields].join("; ");
  return `${capitalised(words)}.`;
}
