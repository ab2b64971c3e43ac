import type { Model } from "@archwright/model";
import { evaluate } from "../formulas/evaluate.ts";
import { undecided, type Deciding, type Undecided } from "./deciding.ts";
import type { DecisionRule } from "./rule.ts";

/** What a test wants to know of one decision. */
export interface Verdict {
  readonly chosen: string;
  /** For each option its figures by name, and what rules it out. */
  readonly options: {
    readonly [option: string]: { readonly ruledOutBy: readonly string[] } & { readonly [figure: string]: number | readonly string[] };
  };
}

/**
 * Decides a model, and tells of one decision.
 *
 * @param id As `broker`, or `timeout:stripe.createPaymentIntent`.
 * @param answers Other values of inputs and named facts, by their ids: `{ "orders.placeOrder.peak": 500 }`.
 * @param rules The decision in question and those that it builds upon; all where it is left out.
 * @throws Error if there is no such decision or input.
 */
export function verdictOf(
  model: Model,
  id: string,
  answers: Readonly<Record<string, number>> = {},
  rules?: readonly DecisionRule[],
): Verdict {
  const open = undecided(model, rules);
  const deciding = open.byId.get(id);
  if (!deciding) throw new Error(`There is no decision ${id}, but ${[...open.byId.keys()].join(", ")}.`);
  const values = evaluate(open.sheet, new Map(Object.entries(answers).map(([input, value]) => [placeOfInput(open, input), value])));
  return verdict(open, deciding, values);
}

function placeOfInput({ sheet }: Undecided, id: string): number {
  const place = sheet.formulas.findIndex((formula) => (formula.kind === "input" || formula.kind === "named") && formula.id === id);
  if (place < 0)
    throw new Error(
      `Nothing is called ${id}: ${sheet.formulas.flatMap((formula) => (formula.kind === "input" ? [formula.id] : [])).join(", ")}`,
    );
  return place;
}

function verdict({ sheet }: Undecided, { id, choice, options }: Deciding, values: Float64Array): Verdict {
  const valueOf = (formula: Parameters<typeof sheet.placeOf.get>[0]): number => values[sheet.placeOf.get(formula) ?? -1] ?? Number.NaN;
  const rows = options.map(({ option, figures }) => [
    option.id,
    {
      ruledOutBy: (option.needs ?? []).filter(({ left, right }) => valueOf(left) > valueOf(right)).map(({ because }) => because),
      ...Object.fromEntries(figures.map((figure) => [figure.id.slice(`${id}.${option.id}.`.length), valueOf(figure)])),
    },
  ]);
  return { chosen: choice.options[valueOf(choice)] ?? "", options: Object.fromEntries(rows) as Verdict["options"] }; // Made just above of just these.
}
