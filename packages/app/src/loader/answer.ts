import type { Model } from "@archwright/model";
import type { Problem } from "./problem.ts";

/** What the child says to its parent: one line of JSON. */
export type Answer =
  | { readonly ok: true; readonly model: Model; readonly files: readonly string[] }
  | { readonly ok: false; readonly problems: readonly Problem[]; readonly files: readonly string[] };
