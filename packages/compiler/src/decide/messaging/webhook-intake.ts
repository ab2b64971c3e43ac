import type { Event, Integration } from "@archwright/model";
import { constant, one, product, quotient, sum, zero, type Formula } from "../../formulas/formula.ts";
import { msPerSecond, whether } from "../../quantities/given.ts";
import { rowWriteMs } from "../../quantities/run.ts";
import { databaseWorkPrice } from "../database-core-price.ts";
import { fewOf } from "../listing.ts";
import { needAtLeast, needAtMost, needThat, type Brief, type DecisionRule, type Need, type OptionRule } from "../rule.ts";
import { commandsOn } from "./reacting.ts";

const patience = constant(
  "webhook-patience",
  "time that a sender waits for our answer",
  15_000,
  "ms",
  "sourced",
  "Standard Webhooks: 15 to 30 s",
  [5_000, 30_000],
);
const patienceUse = constant(
  "webhook-patience-use",
  "share of that time that our work may take",
  0.5,
  "share",
  "general",
  "the rest is for the network and for a slow day",
);
const returnSeconds = constant(
  "webhook-return",
  "seconds over which a sender hands over what an outage held up",
  60,
  "s",
  "general",
  "retries of many events fall together",
  [10, 3_600],
);
const burstCores = constant(
  "webhook-burst-cores",
  "processors that such a burst may keep busy",
  1,
  "cores",
  "general",
  "half of a small machine",
  [0.25, 8],
);
const storedRows = constant(
  "webhook-rows",
  "rows written for what is stored: that it came, and what it says",
  2,
  "rows",
  "measured",
  "statements of our inbox",
);
const storeHours = constant(
  "webhook-store-hours",
  "upkeep of a table of what came in",
  0.25,
  "hours",
  "general",
  "clearing away, and looking at what failed",
);

/** How what third parties tell us is taken in. */
export const webhookIntake: DecisionRule = {
  id: "webhook-intake",
  area: "messaging",
  question: "Is what a third party sends worked on at once, or stored first?",
  evidence: "general",
  sources: [
    "Standard Webhooks 1.0.0: time limits, retries and signatures",
    "catalogue of decisions, 6 (work that is longer than half of the promise is not done in the request)",
  ],
  propose: (brief) =>
    brief.model.integrations
      .filter(({ webhooks }) => webhooks.length > 0)
      .map((integration) => ({
        about: integration.name,
        question: `Is what ${integration.name} sends worked on at once, or stored first?`,
        options: optionsOf(integration, brief),
      })),
};

function optionsOf(integration: Integration, brief: Brief): readonly OptionRule[] {
  const { facts, quantities } = brief;
  const { load, promises, work } = quantities;
  const events = integration.webhooks.flatMap((id) => facts.items.events.get(id) ?? []);
  const commands = events.flatMap(({ id }) => commandsOn(id, facts));
  const names = fewOf([...new Set(commands.map(({ name }) => name))]) || "nothing";
  const peak = sum(...events.map(({ id }) => load.eventPeakOf(id)));
  const worst = sum(...commands.map(({ id }) => promises.p99Of(id)));
  const chain = product(one, ...commands.map(({ id }) => promises.chainAvailabilityOf(id)));
  const ownMs = sum(...commands.flatMap(({ id }) => [work.applicationMsOf(id), work.databaseMsOf(id)]));
  return [
    {
      id: "inline",
      title: "webhooks worked on at once",
      needs: [
        isVerified(integration),
        needAtMost(worst, product(patience, patienceUse), `${integration.name} would give up waiting, and send it again`),
        needAtLeast(chain, promises.availability, `what ${names} waits for would fail the delivery more often than we promise`),
        needAtMost(burst(events, brief, ownMs), burstCores, "after an outage everything that was held up comes at once"),
      ],
      ...figures(brief, { answer: worst, peak, rows: zero, hours: zero }),
      because: `${names} is soon done, and ${integration.name} sends again what we did not answer.`,
      consequence: `Every failure of ${names} is a failed delivery, and enough of these make ${integration.name} stop sending.`,
    },
    {
      id: "store-then-process",
      title: "webhooks stored first, then worked on",
      needs: [isVerified(integration)],
      ...figures(brief, { answer: product(rowWriteMs, storedRows), peak, rows: storedRows, hours: storeHours }),
      because: `What ${integration.name} sends is safe once it is stored, whatever ${names} takes and however much comes at once.`,
      consequence: `${integration.name} hears that all is well before ${names} has run: a failure is ours to see and to repeat.`,
    },
  ];
}

function isVerified({ name, verify }: Integration): Need {
  const words = `what ${name} sends can be verified`;
  return needThat(
    whether(`${name}.verified`, words, verify !== undefined, name),
    `anybody could send in the name of ${name}: say how it is verified`,
  );
}

/** Processors that would be busy with what an outage as long as we allow ourselves has held up. */
function burst(events: readonly Event[], { quantities: { load, promises } }: Brief, ms: Formula): Formula {
  const mean = sum(...events.map(({ id }) => load.eventMeanOf(id)));
  const held = product(mean, quotient(promises.rtoMs, msPerSecond));
  return quotient(product(quotient(held, returnSeconds), ms), msPerSecond);
}

interface Intake {
  readonly answer: Formula;
  readonly peak: Formula;
  /** Rows that are written before the sender has its answer. */
  readonly rows: Formula;
  readonly hours: Formula;
}

function figures(brief: Brief, { answer, peak, rows, hours }: Intake): Pick<OptionRule, "figures" | "score" | "hoursPerMonth"> {
  const work = databaseWorkPrice(brief, peak, product(rows, rowWriteMs));
  return {
    hoursPerMonth: hours,
    figures: [
      { id: "answer-ms", words: "time until the sender has its answer", unit: "ms", formula: answer },
      { id: "work-cost", words: "what storing costs of the database in a month", unit: "money", formula: work },
    ],
    score: sum(work, product(hours, brief.hourPrice)),
  };
}
