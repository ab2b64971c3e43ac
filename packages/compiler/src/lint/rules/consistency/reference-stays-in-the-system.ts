import type { Model } from "@archwright/model";
import type { Items } from "../../../facts/items.ts";
import type { HeldField } from "../../../facts/nested-fields.ts";
import { defineRule } from "../../rule.ts";

export const referenceStaysInTheSystem = defineRule({
  code: "consistency/reference-stays-in-the-system",
  severity: "error",
  message: "{path} names {target}, whose context is not in {system}.",
  why: "When the system runs, nothing of {target} is there: no table, no route, no row.",
  fix: "Add its context to `contexts` of {system}.",
  check({ model, items, fields }, report) {
    for (const { path, target } of [...references(fields), ...namedItems(model)]) {
      if (!isKnown(target, items)) report(path, { path, target, system: model.name });
    }
  },
});

interface Naming {
  readonly path: string;
  readonly target: string;
}

function references(fields: readonly HeldField[]): readonly Naming[] {
  return fields.flatMap(({ path, field }) => ("entity" in field ? [{ path, target: field.entity }] : []));
}

function namedItems(model: Model): readonly Naming[] {
  return [
    ...[...model.operations, ...model.jobs].flatMap(({ id, reads, writes, atomic, emits }) =>
      names(id, [...reads, ...writes, ...atomic, ...emits]),
    ),
    ...model.operations.flatMap(({ id, calls }) => names(id, calls)),
    ...model.jobs.flatMap(({ id, does }) => (does.kind === "command" ? names(id, [does.command]) : [])),
    ...model.reactions.flatMap(({ id, event, command }) => names(id, [event, command])),
    ...names(
      model.name,
      model.requirements.load.map(({ operation }) => operation),
    ),
    ...model.messages.flatMap(({ id, event }) => names(id, [event])),
    ...model.roles.flatMap(({ name, actor }) => (actor === undefined ? [] : names(name, [actor]))),
  ];
}

const names = (path: string, targets: readonly string[]): readonly Naming[] => targets.map((target) => ({ path, target }));

function isKnown(target: string, { entities, operations, events, externalCalls }: Items): boolean {
  return entities.has(target) || operations.has(target) || events.has(target) || externalCalls.has(target);
}
