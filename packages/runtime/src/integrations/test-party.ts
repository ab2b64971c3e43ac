import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A third party of a test's own making, over a real socket. */
export interface TestParty {
  readonly url: string;
  readonly requests: IncomingMessage[];
  close(): Promise<void>;
}

export type Reply = (request: IncomingMessage, response: ServerResponse, ordinal: number) => void;

export async function startTestParty(reply: Reply): Promise<TestParty> {
  const requests: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    requests.push(request);
    request.resume();
    reply(request, response, requests.length);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo; // A server that listens on a port has nothing else.
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

export function replyJson(status: number, body: unknown, headers: { readonly [name: string]: string } = {}): Reply {
  return (_request, response) => {
    response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(body));
  };
}
