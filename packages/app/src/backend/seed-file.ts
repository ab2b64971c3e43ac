import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { actorFields, credentialFields, lookupOf, type Field, type JsonValue, type Lookup, type Model, type Role } from "@archwright/model";
import { Failure } from "../command.ts";
import { faultsOf, isRecord } from "./seed-fields.ts";

/** What a new development database begins with: `seed.json` beside the model. */
export interface Seeds {
  /** As people are shown it. */
  readonly file: string;
  /** Another text has another digest. */
  readonly digest: string;
  readonly accounts: readonly SeedAccount[];
  /** By the id of their entity. */
  readonly rows: { readonly [entity: string]: readonly SeedRow[] };
}

export interface SeedAccount {
  readonly role: string;
  readonly email: string;
  readonly password: string;
  readonly actor?: SeedRow;
}

export type SeedRow = { readonly [field: string]: JsonValue };

export const seedFileOf = (modelFile: string): string => join(dirname(modelFile), "seed.json");

/**
 * The seeds of a model, or nothing where there is no file.
 *
 * @param folder the file is named from here
 * @throws Failure that names the row, the field and what is expected
 */
export function readSeeds(modelFile: string, model: Model, folder: string): Seeds | undefined {
  const path = seedFileOf(modelFile);
  const text = textOf(path);
  if (text === undefined) return undefined;
  const file = relative(folder, path);
  const found = parse(text, file);
  const faults = [...faultsOfParts(found), ...faultsOfAccounts(found["accounts"], model), ...faultsOfRows(found["rows"], model)];
  if (faults.length > 0) throw wrongSeeds(file, faults);
  const { accounts = [], rows = {} } = found as Partial<Seeds>; // Every part has just been looked at.
  return { file, digest: createHash("sha256").update(text).digest("hex").slice(0, 16), accounts, rows };
}

/** @param faults a sentence each, without the full stop */
export function wrongSeeds(file: string, [first = "", ...others]: readonly string[], cause?: unknown): Failure {
  const more = others.length === 0 ? "" : ` And ${others.length} more like it.`;
  return new Failure(
    {
      what: `${file} cannot be planted: ${first}.${more}`,
      why: "A development database begins with all of its rows or is not made, so there is none now.",
      fix: `Correct ${file}, or move it away to begin without rows.`,
    },
    cause,
  );
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}

function parse(text: string, file: string): Readonly<Record<string, unknown>> {
  let found: unknown;
  try {
    found = JSON.parse(text);
  } catch (error) {
    throw wrongSeeds(file, [`it is no JSON ${placeIn(text)}: ${reasonOf(error)}`], error);
  }
  if (isRecord(found)) return found;
  throw wrongSeeds(file, ['it must be an object, as in { "accounts": [], "rows": {} }']);
}

/** Not every version of V8 says where it stopped, but each stops at the end of a text that is good so far. */
function placeIn(text: string): string {
  let [good, bad] = [0, text.length + 1];
  while (good + 1 < bad) {
    const middle = (good + bad) >> 1;
    if (isGoodSoFar(text.slice(0, middle))) good = middle;
    else bad = middle;
  }
  const before = text.slice(0, good);
  return `at line ${before.split("\n").length}, column ${good - before.lastIndexOf("\n")}`;
}

function isGoodSoFar(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch (error) {
    const message = String(error);
    return /Unexpected end|Unterminated/.test(message) || Number(/at position (\d+)/.exec(message)?.[1]) >= text.length;
  }
}

/** Without the place, and without the text that it repeats. */
function reasonOf(error: unknown): string {
  const [reason = ""] = (error instanceof Error ? error.message : String(error)).split(
    /(?: in| after) JSON at| in JSON| \(line|, (?:\.\.\.)?"/,
  );
  return reason;
}

function faultsOfParts(found: Readonly<Record<string, unknown>>): readonly string[] {
  const strange = Object.keys(found).filter((name) => name !== "accounts" && name !== "rows");
  return strange.map((name) => `"${name}" is no part of it; its parts are accounts and rows`);
}

function faultsOfAccounts(accounts: unknown, model: Model): readonly string[] {
  if (accounts === undefined) return [];
  if (!Array.isArray(accounts)) return ["accounts must be a list"];
  const lookup = lookupOf(model);
  return accounts.flatMap((account: unknown, index) =>
    faultsOfAccount(account, model, lookup).map((fault) => `account ${index + 1}: ${fault}`),
  );
}

function faultsOfAccount(account: unknown, model: Model, lookup: Lookup): readonly string[] {
  const role = isRecord(account) ? model.roles.find(({ name }) => name === account["role"]) : undefined;
  // Nobody knows what the actor of an unknown role is.
  const judged = isRecord(account) && !role ? { ...account, actor: undefined } : account;
  return faultsOf(judged, accountFields(role, model, lookup), lookup);
}

/** The credentials, and the fields of the actor's row, whose email is that of the account. */
function accountFields(role: Role | undefined, model: Model, lookup: Lookup): readonly Field[] {
  const roleField: Field = { kind: "oneOf", name: "role", values: model.roles.map(({ name }) => name) };
  if (role?.actor === undefined) return [roleField, ...credentialFields, { kind: "json", name: "actor", fields: [], optional: true }];
  // Rows of the file may refer to the actor, if it has its id from the file too.
  const id = lookup
    .entity(role.actor)
    .fields.filter(({ kind }) => kind === "id")
    .map((field) => ({ ...field, optional: true }) as const);
  const others = actorFields(model, role).filter(({ name }) => name !== "email");
  const required = others.some((field) => !field.optional && field.default === undefined);
  const actor: Field = { kind: "json", name: "actor", fields: [...id, ...others], ...(!required && { optional: true }) };
  return [roleField, ...credentialFields, actor];
}

function faultsOfRows(rows: unknown, model: Model): readonly string[] {
  if (rows === undefined) return [];
  if (!isRecord(rows)) return ['rows must be an object of lists, as in { "catalog.Product": [] }'];
  const lookup = lookupOf(model);
  return Object.entries(rows).flatMap(([id, list]): readonly string[] => {
    const entity = model.entities.find((candidate) => candidate.id === id);
    if (!entity) return [`it has rows of "${id}"; the entities are ${model.entities.map((candidate) => candidate.id).join(", ")}`];
    if (!Array.isArray(list)) return [`${id} must be a list of rows`];
    const fields = entity.fields.map(rowField);
    return list.flatMap((row: unknown, index) => faultsOf(row, fields, lookup).map((fault) => `row ${index + 1} of ${id}: ${fault}`));
  });
}

/** A row is born with an id, its first state, the time, and empty lists, unless they are said. */
function rowField(field: Field): Field {
  const born = field.kind === "id" || field.kind === "state" || field.now || (field.kind === "list" && field.min === undefined);
  return born ? { ...field, optional: true } : field;
}
