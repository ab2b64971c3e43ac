import type { BillLine, Design } from "@archwright/model";
import { formatted } from "../../formulas/words.ts";
import { code, strong, type Block } from "../block.ts";
import type { Section, Subject } from "../section.ts";
import { amount, amountWithin, chosenOption, factOf, factTold, money, toRecord } from "../subject/decided.ts";
import { broken, bullets, enumerated, holding, paragraph, prose, table, under, type Part, type Row } from "../subject/prose.ts";

export const cost: Section = {
  id: "cost",
  title: "Cost",
  tell: (subject) => {
    const { design } = subject;
    if (design.bill.lines.length === 0) return [];
    return [
      summary(subject),
      ...budget(design),
      ...under("By component", components(design), "cost-components"),
      ...under("How each line is reckoned", reckoning(design), "cost-lines"),
      ...under("Work", work(design), "cost-work"),
      ...under("What is not known, and what it is worth", unknowns(design), "cost-unknowns"),
      ...under("Prices", prices(design), "cost-prices"),
    ];
  },
};

function summary({ model, design }: Subject): Block {
  const { bill } = design;
  const units = bill.perUnit.map(({ words, cost: each }) => `${money(each, design)} ${words}`);
  const grown = bill.total.value > 0 && bill.atTenTimes.total > 0 && model.requirements.load.length > 0;
  return paragraph(
    `${model.name} costs `,
    strong(amountWithin(bill.total, design)),
    " a month",
    units.length > 0 && prose(": ", enumerated(units)),
    ". ",
    grown && `At ten times the load it would be ${money(bill.atTenTimes.total, design)}. `,
    `Besides, it takes ${amountWithin(bill.hours, design)} of people's time in a month, which is not on the bill.`,
  );
}

function budget(design: Design): readonly Block[] {
  const { bill } = design;
  if (bill.budget === undefined) return [];
  const { value, high = value } = bill.total;
  const left = bill.budget - value;
  if (left < 0) {
    const largest = [...byComponent(design.bill.lines)].sort(([, one], [, other]) => other - one).slice(0, 3);
    return [
      broken(
        `The budget of ${money(bill.budget, design)} a month is exceeded by ${money(-left, design)}. The most of it goes into `,
        enumerated(largest.map(([component, sum]) => `${component} (${money(sum, design)})`)),
        ".",
      ),
    ];
  }
  const may = high > bill.budget ? ` While questions are open it may come to ${money(high, design)}, which is more.` : "";
  return [holding(`Of the budget of ${money(bill.budget, design)} a month ${money(left, design)} are left.${may}`)];
}

function byComponent(lines: readonly BillLine[]): ReadonlyMap<string, number> {
  const sums = new Map<string, number>();
  for (const { component, cost: figure } of lines) sums.set(component, (sums.get(component) ?? 0) + figure.value);
  return sums;
}

function components(design: Design): readonly Block[] {
  const { lines, total } = design.bill;
  const sums = [...byComponent(lines)].sort(([, one], [, other]) => other - one);
  const isSmall = (sum: number): boolean => Math.abs(sum) < smallShare * total.value;
  const rows = sums
    .filter(([, sum]) => !isSmall(sum))
    .map(([component, sum]): Row => [
      component,
      money(sum, design),
      total.value > 0 && formatted(sum / total.value, "share"),
      decidedBy(design, component),
    ]);
  const small = sums.filter(([, sum]) => isSmall(sum));
  const others: readonly Row[] =
    small.length > 0
      ? [
          [
            enumerated(small.map(([component]) => component)),
            money(
              small.reduce((all, [, sum]) => all + sum, 0),
              design,
            ),
          ],
        ]
      : [];
  return table(
    ["Component", "A month", "Share", "Decided by"],
    [...rows, ...others, [strong("all"), strong(money(total.value, design))]],
    [1, 2],
  );
}

function decidedBy(design: Design, component: string): Part {
  const decisions = [...new Set(design.bill.lines.filter((line) => line.component === component).map(({ decision }) => decision))];
  const more = decisions.length - linksMax;
  return prose(enumerated(decisions.slice(0, linksMax).flatMap((id) => linkTo(design, id))), more > 0 && ` and ${more} more`);
}

const linksMax = 3;

function linkTo(design: Design, id: string): readonly Exclude<Part, false | undefined>[] {
  const decision = design.decisions.find((one) => one.id === id);
  return decision
    ? [toRecord(decision, `${decision.rule.replaceAll("-", " ")}${decision.about === undefined ? "" : ` of ${decision.about}`}`)]
    : [];
}

/** Longer formulas are followed one name at a time. */
const formulaMax = 240;
/** Shares of the bill below this are told together. */
const smallShare = 0.002;

function reckoning(design: Design): readonly Block[] {
  const { lines, total } = design.bill;
  const isSmall = ({ cost: figure }: BillLine): boolean => Math.abs(figure.value) < smallShare * total.value;
  const small = lines.filter((line) => isSmall(line) && line.cost.value !== 0);
  const rows = lines.filter((line) => !isSmall(line)).map((line): Row => [line.words, amount(line.cost, design), formulaOf(design, line)]);
  const sum = small.reduce((all, { cost: figure }) => all + figure.value, 0);
  return [
    ...table(["Line", "A month", "Reckoned as"], rows, [1]),
    ...(small.length > 0
      ? [
          paragraph(
            `${small.length === 1 ? "One more line comes" : `${small.length} more lines come`} to ${money(sum, design)} together: `,
            enumerated([...new Set(small.map(({ words }) => words))]),
            ".",
          ),
        ]
      : []),
  ];
}

function formulaOf(design: Design, { decision, formula }: BillLine): Part {
  if (formula.length <= formulaMax) return formula;
  const chosen = design.decisions.find(({ id }) => id === decision)?.chosen;
  const id = [`${decision}.${chosen ?? ""}.cost`, decision].find((one) => design.facts[one]) ?? decision;
  const inputs = (design.facts[id]?.inputs ?? []).flatMap((input) => {
    const fact = factOf(design, input);
    const isGiven = fact?.ground?.kind === "constant" || fact?.ground?.kind === "price";
    return fact && !isGiven && fact.value !== 0 && formula.includes(fact.words) && !isOfOther(design, input)
      ? [`${fact.words} (${amount(fact, design)})`]
      : [];
  });
  const told = [...new Set(inputs)].slice(0, 4);
  return prose(told.length > 0 && `from ${told.join(", ")}; `, code(`archwright explain ${id}`), " has all of it");
}

/** Whether a figure belongs to an option that was not chosen: it stands in the formula, and counts for nothing. */
function isOfOther({ decisions }: Design, fact: string): boolean {
  return decisions.some(
    ({ id, chosen, options }) =>
      fact.startsWith(`${id}.`) && options.some((option) => option.id !== chosen && fact.startsWith(`${id}.${option.id}.`)),
  );
}

function work(design: Design): readonly Block[] {
  const { hours } = design.bill;
  const team = factOf(design, "team.hours");
  const largest = design.decisions
    .flatMap((decision) => {
      const figure = chosenOption(decision).figures["hours"];
      return figure && figure.value > 0 ? [{ decision, figure }] : [];
    })
    .sort((one, other) => other.figure.value - one.figure.value);
  const rows = largest
    .slice(0, 8)
    .map(({ decision, figure }): Row => [toRecord(decision), decision.about !== undefined && code(decision.about), amount(figure, design)]);
  const lead =
    team &&
    `Of the ${amount(team, design)} that the team works in a month, what was chosen takes ${amount(hours, design)}, ${formatted(hours.value / Math.max(team.value, 1), "share")}.`;
  return [
    ...(lead ? [hours.value > (team?.value ?? 0) ? broken(lead, " Nothing is left for what people ask for next.") : paragraph(lead)] : []),
    ...table(["The most goes into", "Of", "Hours a month"], rows, [2]),
  ];
}

/** Questions whose answer moves the bill by a twentieth of it at least. */
function unknowns(design: Design): readonly Block[] {
  const rows = design.questions
    .filter(({ bill: [low, high] }) => high - low > 0.02 * Math.max(low, 1))
    .map(({ ask, assumed, range: [from, to], unit, bill: [low, high], changes }): Row => [
      ask,
      formatted(assumed, unit, design.currency),
      `${formatted(from, unit, design.currency)} to ${formatted(to, unit, design.currency)}`,
      `${money(low, design)} to ${money(high, design)}`,
      changes.length > 0 && `${changes.length === 1 ? "1 decision changes" : `${changes.length} decisions change`}`,
    ]);
  return table(["Question", "Assumed", "May be", "The bill is then", "Besides"], rows, [1, 2, 3]);
}

function prices(design: Design): readonly Block[] {
  const used = Object.values(design.facts).flatMap(({ ground }) => (ground?.kind === "price" ? [ground] : []));
  const dates = [...new Set(used.map(({ dated }) => dated))].sort();
  const sources = [...new Set(used.map(({ source }) => source))].sort();
  const hour = factTold(design, "hour-price");
  if (used.length === 0) return [];
  const [first, latest] = [dates[0], dates.at(-1)];
  return [
    paragraph(
      `The bill rests on ${used.length} prices, ${first === latest ? `of ${first ?? ""}` : `dated from ${first ?? ""} to ${latest ?? ""}`}, none of them negotiated.`,
      hour !== undefined && ` Where money and work are weighed against each other, an hour counts as ${hour}.`,
    ),
    ...bullets(sources.slice(0, 12)),
  ];
}
