import { authRoutesOf, fileRoutesOf, routesOf, schemaScope, shapeOf } from "@archwright/model";
import type { Facts } from "../../../facts/facts.ts";
import { groupsOf } from "../../../facts/groups.ts";
import { listed } from "../../phrases.ts";
import { defineRule } from "../../rule.ts";

export const routesDoNotCollide = defineRule({
  code: "interface/routes-do-not-collide",
  severity: "error",
  message: "{owners} have the same route, {route}.",
  why: "No server can tell the requests apart, so the system does not start.",
  fix: "Give one of them another path.",
  check(facts, report) {
    const { model } = facts;
    // Without the entities, whose routes give way to those of operations.
    const own = routesOf({ ...model, entities: [] }).flatMap((route) =>
      route.kind === "operation" ? [{ route: shapeOf(route), path: route.operation, owner: route.operation }] : [],
    );
    for (const [shape, same] of groupsOf([...own, ...signInRoutes(facts, own), ...fileRoutes(facts)], ({ route }) => route)) {
      const [first, ...others] = same;
      if (first === undefined || others.length === 0) continue;
      const route = shape.replaceAll("/:", "/:…");
      report([first.path, ...others.map(({ path }) => path)], { owners: listed(same.map(({ owner }) => owner)), route });
    }
  },
});

interface OwnedRoute {
  readonly route: string;
  readonly path: string;
  readonly owner: string;
}

/** Asked for only where they can matter, and where their schemas can be made: an actor may be missing from the system. */
function signInRoutes({ model, items }: Facts, own: readonly OwnedRoute[]): readonly OwnedRoute[] {
  const areNear = own.some(({ route }) => / \/(auth|\.well-known)\//.test(route));
  const areKnown = model.roles.every(({ actor }) => actor === undefined || items.entities.has(actor));
  if (!areNear || !areKnown) return [];
  return authRoutesOf(schemaScope(model)).map((route) => ({ route: shapeOf(route), path: model.name, owner: "the sign-in" }));
}

/** An entity's own routes may be in their way too: they give way to operations, and to nothing else. */
function fileRoutes({ model }: Facts): readonly OwnedRoute[] {
  const ours = fileRoutesOf(model).map((route) => ({ route: shapeOf(route), path: model.name, owner: "the files" }));
  const taken = routesOf(model).flatMap((route) =>
    route.kind !== "operation" && ours.some((one) => one.route === shapeOf(route))
      ? [{ route: shapeOf(route), path: route.entity, owner: route.entity }]
      : [],
  );
  return [...taken, ...ours];
}
