import type { JsonValue } from "@archwright/model";

interface StripeErrorFacts {
  readonly message: string;
  /** Default "invalid_request_error". */
  readonly type?: "api_error" | "card_error" | "idempotency_error" | "invalid_request_error";
  readonly code?: string;
  readonly param?: string;
  readonly declineCode?: string;
}

/** A refusal in the shape that Stripe gives it. */
export class StripeError extends Error {
  readonly status: number;
  readonly body: JsonValue;

  constructor(status: number, { message, type = "invalid_request_error", code, param, declineCode }: StripeErrorFacts) {
    super(message);
    this.name = "StripeError";
    this.status = status;
    this.body = {
      error: {
        ...(code !== undefined && { code }),
        ...(declineCode !== undefined && { decline_code: declineCode }),
        message,
        ...(param !== undefined && { param }),
        type,
      },
    };
  }
}
