/** Ten entities and the ten commands about them: what a generated model is made of. A context holds up to two parts. */
export interface Part {
  readonly context: string;
  /** The first part of a context opens its file; the first of all brings the people and the roles too. */
  readonly opens: boolean;
  readonly isFirst: boolean;
  /** What the texts call by a role in the part, and what it is called here: `<Order>` is `BillingContract`, `<orders>` its path. */
  readonly names: ReadonlyMap<string, string>;
}

export const entitiesPerPart = 10;
export const partsPerContext = 2;

export function partAt(index: number): Part {
  const contextIndex = Math.floor(index / partsPerContext);
  const turn = index % partsPerContext;
  const context = contextNames[contextIndex];
  if (context === undefined) throw new RangeError(`There are names for ${partsMax} parts, and this is number ${index + 1}.`);
  const nouns = Object.entries(nounsOfRoles).flatMap(([role, choices], order) => {
    const [singular = "", plural = ""] = choices[turn] ?? [];
    const prefix = [Math.floor(contextIndex / 26), contextIndex % 26, order, turn].map(letter).join("");
    return [
      [capital(role), `${capital(context)}${singular}`],
      [role, `${context}${singular}`],
      [`${role}s`, `${context}-${plural}`],
      [`${role}Id`, prefix],
    ] as const;
  });
  const names = new Map<string, string>([["Context", capital(context)], ["context", context], ...nouns]);
  return { context, opens: turn === 0, isFirst: index === 0, names };
}

/** Each `<name>` of the text in the words of the part. */
export function inWordsOf(names: ReadonlyMap<string, string>, text: string): string {
  return text.replace(/<(\w+)>/g, (slot, name: string) => {
    const word = names.get(name);
    if (word === undefined) throw new RangeError(`No part has a name for ${slot}.`);
    return word;
  });
}

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
const letter = (index: number): string => String.fromCharCode(97 + index);

const nounsOfRoles: { readonly [role: string]: readonly (readonly [singular: string, plural: string])[] } = {
  profile: [
    ["Profile", "profiles"],
    ["Contact", "contacts"],
  ],
  category: [
    ["Category", "categories"],
    ["Tariff", "tariffs"],
  ],
  stock: [
    ["Product", "products"],
    ["Asset", "assets"],
  ],
  order: [
    ["Order", "orders"],
    ["Contract", "contracts"],
  ],
  payment: [
    ["Payment", "payments"],
    ["Settlement", "settlements"],
  ],
  note: [
    ["Note", "notes"],
    ["Remark", "remarks"],
  ],
  booking: [
    ["Booking", "bookings"],
    ["Appointment", "appointments"],
  ],
  site: [
    ["Site", "sites"],
    ["Location", "locations"],
  ],
  document: [
    ["Document", "documents"],
    ["Attachment", "attachments"],
  ],
  account: [
    ["Account", "accounts"],
    ["Ledger", "ledgers"],
  ],
};

const contextNames = `
  identity billing shipping sales support travel fleet finance stores garden
  health kitchen library marine network office plant quality rental safety
  school service sport station studio supply theatre tools transit uniform
  vendor village visitor warehouse water weather welcome winter workshop yard
`
  .trim()
  .split(/\s+/);
export const partsMax = contextNames.length * partsPerContext;
