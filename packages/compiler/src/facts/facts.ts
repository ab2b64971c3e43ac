import type { Model } from "@archwright/model";
import { availabilityOf, type ChainAvailability } from "./availability.ts";
import { bodiesOf, type RecordedBody } from "./bodies.ts";
import { callGraphOf, type CallGraph } from "./call-graph.ts";
import { dependenciesOf, type Dependency } from "./context-graph.ts";
import { entityUseOf, type EntityUse } from "./entity-use.ts";
import { eventFlowOf, type EventFlow } from "./event-flow.ts";
import { itemsOf, type Items } from "./items.ts";
import { heldFields, type HeldField } from "./nested-fields.ts";
import { lifecyclesOf, type Lifecycle } from "./lifecycles.ts";
import { ratesOf, type Rate } from "./rates.ts";
import { selectionsOf, type Selection } from "./selections.ts";
import { valueFlowsOf, type ValueFlow } from "./value-flows.ts";
import { waitingOf, type Waiting } from "./waiting.ts";

/** What follows from a model before anybody judges it. One property for each subject, each worked out by the file of that subject. */
export interface Facts {
  readonly model: Model;
  readonly items: Items;
  readonly fields: readonly HeldField[];
  readonly bodies: readonly RecordedBody[];
  readonly calls: CallGraph;
  readonly events: EventFlow;
  readonly useOf: (entity: string) => EntityUse;
  readonly selections: readonly Selection[];
  readonly lifecycles: readonly Lifecycle[];
  readonly dependencies: readonly Dependency[];
  readonly flows: readonly ValueFlow[];
  readonly waitingOf: (operation: string) => Waiting;
  readonly availabilityOf: (operation: string) => ChainAvailability;
  /** Of an operation or an external call. */
  readonly rateOf: (id: string) => Rate;
}

/** Linear in the size of the model. */
export function factsOf(model: Model): Facts {
  const items = itemsOf(model);
  const fields = heldFields(model);
  const bodies = bodiesOf(model);
  const calls = callGraphOf(model, items);
  const events = eventFlowOf(model);
  const useOf = entityUseOf(model, bodies);
  return {
    model,
    items,
    fields,
    bodies,
    calls,
    events,
    useOf,
    selections: selectionsOf(model, bodies),
    lifecycles: lifecyclesOf(model, bodies, useOf),
    dependencies: dependenciesOf(model, items, fields),
    flows: valueFlowsOf(bodies, items),
    waitingOf: waitingOf(calls),
    availabilityOf: availabilityOf(calls, items),
    rateOf: ratesOf(model, items, calls, events),
  };
}
