import { durationInWords, type Model, type Operation } from "@archwright/model";
import { code, type Prose } from "../block.ts";
import { codes, prose } from "./prose.ts";

/** What of a context differs between the model of today and the proposed one. */
export interface ContextChange {
  readonly context: string;
  readonly isNew: boolean;
  /** Each as something to do: "SearchEntry is new". */
  readonly changes: readonly Prose[];
  /** The events that it newly tells, and those that it newly hears. */
  readonly tells: readonly string[];
  readonly hears: readonly string[];
  /** Whether it does no more than tell new events: that belongs to the work of those who hear them. */
  readonly isOnlyTelling: boolean;
}

export function contextChanges(before: Model, after: Model): readonly ContextChange[] {
  return after.contexts.flatMap(({ name }) => {
    const change = contextChange(before, after, name);
    return change.isNew || change.changes.length + change.tells.length > 0 ? [change] : [];
  });
}

/** What stands today, and is in no proposed model: ids by what they are. */
export function removedItems(before: Model, after: Model): readonly { readonly kind: string; readonly ids: readonly string[] }[] {
  const gone = (
    kind: string,
    from: readonly string[],
    to: readonly string[],
  ): readonly { readonly kind: string; readonly ids: readonly string[] }[] => {
    const left = new Set(to);
    const ids = from.filter((id) => !left.has(id));
    return ids.length === 0 ? [] : [{ kind, ids }];
  };
  const ids = (items: readonly { readonly id: string }[]): readonly string[] => items.map(({ id }) => id);
  const names = (items: readonly { readonly name: string }[]): readonly string[] => items.map(({ name }) => name);
  return [
    ...gone("contexts", names(before.contexts), names(after.contexts)),
    ...gone("entities", ids(before.entities), ids(after.entities)),
    ...gone("operations", ids(before.operations), ids(after.operations)),
    ...gone("events", ids(before.events), ids(after.events)),
    ...gone("third parties", names(before.integrations), names(after.integrations)),
  ];
}

function contextChange(before: Model, after: Model, name: string): ContextChange {
  const of = ({ entities, operations, reactions, events, jobs }: Model) => ({
    entities: entities.filter(({ context }) => context === name),
    operations: operations.filter(({ context }) => context === name),
    hears: reactions.filter(({ context }) => context === name).map(({ event }) => event),
    tells: events
      .filter(({ id, context }) => context === name && [...operations, ...jobs].some(({ emits }) => emits.includes(id)))
      .map(({ id }) => id),
  });
  const [was, is] = [of(before), of(after)];
  const missing = <T>(list: readonly T[], from: readonly T[]): readonly T[] => list.filter((one) => !from.includes(one));
  const newEntities = missing(
    is.entities.map(({ id }) => id),
    was.entities.map(({ id }) => id),
  );
  const newOperations = missing(
    is.operations.map(({ id }) => id),
    was.operations.map(({ id }) => id),
  );
  const hears = [...new Set(missing(is.hears, was.hears))];
  const tells = missing(is.tells, was.tells);
  const changed = is.operations.flatMap((operation) => {
    const earlier = was.operations.find(({ id }) => id === operation.id);
    return earlier ? operationChanges(earlier, operation, tells) : [];
  });
  const fields = is.entities.flatMap((entity) => {
    const earlier = was.entities.find(({ id }) => id === entity.id);
    return earlier ? fieldChanges(entity.name, earlier.fields, entity.fields) : [];
  });
  const changes = [
    ...(newEntities.length > 0
      ? [prose("it keeps ", codes(newEntities), newEntities.length === 1 ? ", which is new" : ", which are new")]
      : []),
    ...(newOperations.length > 0 ? [prose("new: ", codes(newOperations))] : []),
    ...(hears.length > 0 ? [prose("it hears ", codes(hears))] : []),
    ...fields,
    ...changed,
  ];
  return {
    context: name,
    isNew: !before.contexts.some((context) => context.name === name),
    changes,
    tells,
    hears,
    isOnlyTelling: changes.length === 0,
  };
}

function operationChanges(before: Operation, after: Operation, newEvents: readonly string[]): readonly Prose[] {
  const left = (from: readonly string[], to: readonly string[]): readonly string[] => from.filter((id) => !to.includes(id));
  const waits = (operation: Operation): readonly string[] => [...operation.calls, ...operation.atomic];
  const told = left(after.emits, before.emits).filter((event) => !newEvents.includes(event));
  const [gone, added] = [left(waits(before), waits(after)), left(waits(after), waits(before))];
  const name = code(after.name);
  return [
    ...(gone.length > 0 ? [prose(name, " no longer waits for ", codes(gone))] : []),
    ...(added.length > 0 ? [prose(name, " now asks ", codes(added))] : []),
    ...(told.length > 0 ? [prose(name, " now tells ", codes(told))] : []),
    ...(before.slo?.p99Ms !== after.slo?.p99Ms && after.slo
      ? [
          prose(
            name,
            ` promises ${durationInWords(after.slo.p99Ms)} for 99 of 100 answers${before.slo ? `, after ${durationInWords(before.slo.p99Ms)} today` : ""}`,
          ),
        ]
      : []),
    ...(before.staleMs === undefined && after.staleMs !== undefined
      ? [prose(name, ` may answer with what is ${durationInWords(after.staleMs)} old`)]
      : []),
    ...(before.idempotent !== after.idempotent && after.idempotent === "required"
      ? [prose(name, " acts once for each ", code("Idempotency-Key"))]
      : []),
  ];
}

function fieldChanges(
  entity: string,
  before: Model["entities"][number]["fields"],
  after: Model["entities"][number]["fields"],
): readonly Prose[] {
  const names = (fields: typeof before): readonly string[] => fields.map(({ name }) => name);
  const [added, gone] = [
    names(after).filter((name) => !names(before).includes(name)),
    names(before).filter((name) => !names(after).includes(name)),
  ];
  return [
    ...(added.length > 0 ? [prose(code(entity), " gets ", codes(added))] : []),
    ...(gone.length > 0 ? [prose(code(entity), " loses ", codes(gone), ", once nothing reads it any more")] : []),
  ];
}
