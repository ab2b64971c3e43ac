import { wordsOf, type Field, type Model } from "@archwright/model";
import { nestedFields, type PlacedField } from "../../facts/nested-fields.ts";
import { undeclaredPersonalFields } from "../../facts/personal-data.ts";
import { wordSet } from "../../facts/word-set.ts";

/** Fields about people: those that say so, and those that look it. */
export function personalFields(fields: readonly Field[], path: string): readonly PlacedField[] {
  const declared = nestedFields(fields, path).filter(({ field }) => field.personal !== undefined);
  return [...declared, ...undeclaredPersonalFields(fields, path)];
}

/** Of these, by their own names and those of the entities that they are in, what Article 9 of the GDPR and every health law protect above the rest. */
export const isSpecial = ({ path }: PlacedField): boolean =>
  path
    .split(".")
    .slice(1)
    .some((part) => wordsOf(part).some((word) => specialWords.has(word)));

const known = new WeakMap<Model, readonly PlacedField[]>();

/** Of all entities; several decisions ask, and to look at every name takes its time. */
export function personalFieldsKept(model: Model): readonly PlacedField[] {
  const kept = known.get(model) ?? model.entities.flatMap(({ id, fields }) => personalFields(fields, id));
  known.set(model, kept);
  return kept;
}

/** What the language calls a secret: keys and passwords for others, which the system has to read again. */
export function secretFieldsKept({ entities }: Model): readonly PlacedField[] {
  return entities.flatMap(({ id, fields }) => nestedFields(fields, id)).filter(({ field }) => field.kind === "secret");
}

const specialWords = wordSet(`
  diagnosis diagnoses religion ethnicity gender allergies allergy medication disability biometric fingerprint genome
  medicine medicines prescription prescriptions dose doses patient patients health vaccination vaccinations
  illness disease symptom symptoms therapy treatment union orientation conviction blood
`);
