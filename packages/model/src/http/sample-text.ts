import { wordsOf } from "./words.ts";

/** What a text of this name might say, of a length between the two. The name of a thing depends on the thing: its owner. */
export function sampleText(name: string, owner = "", min = 0, max = Infinity): string {
  const words = wordsOf(name);
  const text = (name === "name" && known(names, wordsOf(owner))) || known(texts, words) || `${words.join("-") || "text"}-1024`;
  return fitted(text, min, max);
}

/** A number that a field of this name might hold. */
export function sampleNumber(name: string): number {
  return known(numbers, wordsOf(name)) ?? 3;
}

/** An amount of money, in minor units, that a field of this name might hold: two pieces at 12.99 make 25.98. */
export function sampleMinorUnits(name: string): number {
  return wordsOf(name).some((word) => single.has(word)) ? 1299 : 2598;
}

/** A text made to fit: cut, or begun again until it is long enough. */
export function fitted(text: string, min: number, max: number): string {
  const long = text.length >= min ? text : `${text} `.repeat(Math.ceil(min / (text.length + 1)) + 1).slice(0, min);
  return long.slice(0, max);
}

/** What the last word says that is known: a `billingAddress` is an address. */
function known<T>(samples: { readonly [word: string]: T }, words: readonly string[]): T | undefined {
  const word = words.findLast((candidate) => Object.hasOwn(samples, candidate));
  return word === undefined ? undefined : samples[word];
}

const single = new Set(["price", "cost", "fee", "rate"]);

const names: { readonly [word: string]: string } = {
  category: "Kitchen",
  company: "Analytical Engines Ltd",
  item: "Steel kettle",
  organisation: "Analytical Engines Ltd",
  organization: "Analytical Engines Ltd",
  product: "Steel kettle",
  project: "Kettle of the year",
  supplier: "Norte Steel Lda",
  team: "Kitchen team",
  tenant: "Analytical Engines Ltd",
};

const numbers: { readonly [word: string]: number } = {
  age: 36,
  capacity: 200,
  days: 14,
  height: 180,
  hours: 8,
  minutes: 30,
  month: 1,
  percent: 20,
  port: 443,
  quantity: 2,
  score: 87,
  seats: 4,
  size: 512,
  stock: 40,
  weight: 1200,
  width: 60,
  year: 2026,
};

const texts: { readonly [word: string]: string } = {
  address: "Lange Strasse 12, 10243 Berlin",
  author: "Ada Lovelace",
  body: "The kettle arrived today, and it sings.",
  city: "Lisbon",
  code: "AB-1024",
  color: "blue",
  comment: "The kettle arrived today, and it sings.",
  company: "Analytical Engines Ltd",
  country: "PT",
  description: "A steel kettle for one and a half litres.",
  firstname: "Ada",
  label: "Kitchen",
  lastname: "Lovelace",
  message: "Your parcel is on its way.",
  name: "Ada Lovelace",
  note: "Please ring twice.",
  postcode: "1100-148",
  reason: "It arrived too late.",
  sku: "KET-1500-ST",
  state: "Bavaria",
  street: "Rua Augusta 24",
  subject: "Your order",
  tag: "kitchen",
  text: "Buy milk, and call Ada.",
  title: "A kettle that sings",
  words: "steel kettle",
  zip: "10243",
};
