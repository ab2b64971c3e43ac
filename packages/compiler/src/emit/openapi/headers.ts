import { exampleCursor, pageLimits, type JsonRecord } from "@archwright/model";

export const exampleRequestId = "0d7f3a52-6c1e-4b8a-9b59-2f0b6f3c1d44";

/** The headers of answers, each described once. */
export const headerComponents = {
  "X-Request-Id": {
    description: "Names this request in the logs. Quote it when you ask for help.",
    schema: { type: "string" },
    example: exampleRequestId,
  },
  RateLimit: {
    description: "How many requests are left, and after how many seconds there are more.",
    schema: { type: "string" },
    example: '"account";r=1199;t=1',
  },
  "RateLimit-Policy": {
    description: "How many requests are allowed in how many seconds.",
    schema: { type: "string" },
    example: '"account";q=1200;w=60',
  },
  "Retry-After": { description: "How many seconds to wait before the next try.", schema: { type: "integer", minimum: 0 }, example: 1 },
  "Idempotency-Replayed": {
    description: "Is there, as `true`, where the answer is the kept one of an earlier request with the same key.",
    schema: { type: "boolean" },
    example: true,
  },
} as const satisfies { readonly [name: string]: JsonRecord };

/** On every page but the last. */
export function linkHeader(path: string): JsonRecord {
  const example = `<${path}?limit=${pageLimits.standard}&after=${exampleCursor}>; rel="next"`;
  return { Link: { description: "The address of the next page. Not there on the last one.", schema: { type: "string" }, example } };
}

export type HeaderName = keyof typeof headerComponents;

export function headerReferences(names: readonly HeaderName[]): JsonRecord {
  return Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]));
}
