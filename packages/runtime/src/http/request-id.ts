import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";

/** The caller's own id of the request if it is a sane one, so that it can be followed through several services; a new one otherwise. */
export function requestIdOf({ headers }: Pick<IncomingMessage, "headers">): string {
  const given = headers["x-request-id"];
  return typeof given === "string" && sane.test(given) ? given : randomUUID();
}

const sane = /^[\w.:-]{8,128}$/;
