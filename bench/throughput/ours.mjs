import { fileURLToPath } from "node:url";
import { createLogger, startServer } from "@archwright/runtime";
import { loadHandlers } from "../../packages/app/dist/loader/handlers.js";

// The shop as `archwright start` serves it, with its log written to nowhere and without rate limits, which a load test is there to exceed.

const { DATABASE_URL, MASTER_KEY, CONNECTIONS = "10" } = process.env;
const { model, handlers } = await loadHandlers(fileURLToPath(new URL("../../examples/shop/system.ts", import.meta.url)));
const server = await startServer({
  model,
  handlers,
  databaseUrl: DATABASE_URL,
  masterKey: Buffer.from(MASTER_KEY, "hex"),
  openapi: {},
  integrations: { stripe: { url: "http://127.0.0.1:9", key: "sk_test_nobody", webhookSecrets: ["whsec_nobody"] } },
  place: { port: 0, host: "127.0.0.1" },
  http: { rateLimits: "off" },
  connectionsMax: Number(CONNECTIONS),
  logger: createLogger({ level: "info", format: "json", write: () => {}, now: () => new Date() }),
});
process.send?.({ url: server.url });
process.on("disconnect", () => process.exit());
