import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { routesOf, placesOf, type Field } from "@archwright/model";
import everything from "../fixtures/everything.ts";
import { newId } from "../../packages/runtime/src/execution/identifier.ts";
import { createApp, type App } from "../../packages/runtime/src/http/app.ts";
import { createLogger } from "../../packages/runtime/src/observability/logger.ts";
import { runModel, type RunningModel } from "./running-model.ts";

let backend: RunningModel; let app: App; let logged = "";
const org = newId("org"), per = newId("per");
let role = "clerk";
beforeAll(async () => {
  backend = await runModel(everything);
  const { model, pool, executor } = backend;
  await backend.seed({ "directory.Organisation": [{ id: org, name: "Org" }], "directory.Person": [{ id: per, organisation: org, email: "a@example.com", name: "A", skills: [] }] });
  const logger = createLogger({ level: "info", format: "json", write: (t) => (logged += t), now: () => new Date() });
  const identity: any = { recall: () => ({ caller: { role, id: per }, session: "s", tag: "t", expiresAtMs: 9e15 }) };
  app = createApp({ model, executor, identity, logger, ready: (ms) => pool.ping(ms), settings: { rateLimits: "off" } });
}, 60_000);
afterAll(async () => { await app.close(0); await backend.close(); });

const text = fc.oneof(fc.string({ unit: "grapheme" }), fc.constantFrom("", "a", "x".repeat(5000), "'\"\\", "\u{10FFFF}", "{}", "[1]", "null", "\\N", "NULL", "\ufeff"));
function valueOf(field: Field): fc.Arbitrary<unknown> {
  switch (field.kind) {
    case "id": return fc.constant("x");
    case "text": case "secret": return field.pattern ? fc.constantFrom("ABC", "XYZ") : field.max !== undefined ? text.map((v) => [...v].slice(0, Number(field.max)).join("")) : text;
    case "int": return fc.oneof(fc.maxSafeInteger(), fc.constantFrom(0, -0, 1, 2 ** 31, -(2 ** 31) - 1, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER, 5.0));
    case "bool": return fc.boolean();
    case "time": return fc.constantFrom("2026-01-31T10:00:00Z", "0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59.999999999-23:59", "0001-01-01T00:00:00.000000001Z", "1900-01-01T00:00:00-00:00");
    case "date": return fc.constantFrom("0001-01-01", "9999-12-31", "2024-02-29", "1800-01-01", "1799-12-31");
    case "duration": return fc.constantFrom("0ms", "1d", "99999999.999d", "90.0005d", "1.5h", "99999999ms", "0.001s", "0s");
    case "email": return fc.constantFrom("a@example.com", "A'b@example.com", `${"x".repeat(240)}@e.co`);
    case "url": return fc.constantFrom("https://example.com", "mailto:a@b.c", "javascript:alert(1)", "http://a/%00");
    case "phone": return fc.constant("+4930123456");
    case "decimal": return fc.constantFrom("0", "-0", "-0.00", "00001", "9".repeat(field.digits - field.places), "1.5", "0.01", "0.001", "5", "5.00");
    case "money": return fc.record({ amount: fc.oneof(fc.maxSafeInteger(), fc.constantFrom(0, 1)), currency: fc.constant(field.currency) });
    case "oneOf": return fc.constantFrom(...field.values);
    case "state": return fc.constantFrom(...Object.keys(field.moves));
    case "ref": return fc.constantFrom(field.entity.endsWith("Organisation") ? org : field.entity.endsWith("Person") ? per : newId("x"), `${field.entity.endsWith("Person") ? "per" : "org"}_${"7".repeat(26)}`);
    case "json": return recordOf(field.fields);
    case "list": return fc.array(recordOf(field.fields), { minLength: Number(field.min ?? 0), maxLength: 3 });
    case "file": return fc.constant(newId("file"));
    default: return fc.constant(null);
  }
}
function recordOf(fields: readonly Field[]): fc.Arbitrary<unknown> {
  return fc.record(Object.fromEntries(fields.map((f) => [f.name, f.optional ? fc.option(valueOf(f)) : valueOf(f)])), { requiredKeys: fields.filter((f) => !f.optional && f.default === undefined).map((f) => f.name) });
}
test("fields", async () => {
  const seen: Record<string, number> = {}; const bad = new Map<string, string>();
  const model = backend.model;
  for (const route of routesOf(model)) {
    const { path, query, body } = placesOf(model, route);
    role = route.roles.kind === "roles" ? route.roles.roles[0] ?? "clerk" : "clerk";
    const roles = route.roles.kind === "roles" ? route.roles.roles : ["clerk"];
    await fc.assert(fc.asyncProperty(fc.constantFrom(...roles), recordOf(path), recordOf(query.map((q) => ({ ...q, optional: true as const }))), recordOf(body), async (r, p, q, b) => {
      role = r;
      let url = route.path.replace(/:([^/]+)/g, (_, n: string) => encodeURIComponent(String((p as any)[n])));
      const qs = new URLSearchParams(Object.entries(q as object).filter(([, v]) => v !== null).map(([k, v]) => [k, typeof v === "object" ? JSON.stringify(v) : String(v)]));
      const res = await app.fastify.inject({ method: route.method, url: `${url}?${qs}`, headers: { authorization: "Bearer x", "idempotency-key": newId("k"), ...(route.method !== "GET" && { "content-type": "application/json" }) }, ...(route.method !== "GET" && route.method !== "DELETE" && { payload: JSON.stringify(b) }) });
      const key = `${route.method} ${route.path} ${res.statusCode}`; seen[key] = (seen[key] ?? 0) + 1;
      if (res.statusCode >= 500) { const line = logged.split("\n").filter((l) => l.includes(String(res.headers["x-request-id"])) && l.includes('"err"')).map((l) => { const e = JSON.parse(l).err; return `${e.type} ${e.message} ${e.code ?? ""} ${(e.stack ?? "").split("\n").slice(1, 4).join("|")}`; }).join(); bad.set(`${route.method} ${route.path} ${line.slice(0, 100)}`, `${line} <= ${JSON.stringify({ role, q, b }).slice(0, 600)}`); }
    }), { numRuns: 300 });
  }
  console.log(JSON.stringify(seen, null, 1)); console.log([...bad.values()].join("\n\n"));
  expect(1).toBe(1);
}, 300_000);
