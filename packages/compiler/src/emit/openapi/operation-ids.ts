import { plural, type Route } from "@archwright/model";
import { shortName } from "../../lint/phrases.ts";

/** What clients that are generated call a route's function. */
export interface Named {
  readonly short: string;
  /** Told apart by its context; asked for where the short name is taken. */
  readonly long: string;
}

export function routeName(route: Route): Named {
  if (route.kind === "operation") return { short: shortName(route.operation), long: route.operation };
  const entity = shortName(route.entity);
  const short = `${route.kind}${route.kind === "list" ? plural(entity) : entity}`;
  return { short, long: `${route.entity}.${route.kind}` };
}

/** One id for each, in order: the short name where it is the only one of its kind. */
export function operationIds(names: readonly Named[]): readonly string[] {
  const times = new Map<string, number>();
  for (const { short } of names) times.set(short, (times.get(short) ?? 0) + 1);
  return names.map(({ short, long }) => (times.get(short) === 1 ? short : long));
}
