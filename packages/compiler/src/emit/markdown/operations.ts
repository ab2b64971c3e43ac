import { errorsOf, routesOf, type Model, type Operation, type Returns, type Route } from "@archwright/model";
import { durationInWords } from "@archwright/model";
import { percent } from "../../lint/phrases.ts";
import { fieldsInWords, typeInWords } from "./field-words.ts";
import { code, codes, heading, join, prose, table, type Markdown } from "./markdown.ts";

export function operationsSection(model: Model): readonly string[] {
  const routes = routesOf(model);
  const routeOf = new Map(routes.flatMap((route) => (route.kind === "operation" ? [[route.operation, route] as const] : [])));
  const sections = model.contexts.flatMap(({ name }) => {
    const own = model.operations.filter(({ context }) => context === name);
    if (own.length === 0) return [];
    return [
      ...heading(3, prose`Operations of ${code(name)}`),
      ...table(
        ["Operation", "Who", "Route", "Promises"],
        own.map((operation) => callRow(operation, routeOf.get(operation.id))),
      ),
      ...table(
        ["Operation", "Takes", "Answers", "Fails with"],
        own.map((operation) => contractRow(model, operation)),
      ),
      ...table(["Operation", "Reads", "Writes", "In its transaction", "Calls", "Sends"], own.map(effectsRow)),
    ];
  });
  return sections.length === 0 ? [] : [...heading(2, "Operations"), ...sections];
}

/** The routes that entities have by their access rules alone. */
export function entityRoutesSection(model: Model): readonly string[] {
  const rows = routesOf(model).flatMap((route) =>
    route.kind === "operation"
      ? []
      : [
          [
            code(`${route.method} ${route.path}`),
            prose`${route.kind} ${code(route.entity)}`,
            route.roles.kind === "roles" ? codes(route.roles.roles) : route.roles.kind,
          ],
        ],
  );
  return rows.length === 0 ? [] : [...heading(2, "Routes of entities"), ...table(["Route", "Does", "Who"], rows)];
}

function callRow(operation: Operation, route: Route | undefined): readonly (Markdown | string)[] {
  const { name, allow, kind } = operation;
  const who = allow.kind === "roles" ? codes(allow.roles) : allow.kind === "system" ? "the system" : "anyone";
  return [
    prose`${code(name)}${kind === "query" ? " (query)" : ""}`,
    who,
    route ? code(`${route.method} ${route.path}`) : "",
    promisesOf(operation),
  ];
}

function contractRow(model: Model, operation: Operation): readonly (Markdown | string)[] {
  const errors = errorsOf(model, operation).map(
    ({ name, status, from }) => prose`${status} ${code(name)}${from === operation.id ? prose`` : prose` of ${code(from)}`}`,
  );
  return [code(operation.name), fieldsInWords(operation.input), returnsInWords(operation.returns), join(errors)];
}

function effectsRow({ name, reads, writes, atomic, calls, emits, implementation }: Operation): readonly (Markdown | string)[] {
  const words = { body: "", handler: " (in code)", none: " (not built yet)" }[implementation.kind];
  return [prose`${code(name)}${words}`, codes(reads), codes(writes), codes(atomic), codes(calls), codes(emits)];
}

function promisesOf({ slo, idempotent, staleMs, deprecated }: Operation): Markdown {
  const repetition = { required: "once for each key", natural: "may be repeated", no: "not to be repeated" } as const;
  return join([
    deprecated !== undefined && prose`**deprecated:** ${deprecated}`,
    slo?.p50Ms !== undefined && `half within ${durationInWords(slo.p50Ms)}`,
    slo && `99 % within ${durationInWords(slo.p99Ms)}`,
    slo?.availability !== undefined && `${percent(slo.availability)} available`,
    idempotent && repetition[idempotent],
    staleMs !== undefined && `at most ${durationInWords(staleMs)} old`,
  ]);
}

function returnsInWords(returns: Returns): Markdown {
  switch (returns.kind) {
    case "nothing":
      return prose``;
    case "entity":
      return code(returns.entity);
    case "field":
      return typeInWords(returns.field);
    case "record":
      return fieldsInWords(returns.fields);
  }
}
