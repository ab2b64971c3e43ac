import { wordsOf, type Entity, type Field, type Role } from "@archwright/model";
import type { PlacedField } from "./nested-fields.ts";
import { wordSet } from "./word-set.ts";

/**
 * Whether a field looks as if it held personal data: by its kind, or by a name that means a person wherever it stands, or by a name that
 * means one where the row is a person's (`name`, `address`).
 */
export function looksPersonal(field: Field, ofPerson: boolean): boolean {
  if (field.kind === "email" || field.kind === "phone") return true;
  if (!holdsWords.has(field.kind)) return false;
  const words = wordsOf(field.name);
  return personalWhereverItStands(words) || (ofPerson && personalWords.has(words.at(-1) ?? ""));
}

/** The fields that look personal and do not say so. What a field declares holds for those inside it; the items of a person's list are things. */
export function undeclaredPersonalFields(fields: readonly Field[], path: string, ofPerson = false): readonly PlacedField[] {
  return fields.flatMap((field) => {
    if (field.personal) return [];
    const at = `${path}.${field.name}`;
    if (looksPersonal(field, ofPerson)) return [{ path: at, field }];
    return "fields" in field ? undeclaredPersonalFields(field.fields, at, ofPerson && field.kind === "json") : [];
  });
}

/** Whether the rows of an entity are people: by its name, or because they sign in and can be reached. */
export function isPerson(entity: Entity, roles: readonly Role[]): boolean {
  if (personWords.has(wordsOf(entity.name).at(-1) ?? "")) return true;
  const isActor = roles.some(({ actor }) => actor === entity.id);
  return isActor && entity.fields.some(({ kind }) => kind === "email" || kind === "phone");
}

const holdsWords = new Set<Field["kind"]>(["text", "date", "json", "list", "int", "file", "oneOf"]);

function personalWhereverItStands(words: readonly string[]): boolean {
  const pairs = words.map((word, at) => `${word}-${words[at + 1] ?? ""}`);
  return words.some((word) => strongWords.has(word)) || pairs.some((pair) => strongPairs.has(pair));
}

const strongWords = wordSet(`
  birth birthday birthdate surname firstname lastname fullname passport iban ssn gender religion ethnicity diagnosis
`);

const strongPairs = wordSet(`
  first-name last-name full-name given-name family-name middle-name maiden-name home-address postal-address street-address
  billing-address shipping-address delivery-address ip-address national-id social-security driving-licence
  medical-history
`);

const personalWords = wordSet(`
  name nickname address street city postcode zip age photo avatar portrait location allergies medication nationality
`);

const personWords = wordSet(`
  user person customer employee patient member guest contact student teacher driver rider profile applicant candidate subscriber
  doctor nurse caregiver parent child passenger recipient visitor attendee buyer seller relative
`);
