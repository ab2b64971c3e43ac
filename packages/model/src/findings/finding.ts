import type { Origin } from "../model/model.ts";

export type Severity = "error" | "warning" | "info";

/** What an architect has to say about one place: the fact, what it costs, and what to do. */
export interface Finding {
  readonly code: string;
  readonly severity: Severity;
  /** The path of the item in the model: `orders.placeOrder`. */
  readonly item: string;
  readonly message: string;
  readonly why: string;
  readonly fix: string;
  /** The author's line first, then the other lines of the conflict. */
  readonly at: readonly Origin[];
}
