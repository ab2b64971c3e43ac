import { wordsOf, type Field } from "@archwright/model";
import { wordSet } from "../../../facts/word-set.ts";
import { defineRule } from "../../rule.ts";

export const moneyIsMoney = defineRule({
  code: "schema/money-is-money",
  severity: "warning",
  message: "{path} is {kind} and is called {name}, as if it were money.",
  why: "A number without its currency is added to one of another, and rounding that nobody chose loses cents.",
  fix: "Write t.money(…), which counts minor units of one currency; or a name that says what is counted.",
  check({ fields }, report) {
    for (const { path, field } of fields) {
      if (meansMoney(field)) report(path, { path, name: field.name, kind: field.kind === "int" ? "an int" : "a decimal" });
    }
  },
});

/** An amount or a total may count things where it is whole; a price or a fee cannot. */
function meansMoney({ kind, name }: Field): boolean {
  if (kind !== "int" && kind !== "decimal") return false;
  const last = wordsOf(name).at(-1) ?? "";
  if (kind === "int") return alwaysMoney.has(last) || last === "cents";
  return alwaysMoney.has(last) || oftenMoney.has(last);
}

const alwaysMoney = new Set(["price", "fee", "cost", "salary", "wage", "fare", "subtotal", "revenue", "turnover"]);
const oftenMoney = wordSet(`
  amount total balance sum payment payout deposit discount budget tax vat charge refund credit tip
`);
