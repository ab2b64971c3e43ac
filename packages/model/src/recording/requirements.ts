import type { Requirements } from "../model/model.ts";
import { itemId } from "./item-id.ts";
import type { SystemRecord, SystemSaid } from "./records.ts";
import type { Place } from "./origin.ts";
import { budgetPerMonth, count, durationMs, growthPerYear, quantity, ratePerSecond, share } from "./units.ts";

export function requirementsOf({ said, place }: SystemRecord): Requirements {
  return {
    ...(said.users !== undefined && { users: quantity<number>(said.users as number, (value) => count(value, place)) }), // Known<number> in the language.
    ...(said.tenants && { tenants: tenantsOf(said.tenants, place) }),
    clients: named(said.clients),
    ...(said.team !== undefined && { team: quantity<number>(said.team as number, (value) => value) }), // Known<number> in the language.
    skills: named(said.skills),
    ...(said.budget !== undefined && { budget: budgetOf(said.budget) }),
    ...(said.region !== undefined && { region: said.region }),
    comply: [...(said.comply ?? [])].sort(),
    ...(said.availability !== undefined && { availability: share(said.availability, place) }),
    ...(said.rpo !== undefined && { rpoMs: durationMs(said.rpo, place) }),
    ...(said.rto !== undefined && { rtoMs: durationMs(said.rto, place) }),
    load: (said.load ?? []).map(({ on, mean, peak }) => ({
      operation: itemId(on),
      meanPerSecond: quantity<string>(mean as string, ratePerSecond), // Known<Rate> in the language, like `peak`.
      ...(peak !== undefined && { peakPerSecond: quantity<string>(peak as string, ratePerSecond) }),
    })),
    ...(said.growth !== undefined && {
      growthPerYear: quantity<string>(said.growth as string, (text) => growthPerYear(text, place)),
    }), // Known<Percent> in the language.
    pins: Object.entries(said.pin ?? {}).flatMap(([decision, pin]) => (pin ? [{ decision, ...pin }] : [])),
    accept: said.accept ?? {},
  };
}

function tenantsOf({ count: many, largest }: NonNullable<SystemSaid["tenants"]>, place: Place): NonNullable<Requirements["tenants"]> {
  return {
    count: quantity<number>(many as number, (value) => count(value, place)),
    ...(largest !== undefined && { largestShare: quantity<string>(largest as string, (text) => share(text, place)) }),
  }; // Typed by the language as Known<number> and Known<Percent>.
}

/** In an order of their own, each once: the same meaning is the same bytes. */
const named = (words: readonly string[] = []): readonly string[] => [...new Set(words)].sort();

function budgetOf(said: unknown): NonNullable<Requirements["budget"]> {
  const known = typeof said === "string" ? said : (said as { assumed: string }).assumed; // Known<Budget> in the language.
  return { perMonth: quantity<string>(said as string, (text) => budgetPerMonth(text).amount), currency: budgetPerMonth(known).currency };
}
