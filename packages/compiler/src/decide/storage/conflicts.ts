import { updatableFields, type Entity, type Step } from "@archwright/model";
import {
  call,
  constant,
  difference,
  exact,
  greatest,
  least,
  named,
  one,
  product,
  quotient,
  sum,
  zero,
  type Formula,
} from "../../formulas/formula.ts";
import { hottestShare } from "../../formulas/storage-laws.ts";
import { msPerSecond, secondsPerDay } from "../../quantities/given.ts";
import { oncePerEntity } from "../once-per-model.ts";
import type { Brief } from "../rule.ts";
import { isChangeable, rowUseOf, type RowUse } from "./row-use.ts";
import { largestTenant } from "./tenants.ts";

/** How often two change the same row at once: what isolation and locking are there for. */
export interface Conflicts {
  /** Whether the rows of one are also the concern of others: what only its owner sees hardly ever meets itself. */
  readonly isShared: boolean;
  /** Operations that change rows that exist, or may do so. */
  readonly changers: readonly string[];
  /** Changes a second, at the peak, to the row that is changed most: by operations, and by people at the routes of the entity. */
  readonly hotByOperations: Formula;
  readonly hotByPeople: Formula;
  /** The share of all changes that the busiest row gets. */
  readonly hottest: Formula;
  /** The longest that an operation has a row in its hands, and a person. */
  readonly heldSeconds: Formula;
  readonly editSeconds: Formula;
}

const popularity = constant(
  "conflict-popularity",
  "exponent of Zipf's law for the rows that are changed, where everybody sees all of them",
  0.8,
  "count",
  "general",
  "as for what is read; to be measured from a log",
  [0.5, 1.1],
);
const editPopularity = constant(
  "conflict-edit-popularity",
  "exponent of Zipf's law for the rows that people edit",
  0.3,
  "count",
  "general",
  "people edit what is new, or theirs; to be measured from a log",
  [0, 0.8],
);
const editsPerDay = constant(
  "conflict-edits",
  "share of the rows that somebody edits in a day",
  0.02,
  "share",
  "general",
  "to be calibrated by a first week of logs",
  [0.001, 0.5],
);
const editSeconds = constant(
  "conflict-edit-time",
  "seconds that a person has a row on the screen before saving it",
  60,
  "s",
  "general",
  "a short form",
  [10, 600],
);

export const conflictsOf = oncePerEntity(newConflictsOf);

function newConflictsOf(brief: Brief): (entity: Entity) => Conflicts {
  const { facts, quantities } = brief;
  const useOf = rowUseOf(facts);
  const tenants = tenantsOf(facts.model.entities);
  return (entity) => {
    const use = useOf(entity);
    const changers = changersOf(brief, entity, use);
    const rows = greatest(one, quantities.volume.rowsAtHorizonOf(entity.id));
    const spread = call(hottestShare, rows, use.isPrivate ? zero : popularity);
    const share = tenants.has(entity.id) ? greatest(spread, largestTenant(brief)) : spread;
    const changes = sum(...changers.map((id) => quantities.load.peakOf(id)));
    const edits = isEdited(entity) ? quotient(product(rows, editsPerDay), secondsPerDay) : zero;
    const { name } = entity;
    return {
      isShared: !use.isPrivate || tenants.has(entity.id),
      changers,
      hotByOperations: named(
        `${entity.id}.hot-changes`,
        `changes to the busiest row of ${name} at the peak`,
        "/s",
        product(changes, share),
      ),
      hotByPeople: named(
        `${entity.id}.hot-edits`,
        `edits of the busiest row of ${name}`,
        "/s",
        product(edits, call(hottestShare, rows, use.isPrivate ? zero : editPopularity)),
      ),
      hottest: share,
      heldSeconds: quotient(greatest(zero, ...changers.map((id) => quantities.work.databaseMsOf(id))), msPerSecond),
      editSeconds,
    };
  };
}

/** The entities whose rows are the tenants of others. */
function tenantsOf(entities: readonly Entity[]): ReadonlySet<string> {
  return new Set(
    entities.flatMap(({ fields, tenant }) =>
      fields.flatMap((field) => (field.kind === "ref" && field.name === tenant ? [field.entity] : [])),
    ),
  );
}

/** Code that is no data may change whatever can be changed. */
function changersOf({ facts }: Brief, entity: Entity, { steps }: RowUse): readonly string[] {
  const recorded = steps.flatMap(({ item, step }) => (changingKinds.has(step.kind) ? [item] : []));
  const opaque = entity.fields.some(isChangeable) ? facts.useOf(entity.id).opaqueWriters : [];
  return [...new Set([...recorded, ...opaque])].filter((id) => facts.items.operations.has(id));
}

const changingKinds = new Set<Step["kind"]>(["update", "transition", "change", "remove"]);

/** Whether people change rows at the routes of the entity. */
export const isEdited = (entity: Entity): boolean =>
  entity.access.some(({ can }) => can.includes("update")) && updatableFields(entity).length > 0;

/** Milliseconds until what only one can have is free, when it is in use for that share of the time, so many seconds each. */
export const waitForOne = (use: Formula, heldSeconds: Formula): Formula =>
  product(heldSeconds, msPerSecond, quotient(use, difference(one, least(use, exact(0.99)))));
