import { inputSchema, outOfBounds, type Field, type JsonSchema, type SchemaScope } from "@archwright/model";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import type { InvalidField } from "../problem.ts";
import { complaintsMax, complaintsOf, shownName } from "./complaints.ts";
import { addFormats } from "./formats.ts";

/** Says what is wrong with a record of JSON: nothing, if it is what the fields say. `bytes` is how much there is to read. */
export type Check = (json: unknown, bytes: number) => readonly InvalidField[];

export type CompileCheck = (fields: readonly Field[], schema?: JsonSchema) => Check;

/**
 * Compiles schemas of fields to checks. Nothing is coerced, filled in or removed. A check stops at the first fault, which makes it fast
 * and leaves a hostile body no work to cause; only when it has found one is a second one, made then, asked for all of them.
 */
export function createChecks(scope: SchemaScope): CompileCheck {
  const fast = validators(false);
  let thorough: Ajv2020 | undefined;
  return (fields, schema = inputSchema(scope, fields)) => {
    if (fields.length === 0) return nothingKnown;
    const isValid = fast.compile(schema);
    let explain: ValidateFunction | undefined;
    return (json, bytes) => {
      if (isValid(json)) return boundsOf(fields, json);
      if (bytes > explainedBytesMax) return complaintsOf(isValid.errors ?? [], fields, scope.lookup);
      explain ??= (thorough ??= validators(true)).compile(schema);
      explain(json);
      return complaintsOf(explain.errors ?? [], fields, scope.lookup);
    };
  };
}

/** Most routes take nothing in one place or another, and a validator that says so takes as long to compile as any. */
const nothingKnown: Check = (json) => {
  if (typeof json !== "object" || json === null || Array.isArray(json)) return [{ path: "", message: "must be an object" }];
  const names = Object.keys(json).slice(0, complaintsMax);
  return names.map((name) => ({ path: shownName(name), message: "is not known: nothing is taken here" }));
};

function validators(allErrors: boolean): Ajv2020 {
  // The schemas are our own: to check them against the schema of schemas takes longer than all the rest of a start.
  const ajv = new Ajv2020({ allErrors, strict: false, meta: false, validateSchema: false, addUsedSchema: false });
  addFormats(ajv);
  return ajv;
}

function boundsOf(fields: readonly Field[], json: unknown): readonly InvalidField[] {
  return outOfBounds(fields, json).map(({ pointer, detail }) => ({ path: pointer.slice(1).replaceAll("/", "."), message: detail }));
}

/** To name everything that is wrong with more than this is work that a hostile caller could ask for. */
const explainedBytesMax = 65_536;
