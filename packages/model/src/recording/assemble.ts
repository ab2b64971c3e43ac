import type { Model, Origin } from "../model/model.ts";
import { modelVersion } from "../model/model.ts";
import { assembleContexts, type Gathered } from "./gather.ts";
import { contextOf, entityOf, eventOf, integrationOf, jobOf, messageOf, operationOf, reactionOf, roleOf } from "./items.ts";
import type { Handler } from "./handler.ts";
import { ModelError } from "./model-error.ts";
import { openWithoutRoles } from "./open-access.ts";
import { here, originOf, type Place } from "./origin.ts";
import { hasRecord, recordOf, type SystemRecord } from "./records.ts";
import { requirementsOf } from "./requirements.ts";
import { freeze } from "../model/canonical.ts";

export interface Assembled {
  readonly model: Model;
  /** The functions of operations that are handled in code, by the id of the operation. They are called with the scope of the operation. */
  readonly handlers: ReadonlyMap<string, Handler>;
}

/**
 * Turns the default export of a model file into the canonical model and the handlers that belong to it.
 *
 * @throws ModelError where the author's items do not make a model: at his line.
 */
export function assemble(defaultExport: unknown): Assembled {
  if (!hasRecord(defaultExport, "system")) throw noSystem(defaultExport);
  const system = recordOf<SystemRecord>(defaultExport, "system");
  const gathered = assembleContexts(system);
  const origins = new Map<string, Origin>();
  const at = (path: string, place: Place): void => {
    const origin = originOf(place);
    if (origin) origins.set(path, origin);
  };
  at(system.name, system.place);
  const items = itemsOf(gathered, at, origins);
  const model: Model = {
    version: modelVersion,
    name: system.name,
    requirements: requirementsOf(system),
    ...items,
    origins: Object.fromEntries([...origins].sort(byPath)),
  };
  return { model: freeze(model), handlers: gathered.handlers };
}

/** The lists of the model. */
type Items = Omit<Model, "version" | "name" | "requirements" | "origins">;

function itemsOf(gathered: Gathered, at: (path: string, place: Place) => void, origins: Map<string, Origin>): Items {
  for (const record of [...gathered.entities, ...gathered.operations, ...gathered.events, ...gathered.calls])
    for (const [path, origin] of record.origins) origins.set(path, origin);
  const roles = gathered.roles.map((record) => roleOf(record, at)).sort(by((item) => item.name));
  const entities = gathered.entities.map((record) => entityOf(record, at)).sort(by((item) => item.id));
  return {
    roles,
    entities: openWithoutRoles(entities, roles),
    contexts: gathered.contexts.map((record) => contextOf(record, at)).sort(by((item) => item.name)),
    operations: gathered.operations.map((record) => operationOf(record, at)).sort(by((item) => item.id)),
    events: gathered.events.map((record) => eventOf(record, at)).sort(by((item) => item.id)),
    integrations: gathered.integrations.map((record) => integrationOf(record, at)).sort(by((item) => item.name)),
    reactions: gathered.reactions.map((record) => reactionOf(record, at)).sort(by((item) => item.id)),
    messages: gathered.messages.map((record) => messageOf(record, at)).sort(by((item) => item.id)),
    jobs: gathered.jobs.map((record) => jobOf(record, at)).sort(by((item) => item.id)),
  };
}

const by =
  <T>(key: (item: T) => string) =>
  (left: T, right: T): number =>
    key(left) < key(right) ? -1 : key(left) > key(right) ? 1 : 0;
const byPath = by<[string, Origin]>(([path]) => path);

function noSystem(found: unknown): ModelError {
  const what = found === undefined ? "There is no default export" : "The default export is no system";
  return new ModelError(
    {
      code: "model/no-system",
      message: `${what}.`,
      why: "The system is where a model begins: it names the contexts, the load and the promises.",
      fix: 'End the file with: export default system("name", { contexts: [...] });',
    },
    [here()],
  );
}
