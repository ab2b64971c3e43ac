import { parseSync, Visitor } from "oxc-parser";

export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/** What the laws of the repository ask of a source file. Parsed, so that words in comments and strings do not count. */
export interface SourceCode {
  readonly path: string;
  readonly imports: readonly Mention[];
  /** What is reached by a bare name: `Date.now`, `new Date()`, `fetch()`. */
  readonly reaches: readonly Mention[];
  /** Default exports, named by what they export: `system()`, or nothing. */
  readonly defaults: readonly Mention[];
  /** The values of properties that are called `code`. */
  readonly codes: readonly Mention[];
}

export interface Mention {
  readonly name: string;
  readonly line: number;
}

export function readSource({ path, text }: SourceFile): SourceCode {
  const { program, module } = parseSync(path, text);
  const mention = (name: string, at: { readonly start: number }): Mention => ({ name, line: text.slice(0, at.start).split("\n").length });
  const reaches: Mention[] = [];
  const defaults: Mention[] = [];
  const codes: Mention[] = [];
  new Visitor({
    MemberExpression(node) {
      if (node.object.type !== "Identifier" || node.property.type !== "Identifier") return;
      reaches.push(mention(`${node.object.name}.${node.property.name}`, node));
    },
    NewExpression(node) {
      if (node.callee.type === "Identifier" && node.arguments.length === 0) reaches.push(mention(`new ${node.callee.name}()`, node));
    },
    CallExpression(node) {
      if (node.callee.type === "Identifier") reaches.push(mention(`${node.callee.name}()`, node));
    },
    ExportDefaultDeclaration(node) {
      const value = node.declaration;
      const name = value.type === "CallExpression" && value.callee.type === "Identifier" ? `${value.callee.name}()` : "";
      defaults.push(mention(name, node));
    },
    Property(node) {
      if (node.key.type !== "Identifier" || node.key.name !== "code") return;
      if (node.value.type === "Literal" && typeof node.value.value === "string") codes.push(mention(node.value.value, node));
    },
  }).visit(program);
  const requests = [...module.staticImports, ...module.staticExports.flatMap(({ entries }) => entries)].flatMap(
    ({ moduleRequest }) => moduleRequest ?? [],
  );
  // A dynamic import is known by where its argument stands; one that is computed has no quotes to take off.
  const dynamic = module.dynamicImports.map(({ moduleRequest: { start, end } }) => ({ start, value: text.slice(start + 1, end - 1) }));
  return { path, imports: [...requests, ...dynamic].map((request) => mention(request.value, request)), reaches, defaults, codes };
}
