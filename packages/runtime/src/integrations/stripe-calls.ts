import type { ExternalCall, Field } from "@archwright/model";
import type { Objection } from "./adapter.ts";

/** How one of our calls is made of Stripe. */
export interface StripeCall {
  readonly method: "GET" | "POST";
  /** The path, around the id that the field `intent` gives where there is one. */
  readonly path: readonly [before: string, after: string] | string;
  /** Input fields that are parameters of Stripe's own; all else becomes metadata. */
  readonly parameters: { readonly [field: string]: string };
  readonly required: readonly string[];
  readonly takesMetadata: boolean;
  /** Whether Stripe wants the currency next to the amount. A refund is in the currency of what it gives back. */
  readonly takesCurrency?: true;
  /** Parameters that are always the same. */
  readonly constants?: { readonly [parameter: string]: string };
}

const intents = "/v1/payment_intents";

export const stripeCalls: { readonly [call: string]: StripeCall } = {
  createPaymentIntent: {
    method: "POST",
    path: intents,
    parameters: {
      amount: "amount",
      description: "description",
      paymentMethod: "payment_method",
      receiptEmail: "receipt_email",
      setupFutureUsage: "setup_future_usage",
      statementDescriptorSuffix: "statement_descriptor_suffix",
    },
    required: ["amount"],
    takesMetadata: true,
    takesCurrency: true,
    constants: { "automatic_payment_methods[enabled]": "true" },
  },
  retrievePaymentIntent: { method: "GET", path: [`${intents}/`, ""], parameters: {}, required: ["intent"], takesMetadata: false },
  confirmPaymentIntent: {
    method: "POST",
    path: [`${intents}/`, "/confirm"],
    parameters: { paymentMethod: "payment_method", receiptEmail: "receipt_email", returnUrl: "return_url" },
    required: ["intent"],
    takesMetadata: false,
  },
  cancelPaymentIntent: {
    method: "POST",
    path: [`${intents}/`, "/cancel"],
    parameters: { cancellationReason: "cancellation_reason" },
    required: ["intent"],
    takesMetadata: false,
  },
  createRefund: {
    method: "POST",
    path: "/v1/refunds",
    parameters: { intent: "payment_intent", amount: "amount", reason: "reason" },
    required: ["intent"],
    takesMetadata: true,
  },
};

/** What a declared call asks of Stripe and Stripe, or this adapter, does not know. */
export function objectionsToCall({ id, name, input }: ExternalCall): readonly Objection[] {
  const call = Object.hasOwn(stripeCalls, name) ? stripeCalls[name] : undefined;
  if (!call) return [unknownCall(id)];
  return [
    ...call.required.filter((field) => !input.some((given) => given.name === field)).map((field) => missingField(id, field)),
    ...input.flatMap((field) => objectionsToField(id, field, call)),
  ];
}

/** Whether a field's value goes to Stripe as metadata. */
export function isMetadata({ name, kind }: Field, call: StripeCall): boolean {
  if (typeof call.path !== "string" && name === "intent") return false;
  return kind === "ref" || !Object.hasOwn(call.parameters, name);
}

function unknownCall(id: string): Objection {
  return {
    what: `${id} is no call that is known of Stripe.`,
    why: "Its path and parameters are not known, so that it could only fail, and with a customer waiting.",
    fix: `Use one of ${Object.keys(stripeCalls).join(", ")}, or give the integration another name and serve the call yourself.`,
  };
}

function missingField(id: string, field: string): Objection {
  return {
    what: `${id} has no input "${field}".`,
    why: "Stripe refuses the call without it.",
    fix: field === "amount" ? 'Add amount: t.money("EUR") to its input.' : `Add ${field}: t.text() to its input.`,
  };
}

function objectionsToField(id: string, field: Field, call: StripeCall): readonly Objection[] {
  const { name, kind } = field;
  if (name === "amount" && kind !== "money" && Object.hasOwn(call.parameters, "amount"))
    return [{ what: `${id}.amount is ${kind}.`, why: "Stripe takes minor units of one currency.", fix: 'Make it t.money("EUR").' }];
  if (!isMetadata(field, call)) return [];
  if (!call.takesMetadata)
    return [
      {
        what: `${id} has an input "${name}" that Stripe does not take.`,
        why: "This call carries no metadata, so that the value would be lost.",
        fix: `Leave it out. Known are ${["intent", ...Object.keys(call.parameters)].join(", ")}.`,
      },
    ];
  if (!carried.has(kind) || name.length > metadataNameMax)
    return [
      {
        what: `${id}.${name} cannot be metadata of Stripe.`,
        why: `Metadata is short text under a name of at most ${metadataNameMax} characters; ${kind} does not fit.`,
        fix: "Send the id of the row that has the value.",
      },
    ];
  return [];
}

const metadataNameMax = 40;

const carried: ReadonlySet<Field["kind"]> = new Set([
  "bool",
  "date",
  "decimal",
  "duration",
  "email",
  "id",
  "int",
  "oneOf",
  "phone",
  "ref",
  "state",
  "text",
  "time",
  "url",
]);
