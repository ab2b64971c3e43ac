import type { Operation } from "@archwright/model";
import { constant, zero, type Formula } from "../formulas/formula.ts";
import { given } from "./given.ts";

/** By how much an answer may be late; 0 where the model does not say. */
export const staleness = ({ id, name, staleMs }: Operation): Formula =>
  staleMs === undefined ? zero : given(`${id}.stale`, `by how much an answer of ${name} may be late`, "ms", staleMs, id);

/** What a read must be allowed to be late by, before anything but the primary may answer it. */
export const replicaLag = constant(
  "replica-lag",
  "by how much a replica may be behind",
  1_000,
  "ms",
  "sourced",
  "catalogue of decisions, 21: staleness of a second or more",
  [100, 10_000],
);
