import { constant, difference, greatest, one, product, sum, zero, type Formula } from "../../formulas/formula.ts";
import { counted } from "../../quantities/given.ts";
import type { Brief } from "../rule.ts";
import { internetTripMs, type ClientKinds } from "./client-kinds.ts";

const toCalibrate = "to be calibrated by the team";
const shapeHours = constant(
  "api-style-shape",
  "hours in a month that one way of reading takes for each kind of client beyond the first",
  0.15,
  "hours",
  "general",
  toCalibrate,
  [0.02, 1],
);
const graphqlHours = constant(
  "api-style-graphql",
  "hours in a month for a graph of queries: limits of depth and cost, batches, caching",
  10,
  "hours",
  "general",
  toCalibrate,
  [4, 30],
);
const grpcHours = constant(
  "api-style-grpc",
  "hours in a month for generated clients and their versions",
  6,
  "hours",
  "general",
  toCalibrate,
  [2, 20],
);
const partnerHours = constant(
  "api-style-partner",
  "hours in a month for partners who may ask whatever they like",
  6,
  "hours",
  "general",
  toCalibrate,
  [1, 20],
);
const trips = constant(
  "api-style-trips",
  "requests, one after another, that a screen waits for",
  2,
  "count",
  "general",
  "a list, then what its rows name",
  [1, 5],
);
const graphMs = constant(
  "api-style-graph-work",
  "work of the application that a query of a graph takes beyond a plain route",
  0.11,
  "ms",
  "measured",
  "performance study 2: PostGraphile 158 µs, Fastify 50 µs, point read",
);
const jsonMs = constant(
  "api-style-json",
  "work of the application for the JSON of a request",
  0.02,
  "ms",
  "general",
  "parser and serializer",
  [0.005, 0.1],
);
const binaryMs = constant(
  "api-style-binary",
  "work of the application for a binary request",
  0.01,
  "ms",
  "general",
  "half of JSON",
  [0.003, 0.05],
);
const askedShare = constant(
  "api-style-asked",
  "share of an answer's fields that a client asks for",
  0.8,
  "share",
  "general",
  "after compression; to be measured",
  [0.3, 1],
);
const binaryShare = constant(
  "api-style-binary-size",
  "bytes of a binary answer over those of JSON",
  0.7,
  "share",
  "general",
  "after compression of both: no names, no quotes",
  [0.5, 0.9],
);

/** What a style asks of the team, of processors and of the network. */
export interface StyleTerms {
  readonly hours: Formula;
  readonly workMs: Formula;
  /** Bytes of an answer over those of plain JSON. */
  readonly size: Formula;
  readonly latencyMs: Formula;
}

const screenMs = product(difference(trips, one), internetTripMs);

export function restTerms({ model }: Brief, { own }: ClientKinds, reads: number): StyleTerms {
  const moreKinds = greatest(zero, difference(own, one));
  const hours = product(counted("api.reads", "routes that read", reads, model.name), moreKinds, shapeHours);
  return { hours, workMs: jsonMs, size: one, latencyMs: screenMs };
}

export const graphqlTerms = ({ partner }: ClientKinds): StyleTerms => ({
  hours: sum(graphqlHours, product(partner, partnerHours)),
  workMs: sum(jsonMs, graphMs),
  size: askedShare,
  latencyMs: graphMs,
});

export const grpcTerms: StyleTerms = { hours: grpcHours, workMs: binaryMs, size: binaryShare, latencyMs: screenMs };
