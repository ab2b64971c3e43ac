import type { Model, Operation } from "../model/model.ts";
import { operationOf } from "./places.ts";
import type { Route } from "./routes.ts";

/** What a route answers when all is well: 201 for a row that is new, 204 for nothing at all. */
export function successStatusOf(model: Model, route: Route): 200 | 201 | 204 {
  switch (route.kind) {
    case "create":
      return 201;
    case "delete":
      return 204;
    case "operation":
      return operationStatus(operationOf(model, route.operation), route.method);
    default:
      return 200;
  }
}

function operationStatus({ returns, implementation }: Operation, method: Route["method"]): 200 | 201 | 204 {
  if (returns.kind === "nothing") return 204;
  if (method !== "POST" || implementation.kind !== "body") return 200;
  const { steps, result } = implementation.body;
  return steps.some((step) => step.kind === "create" && result?.kind === "variable" && result.name === step.as) ? 201 : 200;
}
