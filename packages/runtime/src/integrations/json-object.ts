import type { JsonRecord, JsonValue } from "@archwright/model";

/** JSON of a stranger as an object; one without anything in it where it is something else. */
export function jsonObject(json: JsonValue | undefined): JsonRecord {
  return typeof json === "object" && json !== null && !Array.isArray(json) ? (json as JsonRecord) : {}; // What is left of a JsonValue.
}

/** What an object holds itself: a name such as "constructor" finds nothing else. */
export function ownValue(object: JsonRecord, name: string): JsonValue | undefined {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

export function ownText(object: JsonRecord, name: string): string | undefined {
  const value = ownValue(object, name);
  return typeof value === "string" ? value : undefined;
}

/** Bytes as JSON, or undefined where they are none. */
export function parsedJson(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text) as JsonValue; // JSON.parse answers nothing else.
  } catch {
    return undefined;
  }
}
