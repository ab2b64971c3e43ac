import { StripeError } from "./stripe-error.ts";

/** The parameters of a request: `metadata[order]=1` becomes { metadata: { order: "1" } }. */
export type Parameters = { readonly [name: string]: string | { readonly [name: string]: string } };

/** @throws StripeError for a body that is no form, or names a parameter that the endpoint does not know. */
export function parametersOf(form: string, known: readonly string[]): Parameters {
  const parameters: { [name: string]: string | { [name: string]: string } } = {};
  for (const [name, value] of new URLSearchParams(form)) {
    const [, outer = name, inner] = /^([^[\]]+)\[([^[\]]+)\]$/.exec(name) ?? [];
    // Stripe calls its typing errors by their name; to swallow them here would only put off the day.
    if (!known.includes(outer))
      throw new StripeError(400, { code: "parameter_unknown", param: name, message: `Received unknown parameter: ${name}` });
    const group = parameters[outer];
    if (inner === undefined) parameters[outer] = value;
    else parameters[outer] = { ...(typeof group === "object" ? group : {}), [inner]: value };
  }
  return parameters;
}

export function textOf(parameters: Parameters, name: string): string | undefined {
  const value = parameters[name];
  return typeof value === "string" && value !== "" ? value : undefined;
}

export function requiredText(parameters: Parameters, name: string): string {
  const value = textOf(parameters, name);
  if (value === undefined)
    throw new StripeError(400, { code: "parameter_missing", param: name, message: `Missing required param: ${name}.` });
  return value;
}

/** An amount in minor units, from 1 to the eight digits that Stripe takes. */
export function amountOf(parameters: Parameters, name: string): number {
  const text = requiredText(parameters, name);
  if (!/^\d{1,8}$/.test(text) || Number(text) < 1)
    throw new StripeError(400, { code: "parameter_invalid_integer", param: name, message: `Invalid integer: ${text}` });
  return Number(text);
}

export function groupOf(parameters: Parameters, name: string): { readonly [name: string]: string } {
  const value = parameters[name];
  return typeof value === "object" ? value : {};
}
