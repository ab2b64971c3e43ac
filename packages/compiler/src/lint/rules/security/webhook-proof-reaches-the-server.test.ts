import { integration, t } from "@archwright/model/language";
import { expect, test } from "vitest";
import { findings, modelOf, sample } from "../../testing.ts";
import { webhookProofReachesTheServer } from "./webhook-proof-reaches-the-server.ts";

function withBank(verify: "mtls" | "token") {
  const { Orders, Order, contexts } = sample();
  const Bank = integration("bank", {
    calls: {},
    webhooks: { "transfer.arrived": { order: t.ref(Order) } },
    verify,
    onFailure: { timeout: "1s", retries: 0, then: "fail" },
  });
  const noteTransfer = Orders.command("noteTransfer", {
    allow: "system",
    input: { order: t.ref(Order) },
    body: ({ input, update }) => void update(Order, input.order, { note: "paid" }),
  });
  Orders.on(Bank.webhooks["transfer.arrived"], noteTransfer);
  return modelOf(contexts);
}

test("a certificate that the server never sees is reported", () => {
  expect(findings(webhookProofReachesTheServer, withBank("mtls"))).toMatchInlineSnapshot(`
    "error[security/webhook-proof-reaches-the-server] at bank
      bank is verified by "mtls", and mutual TLS ends at the proxy: the server of bank.transfer.arrived sees no certificate.
      why: It would have to believe everybody, and so refuses to start.
      fix: Say verify: "token", and let the proxy check the certificate and add the token; or verify: "signature", if bank signs."
  `);
});

test("a token is accepted", () => {
  expect(findings(webhookProofReachesTheServer, withBank("token"))).toBe("");
});
