import { listed } from "../../phrases.ts";
import { defineRule } from "../../rule.ts";

export const webhookIsVerified = defineRule({
  code: "security/webhook-is-verified",
  severity: "error",
  message: "Nothing proves that {webhooks} comes from {integration}.",
  why: "Its route is public: whoever guesses it can tell you that anything has happened, a payment for one.",
  fix: 'Say verify: "signature" or "token", as {integration} offers it.',
  check({ model }, report) {
    for (const { name, webhooks, verify } of model.integrations) {
      if (webhooks.length > 0 && verify === undefined) report([name, ...webhooks], { integration: name, webhooks: listed(webhooks) });
    }
  },
});
