import type { Origin } from "../model/model.ts";

/** The place in the author's file that is calling the language now. Cheap: the stack is only turned into text when somebody asks. */
export interface Place {
  readonly stack: Error;
}

export function here(): Place {
  return { stack: new Error("place") };
}

/** The first frame outside this package, or nothing for a value that no file wrote. */
export function originOf(place: Place): Origin | undefined {
  for (const line of (place.stack.stack ?? "").split("\n")) {
    const frame = framePattern.exec(line);
    if (!frame) continue;
    const [, location = "", row = "", column = ""] = frame;
    const file = decodeURI(location.replace(/\?.*$/, "").replace(/^file:\/\//, ""));
    if (isOurs(file)) continue;
    return { file, line: Number(row), column: Number(column) };
  }
  return undefined;
}

// `at name (file:///folder/system.ts:3:7)`, or without a name and parentheses. A folder may have parentheses of its own.
const framePattern = /^\s+at (?:.*? \()?((?:file:\/\/)?\/.*?):(\d+):(\d+)\)?$/;

// Compiled or not, mapped or not, our own frames lie below the folder of this package.
const packageFolder = decodeURI(new URL("../../", import.meta.url).pathname);
const isOurs = (file: string): boolean => file.startsWith(packageFolder) && !file.includes(".test");
