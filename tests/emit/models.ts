import { assemble, type Model } from "@archwright/model";
import hello from "../../examples/hello/system.ts";
import shop from "../../examples/shop/system.ts";

/** The examples, as their artefacts are made from them. */
export const examples: { readonly [name: string]: Model } = { hello: assemble(hello).model, shop: assemble(shop).model };

export const stamp = { hash: "sha256:0123456789abcdef" };
