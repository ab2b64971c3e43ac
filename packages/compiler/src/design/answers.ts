import { nearest } from "@archwright/model";
import type { Undecided } from "../decide/deciding.ts";
import type { Changes } from "../formulas/evaluate.ts";
import type { Input, Named, Unit } from "../formulas/formula.ts";
import { shortName } from "../lint/phrases.ts";
import { placeOf } from "./state.ts";

/** An answer that cannot be taken, in words for whoever gave it. */
export interface Refused {
  readonly what: string;
  readonly why: string;
  readonly fix: string;
}

export interface Answer {
  readonly place: number;
  readonly value: number;
  readonly name: string;
}

/**
 * Reads what somebody supposes: `placeOrder.peak=500/s`, `team=12`, `broker=kafka`, `availability=99.95%`.
 * Every number that has a name can be supposed otherwise, and every choice forced.
 */
export function answerOf(open: Undecided, said: string): Answer | Refused {
  const [name = "", text = ""] = said.split(/=(.*)/s).map((part) => part.trim());
  if (name === "" || text === "")
    return {
      what: `"${said}" supposes nothing.`,
      why: "A what-if is a name, an equals sign and a value.",
      fix: "Write it like placeOrder.peak=500/s, team=12 or broker=kafka.",
    };
  const deciding = open.byId.get(name);
  if (deciding) {
    const place = deciding.choice.options.indexOf(text);
    if (place >= 0) return { place: placeOf(open, deciding.choice), value: place, name };
    return {
      what: `"${text}" is no option of ${name}.`,
      why: "A choice can only be forced to one of its options.",
      fix: `Choose one of ${deciding.choice.options.join(", ")}.`,
    };
  }
  const formula = numberNamed(open, name);
  if ("what" in formula) return formula;
  const value = numberIn(text, formula);
  if (value === undefined)
    return {
      what: `"${text}" is no number for ${formula.words}.`,
      why: `It is counted in ${unitWords[formula.unit] ?? formula.unit}.`,
      fix: `Write it like ${formula.id}=${exampleOf(formula.unit)}.`,
    };
  return { place: placeOf(open, formula), value, name: formula.id };
}

export const changesOf = (answers: readonly Answer[]): Changes => new Map(answers.map(({ place, value }) => [place, value]));

/** By its whole id, or by the end of it where only one ends so. */
function numberNamed(open: Undecided, name: string): Input | Named | Refused {
  const named = open.sheet.formulas.flatMap((formula) => (formula.kind === "input" || formula.kind === "named" ? [formula] : []));
  const exactly = named.find(({ id }) => id === name);
  if (exactly) return exactly;
  const ending = named.filter(({ id }) => id.endsWith(`.${name}`));
  const inputs = ending.filter(({ kind }) => kind === "input");
  const [only] = inputs.length === 1 ? inputs : ending;
  if (only && (inputs.length === 1 || ending.length === 1)) return only;
  if (ending.length > 1)
    return {
      what: `"${name}" may mean ${ending.length} numbers.`,
      why: "A what-if changes one of them.",
      fix: `Name one of ${ending
        .slice(0, 5)
        .map(({ id }) => id)
        .join(", ")}.`,
    };
  const ids = [...named.flatMap(({ id, kind }) => (kind === "input" ? [id, shortName(id)] : [])), ...open.byId.keys()];
  const near = nearest(name, ids);
  return {
    what: `Nothing in this design is called "${name}".`,
    why: "A what-if changes a number or a choice that the design rests on.",
    fix: near === undefined ? "Ask archwright design --json for the names of all: they are the keys of facts." : `Did you mean ${near}?`,
  };
}

type Scales = Readonly<Record<string, number | undefined>>;

const multiples: Scales = { "": 1, k: 1e3, m: 1e6, million: 1e6 };
const rates: Scales = { "": 1, "/s": 1, "/min": 1 / 60, "/h": 1 / 3_600, "/day": 1 / 86_400, k: 1e3, "k/s": 1e3 };
/** In milliseconds; without a unit a duration is taken as it is counted. */
const durations: Scales = { ms: 1, s: 1_000, m: 60_000, min: 60_000, h: 3_600_000, d: 86_400_000 };
const inDurationsOf = (countedMs: number): Scales => ({
  "": 1,
  ...Object.fromEntries(Object.entries(durations).map(([name, ms]) => [name, (ms ?? 0) / countedMs])),
});

/** What may stand behind a number, by what it counts: an answer of another kind is a mistake, and no number. */
const suffixes: Readonly<Record<Unit, Scales>> = {
  "/s": rates,
  "/month": { ...multiples, "/month": 1 },
  ms: inDurationsOf(1),
  s: inDurationsOf(1_000),
  hours: inDurationsOf(3_600_000),
  days: inDurationsOf(86_400_000),
  bytes: { "": 1, b: 1, kb: 1e3, mb: 1e6, gb: 1e9, tb: 1e12 },
  share: { "": 1, "%": 0.01 },
  rows: multiples,
  people: multiples,
  count: multiples,
  money: multiples,
  cores: multiples,
  "yes/no": {},
};

const currency = /^[a-z]{3}$/;

/** `500/s`, `12`, `99.95%`, `2h`, `1.5GB`, `yes`. */
function numberIn(
  text: string,
  { unit, range, value: now }: { readonly unit: Unit; readonly range?: readonly [number, number]; readonly value?: number },
): number | undefined {
  if (unit === "yes/no") return ({ yes: 1, no: 0, 1: 1, 0: 0 } as Scales)[text];
  const [, digits = "", written = ""] = /^([\d_,]*\.?\d+)\s*([a-z%/]*)$/i.exec(text) ?? [];
  const suffix = written.toLowerCase();
  const scale = suffixes[unit][suffix] ?? (unit === "money" && currency.test(suffix) ? 1 : undefined);
  if (digits === "" || scale === undefined) return undefined;
  const value = Number(digits.replaceAll(/[_,]/g, "")) * scale;
  // Growth may be more than the whole; nothing else may.
  const mayExceedAll = (range?.[1] ?? 0) > 1 || (now ?? 0) > 1;
  return unit === "share" && value > 1 && !mayExceedAll ? undefined : value;
}

const unitWords: Readonly<Partial<Record<Unit, string>>> = {
  "/s": "events a second",
  ms: "milliseconds",
  share: "a share, such as 99.9%",
  "yes/no": "yes or no",
};
const exampleOf = (unit: Unit): string =>
  ({ "/s": "500/s", ms: "400ms", share: "99.9%", "yes/no": "yes" } as Readonly<Partial<Record<Unit, string>>>)[unit] ?? "12";
