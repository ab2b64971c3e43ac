import type { Field } from "../model/field.ts";
import type { Model, Operation } from "../model/model.ts";
import { stepsWithin } from "../recording/effects.ts";
import { atomicWithin, type ProblemCode } from "./errors.ts";
import { entityOf, operationOf, placesOf } from "./places.ts";
import type { Route } from "./routes.ts";

/** The problems that a route can really end in, besides the errors that its operation declares. In the order of their status. */
export function problemsOf(model: Model, route: Route): readonly ProblemCode[] {
  const { path, query, body } = placesOf(model, route);
  const inputs = [...path, ...query, ...body];
  const operation = route.kind === "operation" ? operationOf(model, route.operation) : undefined;
  const writes = writtenBy(model, route, operation).map((id) => entityOf(model, id));
  const onceOnly = operation?.idempotent === "required";
  return chosen({
    "invalid-input": inputs.length > 0,
    "idempotency-key-missing": onceOnly,
    unauthenticated: route.roles.kind === "roles",
    forbidden: route.roles.kind === "roles",
    "not-found": route.kind !== "list" && namesRow(inputs),
    conflict: writes.some(({ fields }) => fields.some(({ unique }) => unique)) || route.kind === "delete" || mayBeRefused(model, operation),
    "in-flight": onceOnly,
    "payload-too-large": body.length > 0,
    "unsupported-media-type": body.length > 0,
    "key-reused": onceOnly,
    "invariant-broken": writes.some(({ invariants }) => invariants.length > 0),
    "too-many-requests": true,
    internal: true,
    "upstream-failed": operation?.calls.some((id) => isExternal(model, id)) ?? false,
    unavailable: true,
    timeout: true,
  });
}

function writtenBy(model: Model, route: Route, operation: Operation | undefined): readonly string[] {
  if (operation) return [...new Set([operation, ...atomicWithin(model, operation)].flatMap(({ writes }) => writes))];
  return route.entity !== undefined && route.kind !== "read" && route.kind !== "list" ? [route.entity] : [];
}

/** A row is named by an id that may lead nowhere. */
function namesRow(fields: readonly Field[]): boolean {
  return fields.some((field) => field.kind === "ref" || ("fields" in field && namesRow(field.fields)));
}

/** A state may not lead there, or a number may not go further, and no declared error says so. */
function mayBeRefused(model: Model, operation: Operation | undefined): boolean {
  if (!operation) return false;
  return [operation, ...atomicWithin(model, operation)].some(({ implementation, writes }) =>
    implementation.kind === "body"
      ? stepsWithin(implementation.body.steps).some(
          (step) => (step.kind === "transition" || step.kind === "change") && step.otherwise === undefined,
        )
      : writes.some((id) => entityOf(model, id).fields.some(({ kind }) => kind === "state")),
  );
}

const isExternal = (model: Model, id: string): boolean => model.integrations.some(({ calls }) => calls.some((call) => call.id === id));

function chosen(wanted: { readonly [C in ProblemCode]?: boolean }): readonly ProblemCode[] {
  return Object.entries(wanted).flatMap(([code, is]) => (is ? [code as ProblemCode] : [])); // The parameter's own keys.
}
