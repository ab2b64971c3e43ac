import { expect } from "vitest";
import type { Answered } from "./caller.ts";

/** A refusal is a problem document that says its own status, and nothing of how the server is built. */
export function assertRefusal({ status, headers, body, text }: Answered, what: string): void {
  expect(headers["content-type"], what).toBe("application/problem+json");
  expect(body["status"], what).toBe(status);
  expect(body["code"], what).toMatch(/^[\w-]+$/);
  expect(body["type"], what).toBe(`/problems/${String(body["code"])}`);
  expect(text, what).not.toMatch(/node_modules|\.[jt]s:\d+|select |insert |at Object\.|postgres/i);
  if (status === 503 || status === 429 || body["code"] === "in-flight") expect(Number(headers["retry-after"]), what).toBeGreaterThan(0);
}
