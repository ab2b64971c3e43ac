import type { Emitter } from "./emitter.ts";
import { markdown } from "./markdown/emitter.ts";
import { mermaid } from "./mermaid/emitter.ts";
import { openApi } from "./openapi/emitter.ts";
import { postgresql } from "./sql/emitter.ts";

/** Every emitter, once. A new one is one file and one line here. */
export const emitters: readonly Emitter[] = [openApi, postgresql, mermaid, markdown];
