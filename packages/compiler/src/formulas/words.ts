import type { Call, Choice, Computed, Formula, Operator, Unit } from "./formula.ts";

/** A formula as a person reads it, down to whatever has a name: "peak rate of placeOrder × work of the database for placeOrder ÷ 1,000". */
export function inWords(formula: Formula): string {
  switch (formula.kind) {
    case "input":
    case "named":
      return formula.words;
    case "exact":
      return separated(Number(formula.value.toPrecision(12)));
    case "choice":
      return `the choice of ${choiceName(formula)}`;
    case "call":
      return callInWords(formula);
    default:
      return sayings[formula.operator](formula.of);
  }
}

/** How tightly a saying holds together: what is looser than its surroundings stands in brackets. */
const tightness: { readonly [O in Operator]: number } = {
  when: 0,
  pick: 0,
  "at most": 1,
  not: 1,
  excess: 2,
  least: 2,
  greatest: 2,
  ceiling: 2,
  sum: 3,
  difference: 3,
  product: 4,
  quotient: 4,
  power: 5,
};

type Say = (of: readonly Formula[]) => string;

const sayings: { readonly [O in Operator]: Say } = {
  sum: sumInWords,
  product: productInWords,
  difference: ([from, less]) => `${part(from, 3)} − ${part(less, 4)}`,
  quotient: ([over, under]) => (isExact(under, 1) ? part(over, 4) : `${part(over, 4)} ÷ ${part(under, 5)}`),
  power: ([base, exponent]) => `${part(base, 5)} to the power of ${part(exponent, 5)}`,
  least: (of) => boundInWords(of, { between: "and", extreme: "the least of", bound: "at most" }),
  greatest: (of) => boundInWords(of, { between: "or", extreme: "the greatest of", bound: "at least" }),
  ceiling: ([of]) => `${part(of, 3)}, rounded up`,
  "at most": ([left, right]) => `${part(left, 2)} is at most ${part(right, 2)}`,
  not: ([of]) => denied(of),
  when: ([condition, then, otherwise]) => `${part(then, 1)} if ${part(condition, 1)}, otherwise ${part(otherwise, 1)}`,
  pick: pickInWords,
  excess: ([of, limit]) => `the share by which ${part(of, 3)} exceeds ${part(limit, 3)}`,
};

function part(formula: Formula | undefined, around: number): string {
  if (!formula) return "nothing";
  const said = inWords(formula);
  return looseness(formula) < around ? `(${said})` : said;
}

function looseness(formula: Formula): number {
  if (formula.kind !== "computed") return formula.kind === "call" ? 2 : 6;
  if (formula.operator === "pick" && isYesOrNo(formula)) return tightness["at most"];
  const told = formula.operator === "sum" || formula.operator === "product" ? toldOf(formula) : undefined;
  const [only] = told ?? [];
  return told && told.length < 2 ? (only ? looseness(only) : 6) : tightness[formula.operator];
}

/** Adding nothing and taking once go without saying. */
const toldOf = ({ operator, of }: Pick<Computed, "operator" | "of">): readonly Formula[] =>
  of.filter((one) => !isExact(one, operator === "sum" ? 0 : 1));

function sumInWords(of: readonly Formula[]): string {
  const told = toldOf({ operator: "sum", of });
  if (told.length === 0) return "0";
  const more = told.length - (partsMax - 1);
  const said = (told.length > partsMax ? told.slice(0, partsMax - 1) : told).map((one) =>
    told.length === 1 ? inWords(one) : part(one, 3),
  );
  return [...said, ...(told.length > partsMax ? [`${more} more`] : [])].join(" + ");
}

/** A sum over all operations of a large model is not read to its end. */
const partsMax = 6;

function productInWords(of: readonly Formula[]): string {
  const told = toldOf({ operator: "product", of });
  if (told.length === 0) return "1";
  return told.length === 1 ? told.map(inWords).join("") : told.map((one) => part(one, 4)).join(" × ");
}

interface Bound {
  readonly between: string;
  readonly extreme: string;
  readonly bound: string;
}

function boundInWords(of: readonly Formula[], { between, extreme, bound }: Bound): string {
  const parts = of.filter((one, index) => of.indexOf(one) === index);
  if (parts.length < 2) return parts.map(inWords).join("");
  if (parts.every(isYesOrNo)) return parts.map((one) => part(one, isBound(one) ? 3 : 1)).join(` ${between} `);
  const limits = parts.filter(({ kind }) => kind === "exact");
  const others = parts.filter(({ kind }) => kind !== "exact");
  const [only] = others;
  if (only && others.length === 1 && limits.length === 1) return `${part(only, 3)}, but ${bound} ${limits.map(inWords).join("")}`;
  const said = parts.slice(0, parts.length > partsMax ? partsMax - 1 : partsMax).map((one) => part(one, 3));
  const last = parts.length > partsMax ? `${parts.length - said.length} more` : (said.pop() ?? "");
  return `${extreme} ${said.join(", ")} and ${last}`;
}

const isBound = (formula: Formula): boolean =>
  formula.kind === "computed" && (formula.operator === "least" || formula.operator === "greatest");

/** Whether it is a condition, whose least is "and" and whose greatest is "or". */
function isYesOrNo(formula: Formula): boolean {
  if (formula.kind === "input" || formula.kind === "named") return formula.unit === "yes/no";
  if (formula.kind !== "computed") return false;
  if (isBound(formula)) return formula.of.every(isYesOrNo);
  if (formula.operator === "pick") return formula.of.slice(1).every((value) => isExact(value, 0) || isExact(value, 1));
  return formula.operator === "at most" || formula.operator === "not";
}

function denied(of: Formula | undefined): string {
  if (of?.kind === "computed" && of.operator === "at most") return `${part(of.of[0], 2)} is more than ${part(of.of[1], 2)}`;
  return `not (${of ? inWords(of) : "nothing"})`;
}

function pickInWords([choice, ...values]: readonly Formula[]): string {
  if (choice?.kind !== "choice")
    return `what belongs to ${choice ? inWords(choice) : "nothing"}: ${values.map((value) => part(value, 1)).join(", ")}`;
  const name = choiceName(choice);
  const picked = choice.options.filter((_, index) => isExact(values[index], 1));
  if (values.every((value) => isExact(value, 1) || isExact(value, 0))) return `${name} is ${picked.join(" or ") || "none of its options"}`;
  const groups = choice.options.map((option, index) => ({ option, said: values[index] ? inWords(values[index]) : "nothing" }));
  const distinct = [...new Set(groups.map(({ said }) => said))];
  if (distinct.length === 1) return distinct.join("");
  const told = distinct.map((said) => {
    const options = groups.filter((group) => group.said === said).map(({ option }) => option);
    return `${said} (${options.join(", ")})`;
  });
  return `by the choice of ${name}: ${told.join("; ")}`;
}

/** `timeout:stripe.createPaymentIntent` → "timeout for stripe.createPaymentIntent". */
function choiceName({ id }: Choice): string {
  const [rule = id, about] = id.split(/:(.*)/s);
  return about === undefined ? rule : `${rule} for ${about}`;
}

const callInWords = ({ law, of }: Call): string => `${law.name} for ${of.map((one) => part(one, 3)).join("; ")}`;

const isExact = (formula: Formula | undefined, value: number): boolean => formula?.kind === "exact" && formula.value === value;

/** A number with its unit, in three figures or as many as it takes: "60/s", "1.2 GB", "99.95 %", "43 min", "1,240 EUR". */
export function formatted(value: number, unit: Unit, currency?: string): string {
  if (unit === "yes/no") return value === 0 ? "no" : "yes";
  if (Number.isNaN(value)) return "unknown";
  if (!Number.isFinite(value)) return value > 0 ? "without limit" : "none";
  return value < 0 ? `−${unsigned(-value, unit, currency)}` : unsigned(value, unit, currency);
}

function unsigned(value: number, unit: Unit, currency: string | undefined): string {
  switch (unit) {
    case "/s":
      return rateInWords(value);
    case "/month":
      return `${figures(value)}/month`;
    case "ms":
      return scaled(value, durations);
    case "s":
      return scaled(value * 1_000, durations);
    case "bytes":
      return scaled(value, sizes);
    case "share":
      return `${shareFigures(value)} %`;
    case "money":
      return `${moneyFigures(value)}${currency === undefined ? "" : ` ${currency}`}`;
    case "count":
      return figures(value);
    case "people":
      return value === 1 ? "1 person" : `${figures(value)} people`;
    case "hours":
      return `${figures(value)} h`;
    default:
      return `${figures(value)} ${value === 1 ? unit.replace(/s$/, "") : unit}`;
  }
}

type Scale = readonly (readonly [name: string, size: number])[];

const durations: Scale = [
  ["µs", 0.001],
  ["ms", 1],
  ["s", 1_000],
  ["min", 60_000],
  ["h", 3_600_000],
  ["d", 86_400_000],
];
const sizes: Scale = [
  ["B", 1],
  ["kB", 1e3],
  ["MB", 1e6],
  ["GB", 1e9],
  ["TB", 1e12],
];

/** In the largest unit of which it is one at least, rounding included: 999.9 ms are a second. */
function scaled(value: number, scale: Scale): string {
  if (value === 0) return `0 ${scale === durations ? "ms" : "B"}`;
  const [name, size] = scale.findLast(([, one]) => value * (1 + 5e-4) >= one) ?? scale[0] ?? ["", 1];
  return `${figures(value / size)} ${name}`;
}

/** 0.0333 → "2/min": a rate of less than one is told of a longer time. */
function rateInWords(perSecond: number): string {
  if (perSecond >= 0.995 || perSecond === 0) return `${figures(perSecond)}/s`;
  const [name, seconds] = longerTimes.find(([, length]) => perSecond * length >= 0.995) ?? ["/year", 31_557_600];
  return `${figures(perSecond * seconds)}${name}`;
}

const longerTimes: readonly (readonly [name: string, seconds: number])[] = [
  ["/min", 60],
  ["/h", 3_600],
  ["/day", 86_400],
];

/** 99.949 keeps the figures by which it falls short of everything. */
function shareFigures(share: number): string {
  const missing = Math.abs(1 - share);
  if (share < 0.9 || share > 1 || missing < 1e-9) return figures(share * 100);
  const places = Math.max(1, 1 - Math.floor(Math.log10(missing * 100)));
  return String(Number((share * 100).toFixed(places)));
}

function moneyFigures(value: number): string {
  if (value >= 100 || Number.isInteger(value)) return figures(value);
  return value >= 0.1 ? value.toFixed(2) : figures(value);
}

/** Three figures; four up to ten thousand, where they are read at a glance. */
const figures = (value: number): string => separated(value >= 999.5 && value < 9_999.5 ? Math.round(value) : Number(value.toPrecision(3)));

function separated(value: number): string {
  if (!Number.isFinite(value)) return value > 0 ? "without limit" : "none";
  if (value !== 0 && Math.abs(value) < 1e-6) return value.toExponential();
  const [whole = "", places] = String(value).split(".");
  return `${whole.replaceAll(/\B(?=(\d{3})+$)/g, ",")}${places === undefined ? "" : `.${places}`}`;
}
