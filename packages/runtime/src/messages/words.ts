import { toJson, type Field } from "@archwright/model";

/** Fills `{field}` with the event's value, as a person would write it. */
export function words(text: string, fields: readonly Field[], event: Readonly<Record<string, unknown>>): string {
  return text.replace(/\{(\w+)\}/g, (slot, name: string) => {
    const field = fields.find((candidate) => candidate.name === name);
    return field ? asWords(field, event[name]) : slot;
  });
}

function asWords(field: Field, value: unknown): string {
  if (value === null || value === undefined) return "";
  const json = toJson(field, value);
  if (field.kind === "money" && typeof json === "object" && json !== null && "amount" in json)
    return moneyInWords(Number(json["amount"]), field.currency);
  if (field.kind === "time" && typeof json === "string") return json.slice(0, 16).replace("T", " ");
  return typeof json === "string" ? json : JSON.stringify(json);
}

/** 1299 → "12.99 EUR", with as many places as the currency has. */
function moneyInWords(minorUnits: number, currency: string): string {
  const places = new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits ?? 2;
  return `${(minorUnits / 10 ** places).toFixed(places)} ${currency}`;
}
