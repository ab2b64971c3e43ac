import { durationInWords, routesOf, schemaScope, type Operation, type Route, type SchemaScope } from "@archwright/model";
import { summaryOf } from "../../emit/openapi/wording.ts";
import { counted, percent } from "../../lint/phrases.ts";
import { code, type Block, type Prose } from "../block.ts";
import type { Section, Subject } from "../section.ts";
import { decisionOn, toRecord } from "../subject/decided.ts";
import { fieldRules, fieldType } from "../subject/field-type.ts";
import { exchangeOf, failuresOf, knownProblem, problemDocument } from "../subject/http-example.ts";
import { codes, enumerated, heading, paragraph, prose, subheading, table } from "../subject/prose.ts";

/** Every operation with an example of its request, its answer and each of its errors, and what runs inside only. */
export const apiContracts: Section = {
  id: "api-contracts",
  title: "API contracts",
  tell: (subject) => {
    const { model } = subject;
    const routes = routesOf(model);
    const scope = schemaScope(model);
    if (routes.length === 0 && model.operations.length === 0) return [];
    return [
      ...opening(subject, routes),
      ...commonProblems(subject, routes),
      ...model.contexts.flatMap(({ name }) => contextBlocks(subject, name, routes, scope)),
      ...insideOnly(subject),
    ];
  },
};

function opening({ model, design }: Subject, routes: readonly Route[]): readonly Block[] {
  if (routes.length === 0) return [paragraph(`Nobody outside speaks to ${model.name}: it has no routes.`)];
  const own = routes.filter(({ kind }) => kind === "operation").length;
  const style = decisionOn(design, "api-style");
  return [
    paragraph(
      `Clients reach ${model.name} through ${counted(routes.length, "route")}: ${own} of operations and ${routes.length - own} that follow from the access rules of entities.`,
      style && prose(" The style is ", toRecord(style), "."),
      " Money is a whole number of minor units with its currency, a decimal is a text, a time is ISO 8601 in UTC. A failure is a problem document; a program decides by its ",
      code("code"),
      ".",
    ),
  ];
}

/** What every route knows is told once. */
function commonProblems({ model }: Subject, routes: readonly Route[]): readonly Block[] {
  const known = [...new Set(routes.flatMap((route) => failuresOf(model, route).known))]
    .map(knownProblem)
    .sort((left, right) => left.status - right.status || (left.code < right.code ? -1 : 1));
  if (known.length === 0) return [];
  const [example] = known;
  const usedBy = (problem: string): string => {
    const count = routes.filter((route) => failuresOf(model, route).known.some((one) => one === problem)).length;
    return count === routes.length ? "all routes" : counted(count, "route");
  };
  return [
    heading("Failures that routes share", "shared-failures"),
    ...table(
      ["Status", "Code", "What it means, and what a client does", "On"],
      known.map((problem) => [
        String(problem.status),
        [code(problem.code)],
        withCode(`${problem.title}. ${problem.meaning}`),
        usedBy(problem.code),
      ]),
      [0],
    ),
    ...(example
      ? [
          paragraph("Each is a document like this one:"),
          http(problemDocument(example, example.code === "invalid-input" ? "quantity is missing." : undefined)),
        ]
      : []),
  ];
}

/** What stands in backticks is code. */
const withCode = (text: string): Prose => text.split("`").map((part, index) => (index % 2 === 0 ? part : code(part)));

const http = (text: string): Block => ({ kind: "code", language: "http", text });

function contextBlocks(subject: Subject, name: string, routes: readonly Route[], scope: SchemaScope): readonly Block[] {
  const { model } = subject;
  const contextOf = (route: Route): string | undefined =>
    (route.kind === "operation"
      ? model.operations.find(({ id }) => id === route.operation)
      : model.entities.find(({ id }) => id === route.entity)
    )?.context;
  const own = routes.filter((route) => contextOf(route) === name);
  const entities = [...new Set(own.flatMap(({ entity }) => entity ?? []))];
  if (own.length === 0) return [];
  return [
    heading(`Routes of ${name}`, `routes-${name.replace(/\W/g, "-")}`),
    ...own.flatMap((route) => (route.kind === "operation" ? operationBlocks(subject, route, scope) : [])),
    ...entities.flatMap((entity) =>
      entityBlocks(
        own.filter((route) => route.entity === entity),
        entity,
        scope,
      ),
    ),
  ];
}

const who = ({ roles }: Route): Prose => (roles.kind === "roles" ? codes(roles.roles) : roles.kind === "anyone" ? "Anyone" : "The system");

function operationBlocks({ model }: Subject, route: Route & { readonly kind: "operation" }, scope: SchemaScope): readonly Block[] {
  const operation = scope.lookup.operation(route.operation);
  const { request, response } = exchangeOf(scope, route);
  const { declared, known } = failuresOf(model, route);
  return [
    subheading(`${operation.name}: ${route.method} ${route.path}`, `operation-${operation.id.replace(/\W/g, "-")}`),
    paragraph(promised(operation, route)),
    ...table(
      ["Takes", "As", "Rules"],
      operation.input.map((field) => [prose(code(field.name)), fieldType(field), fieldRules(field)]),
    ),
    http(request),
    http(response),
    ...(declared.length > 0 ? [paragraph(declared.length === 1 ? "It may refuse with:" : "It may refuse with one of:")] : []),
    ...declared.flatMap((failure) => [
      ...(failure.from !== undefined && failure.from !== operation.id
        ? [paragraph("Declared by ", code(failure.from), ", which runs in its transaction:")]
        : []),
      http(problemDocument(failure)),
    ]),
    paragraph(
      "And with what routes share: ",
      enumerated(known.map((problem) => prose(`${knownProblem(problem).status} `, code(problem)))),
      ".",
    ),
  ];
}

function promised({ name, kind, idempotent, slo, staleMs, emits, deprecated }: Operation, route: Route): Prose {
  return prose(
    deprecated !== undefined && `Deprecated: ${deprecated}. `,
    who(route),
    kind === "query" ? ` may ask ${name}.` : ` may run ${name}.`,
    idempotent === "required" && prose(" It acts once for each ", code("Idempotency-Key"), ": a repetition gets the first answer again."),
    idempotent === "natural" && " To run it twice is the same as once.",
    emits.length > 0 && prose(" It tells ", codes(emits), "."),
    slo &&
      ` Promised: 99 of 100 answers within ${durationInWords(slo.p99Ms)}${slo.availability === undefined ? "" : `, ${percent(slo.availability)} of the time`}.`,
    staleMs !== undefined && ` The answer may be ${durationInWords(staleMs)} old.`,
  );
}

/** The routes of an entity are alike: a table, and one example of each shape that goes over the wire. */
function entityBlocks(routes: readonly Route[], entity: string, scope: SchemaScope): readonly Block[] {
  const { name } = scope.lookup.entity(entity);
  const [writing, reading] = [
    routes.find(({ kind }) => kind === "create") ?? routes.find(({ kind }) => kind === "update"),
    routes.find(({ kind }) => kind === "list") ?? routes.find(({ kind }) => kind === "read"),
  ];
  return [
    subheading(`${name}, by its access rules`, `routes-of-${entity.replace(/\W/g, "-")}`),
    ...table(
      ["Route", "Does", "Who may"],
      routes.map((route) => [prose(code(`${route.method} ${route.path}`)), summaryOf(route), who(route)]),
    ),
    ...[...new Set([writing, reading])].flatMap((route) => {
      if (!route) return [];
      const { request, response } = exchangeOf(scope, route);
      return [http(request), http(response)];
    }),
  ];
}

function insideOnly({ model, facts }: Subject): readonly Block[] {
  const inside = model.operations.filter(({ allow }) => allow.kind === "system");
  const rows = inside.map((operation): readonly Prose[] => {
    const callers = facts.calls.callersOf(operation.id).map(({ id }) => id);
    const events = facts.events.reactionsBy(operation.id).map(({ event }) => event);
    const by = [
      ...(callers.length > 0 ? [prose("called by ", codes(callers))] : []),
      ...(events.length > 0 ? [prose("on ", codes(events))] : []),
    ];
    const takes = operation.input.map((field) => `${field.name}: ${fieldType(field)}`).join(", ");
    const errors = operation.errors.map(({ name }) => name);
    return [
      prose(code(operation.id)),
      by.length === 0 ? "nobody yet" : prose(...by.flatMap((part, index) => [index === 0 ? "" : "; ", part])),
      takes,
      codes(errors),
    ];
  });
  const files = model.integrations.flatMap(({ webhooks }) => webhooks);
  return [
    ...(rows.length > 0 ? [heading("Operations that run inside only"), ...table(["Operation", "Run", "Takes", "Refuses with"], rows)] : []),
    ...(files.length > 0
      ? [
          paragraph(
            "Third parties deliver ",
            codes(files),
            " as webhooks; what they say is told with ",
            { kind: "link", text: "the events", to: "event-schemas" },
            ".",
          ),
        ]
      : []),
  ];
}
