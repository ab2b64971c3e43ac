import { createServer, type Server } from "node:net";
import { afterEach, expect, test } from "vitest";
import { createMailer } from "./mailer.ts";

const servers: Server[] = [];

afterEach(() => {
  servers.splice(0).forEach((server) => server.close());
});

/** A mail server that takes connections and says nothing. */
async function mute(): Promise<string> {
  const server = createServer((socket) => void socket.on("error", () => undefined));
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  return `smtp://127.0.0.1:${typeof address === "object" && address ? address.port : 0}`;
}

test("a mail server that says nothing is not waited for", async () => {
  const mailer = createMailer(await mute(), "shop@example.com", 200);
  await expect(mailer.send({ id: "msg_1", to: "ada@example.com", subject: "Hello", text: "Ada" })).rejects.toThrow(
    "Greeting never received",
  );
});
