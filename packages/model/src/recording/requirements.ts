import type { Requirements } from "../model/model.ts";
import { itemId } from "./item-id.ts";
import type { SystemRecord } from "./records.ts";
import { budgetPerMonth, durationMs, quantity, ratePerSecond, share } from "./units.ts";

export function requirementsOf({ said, place }: SystemRecord): Requirements {
  return {
    ...(said.team !== undefined && { team: quantity<number>(said.team as number, (value) => value) }), // Known<number> in the language.
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
    pins: Object.entries(said.pin ?? {}).flatMap(([decision, pin]) => (pin ? [{ decision, ...pin }] : [])),
    accept: said.accept ?? {},
  };
}

function budgetOf(said: unknown): NonNullable<Requirements["budget"]> {
  const known = typeof said === "string" ? said : (said as { assumed: string }).assumed; // Known<Budget> in the language.
  return { perMonth: quantity<string>(said as string, (text) => budgetPerMonth(text).amount), currency: budgetPerMonth(known).currency };
}
