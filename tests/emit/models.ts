import type { Model } from "@archwright/model";
import { examples } from "../examples.ts";
import { oddModel } from "./odd-model.ts";

export const stamp = { hash: "sha256:0123456789abcdef" };

/** The examples, and a model of nothing but names that a grammar might take for its own. */
export const models = {
  ...examples,
  odd: oddModel('end"; loop', "#quot; %%{init}%%", "class </script> | `x`", "note: --> [*] 日本 🙂"),
} satisfies { readonly [name: string]: Model };
