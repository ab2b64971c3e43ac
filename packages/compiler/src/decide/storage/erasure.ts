import type { Entity } from "@archwright/model";
import { constant, product, quotient, zero, type Formula } from "../../formulas/formula.ts";
import { assumed, counted, msPerSecond } from "../../quantities/given.ts";
import { fewOf } from "../listing.ts";
import { monthlyHours } from "../monthly-hours.ts";
import { needAtMost, type Brief, type DecisionRule, type Need, type OptionRule } from "../rule.ts";
import { personalRowsOf, type PersonalRows } from "./personal-rows.ts";

const deadline = constant(
  "erasure-deadline",
  "days until somebody who asks to be forgotten must be",
  30,
  "days",
  "sourced",
  "GDPR, article 12(3): one month",
);
const decryptMs = constant(
  "erasure-decrypt",
  "work for the values of a row that are encrypted with a key of their own",
  0.05,
  "ms",
  "general",
  "a key from a cache, some values of AES-GCM; to be measured",
  [0.01, 1],
);
const hoursFor = monthlyHours("erasure");
const deletionHours = hoursFor("deletion-hours", "a job that removes rows when their time is over", 0.2, [0.05, 1]);
const blankHours = hoursFor("blank-hours", "a list of what has to be blanked, and rows that stay without it", 0.4, [0.1, 2]);
const keyHours = hoursFor("key-hours", "a key for each person: kept apart, backed up apart, destroyed for good", 3, [1, 10]);

const backupDays = assumed({
  id: "backups.kept",
  words: "days for which backups are kept",
  unit: "days",
  value: 14,
  range: [7, 3_650],
  ask: "For how many days are backups kept, those for auditors included?",
  because: "the model does not say it",
});

/** Of each entity with personal data: by how long these may be kept, who names the rows, and where copies lie that nobody can change. */
export const erasure: DecisionRule = {
  id: "erasure",
  area: "storage",
  question: "How is a person forgotten?",
  evidence: "sourced",
  sources: ["GDPR, articles 5(1)(e), 12(3) and 17"],
  propose: (brief) => {
    const personalOf = personalRowsOf(brief.facts);
    return brief.model.entities.flatMap((entity) => {
      const personal = personalOf(entity);
      if (!personal) return [];
      return [
        {
          about: entity.id,
          question: `How is a person forgotten whom ${entity.name} is about?`,
          options: optionsOf(brief, entity, personal),
        },
      ];
    });
  },
};

function optionsOf(brief: Brief, entity: Entity, personal: PersonalRows): readonly OptionRule[] {
  const { id, name } = entity;
  const { heldBy, searched } = personal;
  const fields = fewOf([...new Set(personal.fields.map((field) => field.name))]);
  const due = dueOf(brief, entity, personal);
  const holders = counted(`${id}.erasure-held-by`, `fields of rows that stay and name a row of ${name}`, heldBy.length, id);
  const found = counted(
    `${id}.erasure-searched`,
    `personal values of ${name} that are found by a part of them, or put in order`,
    searched.length,
    id,
  );
  const copies = copyNeeds(brief, entity, personal);
  return [
    {
      id: "delete-rows",
      title: "deletion of the rows",
      needs: [needAtMost(holders, zero, `${fewOf(heldBy)} would name a row of ${name} that is not there`), ...copies],
      ...forgotten({ due, latencyMs: zero, lasting: backupDays, hours: deletionHours }),
      because: `What is not there cannot be told: no row of ${name} outlives its purpose.`,
      consequence: `Whatever counted rows of ${name} counts fewer from then on.`,
    },
    {
      id: "anonymize",
      title: `rows that stay, with ${fields} blanked`,
      needs: copies,
      ...forgotten({ due, latencyMs: zero, lasting: backupDays, hours: blankHours }),
      because:
        heldBy.length > 0
          ? `${fewOf(heldBy)} can go on naming rows of ${name}.`
          : `Figures that go by rows of ${name} stay what they were.`,
      consequence: "Each personal field that is added must be added to what is blanked, and what is left must not betray the person.",
    },
    {
      id: "crypto-shredding",
      title: "crypto-shredding: a key for each person, to be destroyed",
      needs: [needAtMost(found, zero, `${fewOf(searched)} of ${name} could not be searched or sorted any more`)],
      ...forgotten({ due, latencyMs: decryptMs, lasting: zero, hours: keyHours }),
      because: `With the key ${fields} are gone at once from backups, logs and every copy.`,
      consequence: "A lost key is a lost person, and the keys need a place and a backup of their own.",
    },
  ];
}

/** Rows a second whose time is over, once as many go as come. */
function dueOf({ quantities }: Brief, { id, name }: Entity, { keepMs }: PersonalRows): Formula {
  const kept = counted(`${id}.erasure-keep`, `time for which personal values of ${name} may be kept`, keepMs, id, "ms");
  return quotient(quantities.volume.rowsAtHorizonOf(id), quotient(kept, msPerSecond));
}

/** Copies that a change of the rows does not reach. */
function copyNeeds({ decidedIfAny }: Brief, { id, name }: Entity, { events }: PersonalRows): readonly Need[] {
  const carried = counted(`${id}.erasure-carried`, `events that carry personal values of ${name}`, events.length, id);
  const isLog = decidedIfAny("broker")?.is("kafka") ?? zero;
  return [
    needAtMost(backupDays, deadline, `who is forgotten in ${name} lives on in the backups`),
    needAtMost(product(isLog, carried), zero, `${name} lives on in events of which the log is never rewritten`),
  ];
}

interface Forgetting {
  readonly due: Formula;
  readonly latencyMs: Formula;
  readonly lasting: Formula;
  readonly hours: Formula;
}

const forgotten = ({ due, latencyMs, lasting, hours }: Forgetting): Pick<OptionRule, "hoursPerMonth" | "latencyMs" | "figures"> => ({
  hoursPerMonth: hours,
  latencyMs,
  figures: [
    { id: "due", words: "rows whose time is over in a second", unit: "/s", formula: due },
    { id: "lasting", words: "days for which a copy outlives its row", unit: "days", formula: lasting },
  ],
});
