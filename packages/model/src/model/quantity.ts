/** A number that the model states as a fact, or leaves open as a question. Its unit stands last in the name of the property that holds it. */
export type Quantity = number | UnknownQuantity;

export interface UnknownQuantity {
  readonly kind: "unknown";
  readonly ask: string;
  readonly assumed: number;
  readonly range?: readonly [low: number, high: number];
}

/** The number to reckon with: the fact, or what is assumed until the question is answered. */
export function assumedOf(quantity: Quantity): number {
  return typeof quantity === "number" ? quantity : quantity.assumed;
}
