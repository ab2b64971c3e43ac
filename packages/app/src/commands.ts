import type { Command } from "./command.ts";
import { build } from "./commands/build.ts";
import { check } from "./commands/check.ts";
import { design } from "./commands/design.ts";
import { dev } from "./commands/dev.ts";
import { explain } from "./commands/explain.ts";
import { grant } from "./commands/grant.ts";
import { model } from "./commands/model.ts";
import { start } from "./commands/start.ts";

/** Every command of `archwright`. Help, parser and documentation read this list. */
export const commands: readonly Command[] = [check, design, explain, build, dev, start, model, grant];
