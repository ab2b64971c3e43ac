import type { Ajv2020 } from "ajv/dist/2020.js";
import { fullFormats } from "ajv-formats/dist/formats.js";

/** The formats that schemas of a model name. */
export function addFormats(ajv: Ajv2020): void {
  ajv.addFormat("email", fullFormats.email);
  ajv.addFormat("uri", fullFormats.uri);
  ajv.addFormat("date", { type: "string", validate: isDate });
  ajv.addFormat("date-time", { type: "string", validate: isTime });
}

/** A day of the calendar. PostgreSQL, like the calendar, has no year 0. */
function isDate(text: string): boolean {
  if (!/^(?!0000)\d{4}-\d\d-\d\d$/.test(text)) return false;
  const midnight = new Date(`${text}T00:00:00Z`);
  // A Date takes 31 February for 3 March.
  return !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(text);
}

/** A time of RFC 3339, less the leap seconds and the spellings that a Date does not read, and in the years 1 to 9999 of UTC. */
function isTime(text: string): boolean {
  if (!timeForm.test(text) || !isDate(text.slice(0, 10))) return false;
  const time = Date.parse(text);
  return time >= firstMs && time <= lastMs;
}

const firstMs = Date.parse("0001-01-01T00:00:00.000Z");
const lastMs = Date.parse("9999-12-31T23:59:59.999Z");

const timeForm = /^\d{4}-\d\d-\d\dT([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,9})?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/;
