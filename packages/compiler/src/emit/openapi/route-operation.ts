import { atomicWithin, placesOf, type Field, type JsonRecord, type Places, type Route, type SchemaScope } from "@archwright/model";
import { requestBody, successResponse, type Subject } from "./bodies.ts";
import { parametersOf } from "./parameters.ts";
import { failureResponses, type Request } from "./problem-responses.ts";
import { entityDescription, operationDescription, summaryOf } from "./wording.ts";

/** The operation object of one route. */
export function routeOperation(scope: SchemaScope, route: Route, operationId: string, pathNames: readonly string[]): JsonRecord {
  const subject = subjectOf(scope, route);
  const { operation, entity } = subject;
  const places = placesOf(scope.model, route);
  const description = operation ? operationDescription(operation) : entityDescription(route, entity);
  const parameters = parametersOf(scope, places, pathNames, operation);
  const body = requestBody(scope, route, subject, places.body);
  const [status, success] = successResponse(scope, route, subject);
  return {
    tags: [(operation ?? entity).context],
    summary: summaryOf(route),
    description,
    operationId,
    ...(operation?.deprecated !== undefined && { deprecated: true }),
    security: route.roles.kind === "roles" ? [{ bearer: [] }] : [],
    ...(parameters.length > 0 && { parameters }),
    ...(body && { requestBody: body }),
    responses: { [status]: success, ...failureResponses(scope.model, route, operation, requestOf(scope, subject, places)) },
  };
}

function subjectOf({ lookup }: SchemaScope, route: Route): Subject {
  return route.kind === "operation" ? { operation: lookup.operation(route.operation) } : { entity: lookup.entity(route.entity) };
}

function requestOf(scope: SchemaScope, { operation, entity }: Subject, places: Places): Request {
  const written = operation ? [operation, ...atomicWithin(scope.model, operation)].flatMap(({ writes }) => writes) : [entity.id];
  const [invariant] = written.flatMap((id) => scope.lookup.entity(id).invariants);
  const [field] = [...places.body, ...places.query].filter((candidate) => !mayBeMissing(candidate));
  return { field: field?.name, invariant: invariant?.statement };
}

const mayBeMissing = ({ optional, default: standard }: Field): boolean => optional === true || standard !== undefined;
