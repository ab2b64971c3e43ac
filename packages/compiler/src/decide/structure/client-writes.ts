import { rolesThatMay, type Entity } from "@archwright/model";
import { exact, greatest, least, one, product, quotient, sum, zero, type Formula } from "../../formulas/formula.ts";
import { msPerSecond, secondsPerMonth } from "../../quantities/given.ts";
import type { Brief } from "../rule.ts";
import { transactionOf } from "./transaction.ts";

/** What clients change, and how often two of them change the same. */
export interface ClientWrites {
  readonly entities: readonly Entity[];
  /** Those that move through states, which must not be set but moved. */
  readonly moved: readonly Entity[];
  /** The share of changes made without a network that meet another change, of the entity where it is highest. */
  readonly conflictShare: Formula;
  /** Of all entities together, in a month. */
  readonly conflicts: Formula;
}

/**
 * @param awayMs How long a device is without a network when it is.
 * @param awayShare The share of changes that are made then.
 */
export function clientWritesOf(brief: Brief, awayMs: Formula, awayShare: Formula): ClientWrites {
  const { facts, model } = brief;
  const asked = model.operations.filter(({ allow }) => allow.kind !== "system");
  const written = new Set(asked.flatMap((operation) => transactionOf(facts.calls, operation).flatMap(({ writes }) => writes)));
  const entities = model.entities.filter(
    (entity) =>
      written.has(entity.id) || (["create", "update", "delete"] as const).some((action) => rolesThatMay(entity, action).length > 0),
  );
  const changed = entities.map(({ id }) => ({ changes: changesOf(brief, id), share: meetingShare(brief, id, awayMs) }));
  return {
    entities,
    moved: entities.filter(({ fields }) => fields.some(({ kind }) => kind === "state")),
    conflictShare: greatest(zero, ...changed.map(({ share }) => share)),
    conflicts: product(sum(...changed.map(({ changes, share }) => product(changes, share))), awayShare, secondsPerMonth),
  };
}

/** A second, on the average: a new row meets no other. */
function changesOf({ facts, quantities }: Brief, entity: string): Formula {
  const { writers, creators } = facts.useOf(entity);
  const changers = writers.filter((id) => facts.items.operations.has(id) && !creators.includes(id));
  return sum(...changers.map((id) => quantities.load.meanOf(id)));
}

/** Changes of one row in the time that a device is away: an upper bound of the chance that there is one, as long as it is small. */
function meetingShare(brief: Brief, entity: string, awayMs: Formula): Formula {
  const changes = changesOf(brief, entity);
  if (changes.kind === "exact") return zero;
  const rows = greatest(exact(1), brief.quantities.volume.rowsAtHorizonOf(entity));
  return least(one, quotient(product(changes, quotient(awayMs, msPerSecond)), rows));
}
