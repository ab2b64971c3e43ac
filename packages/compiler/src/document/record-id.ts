import type { Decision } from "@archwright/model";

/** Where the record of a decision is linked to: `adr-timeout-stripe-createPaymentIntent`. */
export function recordId(decision: Decision | string): string {
  const id = typeof decision === "string" ? decision : decision.id;
  return `adr-${id.replace(/\W/g, "-")}`;
}
