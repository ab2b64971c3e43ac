import { STATUS_CODES, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { ProblemError } from "../problem.ts";
import { problemDocument, protocolProblems } from "./problems.ts";
import { requestIdOf } from "./request-id.ts";

/** Answers what could not be read as a request with a problem document too, and closes its connection. */
export function answerUnreadable(error: Error & { readonly code?: string }, socket: Pick<Socket, "writable" | "write" | "destroy">): void {
  if (error.code === "ECONNRESET" || !socket.writable) return void socket.destroy(error);
  const { status, body } = protocolAnswer(codes[error.code ?? ""] ?? "bad-request", undefined);
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    "Content-Type: application/problem+json",
    `Content-Length: ${Buffer.byteLength(body)}`,
    "Cache-Control: no-store",
    "Connection: close",
  ];
  socket.write(`${head.join("\r\n")}\r\n\r\n${body}`);
  socket.destroy(error);
}

/** Node answers an expectation that it does not know by itself, and without a body. */
export function answerExpectations(server: Server): void {
  server.on("checkExpectation", (request: IncomingMessage, response: ServerResponse) => {
    const { status, body } = protocolAnswer("expectation-failed", requestIdOf(request));
    response.writeHead(status, {
      "content-type": "application/problem+json",
      "content-length": Buffer.byteLength(body),
      "cache-control": "no-store",
      connection: "close",
    });
    response.end(body);
  });
}

const codes: { readonly [code: string]: string } = {
  ERR_HTTP_REQUEST_TIMEOUT: "request-timeout",
  HPE_HEADER_OVERFLOW: "headers-too-large",
};

function protocolAnswer(code: string, requestId: string | undefined): { readonly status: number; readonly body: string } {
  const { status, meaning } = protocolProblems.find((candidate) => candidate.code === code) ?? { status: 400, meaning: undefined };
  const error = new ProblemError(code, status, meaning === undefined ? {} : { detail: meaning });
  return { status, body: JSON.stringify(problemDocument(error, requestId)) };
}
