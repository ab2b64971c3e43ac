import type { JsonValue } from "./json.ts";
import { expressionSchema } from "./schema-expression.ts";
import { fieldSchema } from "./schema-field.ts";
import { bodySchema } from "./schema-body.ts";
import { id, json, list, map, oneOf, record, ref, text, type Schema } from "./schema-words.ts";

const quantity: Schema = {
  anyOf: [
    { type: "number" },
    record(
      { kind: { const: "unknown" }, ask: text, assumed: { type: "number" } },
      { range: { type: "array", items: { type: "number" }, minItems: 2, maxItems: 2 } },
    ),
  ],
};

const share: Schema = { type: "number", minimum: 0, maximum: 1 };

const allow: Schema = { anyOf: [record({ kind: oneOf("anyone", "system") }), record({ kind: { const: "roles" }, roles: list(text) })] };

const returns: Schema = {
  anyOf: [
    record({ kind: { const: "nothing" } }),
    record({ kind: { const: "entity" }, entity: id }),
    record({ kind: { const: "field" }, field: ref("field") }),
    record({ kind: { const: "record" }, fields: list(ref("field")) }),
  ],
};

const implementation: Schema = {
  anyOf: [record({ kind: oneOf("handler", "none") }), record({ kind: { const: "body" }, body: ref("body") })],
};

const effects = { reads: list(id), writes: list(id), atomic: list(id), emits: list(id) };

const items: { readonly [name: string]: Schema } = {
  requirements: record(
    {
      clients: list(text),
      skills: list(text),
      comply: list(text),
      load: list(record({ operation: id, meanPerSecond: quantity }, { peakPerSecond: quantity })),
      pins: list(record({ decision: text, choose: text, because: text })),
      accept: map(text),
    },
    {
      users: quantity,
      tenants: record({ count: quantity }, { largestShare: quantity }),
      team: quantity,
      budget: record({ perMonth: quantity, currency: text }),
      region: text,
      availability: share,
      rpoMs: { type: "number", minimum: 0 },
      rtoMs: { type: "number", minimum: 0 },
      growthPerYear: quantity,
    },
  ),
  context: record({ name: text, accept: map(text) }, { owner: text, domain: oneOf("core", "supporting", "generic"), availability: share }),
  role: record({ name: text }, { actor: id, signUp: { const: true } }),
  entity: record(
    {
      id,
      context: text,
      name: text,
      fields: list(ref("field")),
      access: list(
        record(
          { role: text, can: list(oneOf("read", "list", "create", "update", "delete")) },
          { only: list(text), where: ref("expression") },
        ),
      ),
      invariants: list(record({ statement: text, holds: ref("expression") })),
      indexes: list(list(text)),
      accept: map(text),
    },
    { tenant: text, expected: record({ rows: quantity }, { growthPerSecond: quantity, most: quantity }) },
  ),
  operation: record(
    {
      kind: oneOf("command", "query"),
      id,
      context: text,
      name: text,
      input: list(ref("field")),
      returns,
      allow,
      allowSaid: { type: "boolean" },
      errors: list(record({ name: text, status: { type: "integer" } })),
      ...effects,
      calls: list(id),
      implementation,
      accept: map(text),
    },
    {
      http: record({ method: oneOf("GET", "POST", "PUT", "PATCH", "DELETE"), path: text }),
      idempotent: oneOf("required", "natural", "no"),
      staleMs: { type: "number" },
      slo: record({ p99Ms: { type: "number" } }, { p50Ms: { type: "number" }, availability: { type: "number" } }),
      deprecated: text,
    },
  ),
  event: record({ id, name: text, fields: list(ref("field")), accept: map(text) }, { context: text, integration: text }),
  integration: record(
    {
      name: text,
      calls: list(
        record(
          { id, name: text, input: list(ref("field")), returns: list(ref("field")), p50Ms: quantity, p99Ms: quantity },
          { limitPerSecond: quantity, availability: share, idempotencyKey: { const: true } },
        ),
      ),
      webhooks: list(id),
      holds: list(text),
      accept: map(text),
    },
    {
      verify: oneOf("signature", "mtls", "token"),
      onFailure: record(
        { retries: { type: "integer", minimum: 0 }, then: oneOf("fail", "queue", "degrade") },
        { timeoutMs: { type: "number" }, breaker: record({ openShare: { type: "number" }, overMs: { type: "number" } }) },
      ),
    },
  ),
  reaction: record({ id, context: text, event: id, command: id }, { input: map(ref("expression")) }),
  message: record(
    { id, context: text, name: text, event: id, to: ref("expression"), by: list(oneOf("email", "sms", "push")), subject: text, text },
    { withinMs: { type: "number" }, optOut: { const: true } },
  ),
  job: record({
    id,
    context: text,
    name: text,
    ...effects,
    accept: map(text),
    when: {
      anyOf: [
        record({ kind: { const: "every" }, everyMs: { type: "number" } }),
        record({ kind: { const: "cron" }, cron: text, zone: text }),
      ],
    },
    does: { anyOf: [record({ kind: { const: "body" }, body: ref("body") }), record({ kind: { const: "command" }, command: id })] },
  }),
};

/** The JSON Schema (2020-12) of every model: what another program may write, and what it will read. */
export const modelSchema: JsonValue = {
  $schema: "https://json-schema.org/draft/2020-12/schema",
  title: "An Archwright model, version 1",
  ...record({
    version: { const: 1 },
    name: text,
    requirements: ref("requirements"),
    contexts: list(ref("context")),
    roles: list(ref("role")),
    entities: list(ref("entity")),
    operations: list(ref("operation")),
    events: list(ref("event")),
    integrations: list(ref("integration")),
    reactions: list(ref("reaction")),
    messages: list(ref("message")),
    jobs: list(ref("job")),
    origins: map(record({ file: text, line: { type: "integer", minimum: 1 }, column: { type: "integer", minimum: 1 } })),
  }),
  $defs: { ...items, field: fieldSchema, ...expressionSchema, ...bodySchema, json },
};
