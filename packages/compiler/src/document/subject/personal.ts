import type { Field, Model, Returns } from "@archwright/model";
import { isPerson } from "../../facts/personal-data.ts";

/** Personal data as an item declares it. */
export interface PersonalField {
  /** `medicines.name`. */
  readonly path: string;
  readonly basis: "contract" | "consent" | "legal" | "legitimate-interest";
  readonly keepMs: number;
}

/** The outermost fields that declare themselves personal: what is inside them is so too. */
export function personalIn(fields: readonly Field[], before = ""): readonly PersonalField[] {
  return fields.flatMap((field) => {
    const path = `${before}${field.name}`;
    if (field.personal) return [{ path, basis: field.personal.basis, keepMs: field.personal.keepMs }];
    return "fields" in field ? personalIn(field.fields, `${path}.`) : [];
  });
}

/** Whether an id in these fields leads to a person: to a row that is a person, or of whom personal data are kept. */
export function leadsToPerson(fields: readonly Field[], model: Model): boolean {
  const people = peopleOf(model);
  const leads = (field: Field): boolean =>
    ("entity" in field && people.has(field.entity)) || ("fields" in field && field.fields.some(leads));
  return fields.some(leads);
}

const known = new WeakMap<Model, ReadonlySet<string>>();

function peopleOf(model: Model): ReadonlySet<string> {
  const made = known.get(model);
  if (made) return made;
  const actors = model.entities.filter((entity) => isPerson(entity, model.roles)).map(({ id }) => id);
  const described = model.entities.filter(({ fields }) => personalIn(fields).length > 0).map(({ id }) => id);
  const people = new Set([...actors, ...described]);
  known.set(model, people);
  return people;
}

/** What an operation answers, as fields. */
export function fieldsReturned(returns: Returns, { entities }: Pick<Model, "entities">): readonly Field[] {
  const fieldsOf = (id: string): readonly Field[] => entities.find((entity) => entity.id === id)?.fields ?? [];
  switch (returns.kind) {
    case "nothing":
      return [];
    case "entity":
      return fieldsOf(returns.entity);
    case "field":
      return returns.field.kind === "page" ? fieldsOf(returns.field.entity) : [returns.field];
    case "record":
      return returns.fields;
  }
}
