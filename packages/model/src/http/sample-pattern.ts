/** A text that a regular expression matches as a whole, or undefined where the expression says more than this reads. */
export function samplePattern(source: string, min = 0, max = Infinity): string | undefined {
  const whole = new RegExp(`^(?:${source})$`);
  for (const extra of [0, 1, 2, 4, min]) {
    const text = new Sampler(source, extra).sample();
    if (text !== undefined && text.length >= min && text.length <= max && whole.test(text)) return text;
  }
  return undefined;
}

/** Reads an expression once from left to right, and writes the plainest text that it allows. */
class Sampler {
  readonly #source: string;
  /** How often a repeated part is repeated beyond what it must be. */
  readonly #extra: number;
  #at = 0;

  constructor(source: string, extra: number) {
    this.#source = source;
    this.#extra = extra;
  }

  sample(): string | undefined {
    const text = this.#alternatives();
    return this.#at === this.#source.length ? text : undefined;
  }

  /** The first alternative that can be written. */
  #alternatives(): string | undefined {
    let chosen = this.#sequence();
    while (this.#take("|")) {
      const other = this.#sequence();
      chosen ??= other;
    }
    return chosen;
  }

  #sequence(): string | undefined {
    let text: string | undefined = "";
    while (this.#at < this.#source.length && !"|)".includes(this.#next())) {
      const part = this.#repeated();
      text = part === undefined || text === undefined ? undefined : text + part;
    }
    return text;
  }

  #repeated(): string | undefined {
    const from = this.#at;
    const first = this.#atom();
    const [least, most] = this.#quantifier();
    this.#take("?");
    const times = Math.min(most, least + (most === Infinity || most > least ? this.#extra : 0));
    if (first === undefined) return times === 0 ? "" : undefined;
    return Array.from({ length: times }, (_, index) => varied(this.#source.slice(from), first, index)).join("");
  }

  #atom(): string | undefined {
    const character = this.#source.charAt(this.#at++);
    if (character === "^" || character === "$") return "";
    if (character === "(") return this.#group();
    if (character === "[") return this.#set();
    if (character === ".") return "a";
    return character === "\\" ? this.#escape() : character;
  }

  #group(): string | undefined {
    const opening = /^\?(:|<[A-Za-z_]\w*>)/.exec(this.#source.slice(this.#at));
    if (opening) this.#at += opening[0].length;
    else if (this.#next() === "?") return undefined;
    const text = this.#alternatives();
    return this.#take(")") ? text : undefined;
  }

  #set(): string | undefined {
    const set = /^(\^?)((?:\\.|[^\]\\])*)\]/.exec(this.#source.slice(this.#at));
    if (!set) return undefined;
    this.#at += set[0].length;
    const whole = new RegExp(`^[${set[1] ?? ""}${set[2] ?? ""}]$`);
    return Array.from(plainest).find((character) => whole.test(character));
  }

  #escape(): string | undefined {
    const letter = this.#source.charAt(this.#at++);
    const known = classes[letter];
    return known ?? (/[A-Za-z0-9]/.test(letter) ? undefined : letter);
  }

  #quantifier(): readonly [least: number, most: number] {
    if (this.#take("?")) return [0, 1];
    if (this.#take("*")) return [0, Infinity];
    if (this.#take("+")) return [1, Infinity];
    const counted = /^\{(\d+)(,?)(\d*)\}/.exec(this.#source.slice(this.#at));
    if (!counted) return [1, 1];
    this.#at += counted[0].length;
    const least = Number(counted[1]);
    return [least, counted[2] === "" ? least : counted[3] === "" ? Infinity : Number(counted[3])];
  }

  #next(): string {
    return this.#source.charAt(this.#at);
  }

  #take(character: string): boolean {
    if (this.#next() !== character) return false;
    this.#at += 1;
    return true;
  }
}

const plainest = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_ .,:;/@#+*!?()'\"&%$=<>[]{}|~^`\\";
const classes: { readonly [letter: string]: string } = {
  d: "4",
  w: "a",
  s: " ",
  D: "a",
  W: "-",
  S: "a",
  b: "",
  B: "",
  n: "\n",
  t: "\t",
  r: "\r",
};

/** ABC rather than AAA, and 012 rather than 000, where the set goes on. */
function varied(from: string, first: string, index: number): string {
  const range = /^\[(?:A-Z|a-z|0-9|A-Z0-9|a-z0-9)\]/.exec(from)?.[0];
  const digits = range?.includes("0-9") === true && !/[a-z]/i.test(range);
  return range === undefined || first.length !== 1 ? first : String.fromCharCode(first.charCodeAt(0) + (index % (digits ? 10 : 26)));
}
