import { bareName, guardedBuiltins, harmlessBuiltins } from "./outside.ts";

/** The URL of what stands in for a module of Node while a model loads, or nothing where the module itself will do. */
export function facadeFor(builtin: string, byAuthor: boolean): string | undefined {
  const name = bareName(builtin);
  if (byAuthor) return harmlessBuiltins.has(name) ? undefined : `${withheld}${name}`;
  return name in guardedBuiltins ? `${guarded}${name}` : undefined;
}

/** The code behind such a URL. */
export async function facadeSource(url: string): Promise<string | undefined> {
  if (url.startsWith(guarded)) return guardedSource(url.slice(guarded.length));
  if (url.startsWith(withheld)) return withheldSource(url.slice(withheld.length));
  return undefined;
}

/** Where the facades find the door that the child has put up. */
export const doorKey = "archwright.door";

/** What the facades ask of the child. */
export interface Door {
  /** A stand-in for an export of a module: it can be held and named, but not used. */
  readonly withheld: (builtin: string, name?: string) => unknown;
  /** Makes the functions of the module that a load must not call refuse it. */
  readonly guard: (builtin: string) => void;
}

const withheld = "archwright-withheld:";
const guarded = "archwright-guarded:";
const door = `const door = globalThis[Symbol.for(${JSON.stringify(doorKey)})];`;

function guardedSource(name: string): string {
  const module = JSON.stringify(`node:${name}`);
  return `${door}\ndoor.guard(${module});\nexport * from ${module};\nexport { default } from ${module};`;
}

async function withheldSource(name: string): Promise<string> {
  const module = `node:${name}`;
  const real: object = await import(module);
  const names = Object.keys(real).filter((key) => key !== "default" && identifier.test(key));
  return [
    door,
    `export default door.withheld(${JSON.stringify(module)});`,
    // The local names differ because some exports are called like keywords.
    ...names.map(
      (key, index) =>
        `const export${index} = door.withheld(${JSON.stringify(module)}, ${JSON.stringify(key)}); export { export${index} as ${key} };`,
    ),
  ].join("\n");
}

const identifier = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u;
