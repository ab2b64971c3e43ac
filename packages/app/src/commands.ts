import type { Command } from "./command.ts";
import { build } from "./commands/build.ts";
import { check } from "./commands/check.ts";
import { dev } from "./commands/dev.ts";
import { grant } from "./commands/grant.ts";
import { model } from "./commands/model.ts";
import { start } from "./commands/start.ts";

/** Every command of `archwright`. Help, parser and documentation read this list. */
export const commands: readonly Command[] = [check, build, dev, start, model, grant];
