import { assemble, type Model } from "@archwright/model";
import feed from "../examples/feed/system.ts";
import hello from "../examples/hello/system.ts";
import medication from "../examples/medication/system.ts";
import monolithToday from "../examples/monolith/current.ts";
import monolith from "../examples/monolith/system.ts";
import purchases from "../examples/purchases/system.ts";
import saas from "../examples/saas/system.ts";
import shop from "../examples/shop/system.ts";
import telemetry from "../examples/telemetry/system.ts";

/** The model of each example, by the name of its folder. */
export const examples = {
  feed: assemble(feed).model,
  hello: assemble(hello).model,
  medication: assemble(medication).model,
  monolith: assemble(monolith).model,
  purchases: assemble(purchases).model,
  saas: assemble(saas).model,
  shop: assemble(shop).model,
  telemetry: assemble(telemetry).model,
} satisfies { readonly [folder: string]: Model };

/** What stands before the monolith is taken apart. */
export const monolithOfToday: Model = assemble(monolithToday).model;
