import type { Entity } from "@archwright/model";
import { and, constant, greatest, or, zero, type Formula } from "../../formulas/formula.ts";
import { assumed, whether } from "../../quantities/given.ts";
import { needAtMost, needThatNot, type Brief, type DecisionRule, type OptionRule } from "../rule.ts";
import { keyed } from "./key-cost.ts";
import { keyExposureOf, type KeyExposure } from "./key-exposure.ts";

const catalogue = "catalogue of decisions, 25 (type of keys)";
const randomMax = constant("key-type-random-max", "rows a second that may be made with random keys", 1_000, "/s", "sourced", catalogue);
const secondKind = constant(
  "key-type-second-kind",
  "hours in a month for keys of another kind than all others have",
  0.1,
  "hours",
  "general",
  "other types in code, in links and in reports",
  [0.02, 0.5],
);
const tellsTime = assumed({
  id: "keys.tell-time",
  words: "it harms people when an id tells when it was made",
  unit: "yes/no",
  value: 0,
  range: [0, 1],
  ask: "Would it harm anybody if an outsider could tell when a person was entered into the system?",
  because: "nothing in the model says that the time is a secret",
});

/** Catalogue of decisions, 25: of each entity whose rows are made while the system runs, as far as there is a choice. */
export const keyType: DecisionRule = {
  id: "key-type",
  area: "storage",
  question: "What are the keys of rows?",
  evidence: "measured",
  sources: [catalogue, "reliability study 2.1: log of an index", "PostgreSQL documentation: full_page_writes"],
  propose: (brief) => {
    const exposureOf = keyExposureOf(brief.facts);
    return brief.model.entities.flatMap((entity) => {
      const exposure = exposureOf(entity);
      // What outsiders hold and what may tell its age has but one kind of key.
      if (!exposure.grows || (exposure.isShown && !exposure.hidesTime)) return [];
      return [{ about: entity.id, question: `What are the keys of ${entity.name}?`, options: optionsOf(brief, entity, exposure) }];
    });
  },
};

function optionsOf(brief: Brief, entity: Entity, exposure: KeyExposure): readonly OptionRule[] {
  const { id, name } = entity;
  const { volume, work } = brief.quantities;
  const isShown = whether(`${id}.key-shown`, `outsiders hold ids of ${name}`, exposure.isShown, id);
  const isOffline = whether(`${id}.key-made-offline`, `${name} is made on devices without a network`, exposure.isMadeOffline, id);
  const hidesTime = whether(`${id}.key-hides-time`, `${name} is about people and does not say since when`, exposure.hidesTime, id);
  const made = greatest(work.writesTo(id), volume.growthOf(id));
  return [
    {
      id: "uuidv7",
      title: "UUIDs that sort by time (version 7)",
      needs: [needThatNot(and(tellsTime, isShown, hidesTime), `whoever holds an id of ${name} reads off when it was made`)],
      ...keyed(brief, entity, exposure.referrers, { bytes: 16, isRandom: false, hours: zero }),
      because: `New rows of ${name} lie at the end of every index, and whoever makes one can name it without asking.`,
      consequence: `An id of ${name} tells to the millisecond when it was made.`,
    },
    {
      id: "bigint",
      title: "numbers from a sequence",
      needs: [
        needThatNot(isShown, `two ids of ${name}, a week apart, tell an outsider how many were made in between`),
        needThatNot(isOffline, `a device without a network cannot ask for the next number`),
        needThatNot(hasSeveralWriters(brief), "several primaries would give the same number twice"),
      ],
      ...keyed(brief, entity, exposure.referrers, { bytes: 8, isRandom: false, hours: secondKind }),
      because: `Nothing is smaller, and nobody outside sees the ids of ${name}.`,
      consequence: `The day that ${name} gets a public route, it needs a second id.`,
    },
    {
      id: "uuidv4",
      title: "random UUIDs (version 4)",
      needs: [
        needAtMost(made, randomMax, `each new row of ${name} changes another page of the index, and the first change logs all of it`),
      ],
      ...keyed(brief, entity, exposure.referrers, { bytes: 16, isRandom: true, hours: zero }),
      because: `An id of ${name} tells nothing at all.`,
      consequence: `The index of ${name} is read and logged all over, and has to lie in memory as a whole.`,
    },
  ];
}

/** Whether rows are made at several places that know nothing of each other. */
function hasSeveralWriters({ decidedIfAny }: Brief): Formula {
  return or(decidedIfAny("database")?.is("postgres-sharded") ?? zero, decidedIfAny("regions")?.is("two-active") ?? zero);
}
