import { listed } from "../../phrases.ts";
import { defineRule } from "../../rule.ts";

export const webhookProofReachesTheServer = defineRule({
  code: "security/webhook-proof-reaches-the-server",
  severity: "error",
  message: '{integration} is verified by "mtls", and mutual TLS ends at the proxy: the server of {webhooks} sees no certificate.',
  why: "It would have to believe everybody, and so refuses to start.",
  fix: 'Say verify: "token", and let the proxy check the certificate and add the token; or verify: "signature", if {integration} signs.',
  check({ model }, report) {
    for (const { name, webhooks, verify } of model.integrations) {
      if (webhooks.length > 0 && verify === "mtls") report(name, { integration: name, webhooks: listed(webhooks) });
    }
  },
});
