import { constant, product, zero, type Formula } from "../../formulas/formula.ts";
import { shortName } from "../../lint/phrases.ts";
import { assumed, counted, whether } from "../../quantities/given.ts";
import type { PlacedField } from "../../facts/nested-fields.ts";
import { fewOf } from "../listing.ts";
import { needThat, needThatNot, type Brief, type DecisionRule, type OptionRule } from "../rule.ts";
import { isBoundBy } from "./compliance.ts";
import { isSpecial, personalFieldsKept, secretFieldsKept } from "./sensitive-fields.ts";

const cipherMs = constant(
  "encryption-cipher",
  "work to encrypt or decrypt the fields of a row",
  0.02,
  "ms",
  "general",
  "AES-GCM over a few hundred bytes; to be measured",
  [0.005, 0.1],
);
const columnHours = constant(
  "encryption-column-hours",
  "hours a month for keys that change and columns that cannot be searched",
  0.5,
  "hours",
  "general",
  "to be counted",
  [0.1, 4],
);
const clientHours = constant(
  "encryption-client-hours",
  "hours a month for keys that people have and lose",
  6,
  "hours",
  "general",
  "to be counted",
  [2, 40],
);

export const encryption: DecisionRule = {
  id: "encryption",
  area: "security",
  question: "How far does encryption reach into what is kept?",
  evidence: "general",
  sources: ["GDPR, articles 9 and 32", "HIPAA, 45 CFR 164.312(a)(2)(iv)", "OWASP ASVS 5.0, V14.2"],
  propose: (brief) => {
    const held: Held = { personal: personalFieldsKept(brief.model), secret: secretFieldsKept(brief.model) };
    return held.personal.length + held.secret.length === 0 ? [] : [{ options: optionsOf(brief, held) }];
  },
};

interface Held {
  readonly personal: readonly PlacedField[];
  readonly secret: readonly PlacedField[];
}

function optionsOf(brief: Brief, { personal, secret }: Held): readonly OptionRule[] {
  const { model, price } = brief;
  const special = personal.filter(isSpecial);
  const guarded = [...special, ...secret];
  const hasSecrets = whether("encryption.secrets", "it keeps keys and passwords that it has to read again", secret.length > 0, model.name);
  const hasSpecial = whether("encryption.special", "it keeps what people are harmed by when it gets out", special.length > 0, model.name);
  const isHealth = product(
    isBoundBy(brief, "hipaa"),
    whether("encryption.personal", "it keeps data about people", personal.length > 0, model.name),
  );
  const keys = counted("encryption.contexts", "contexts with such fields", contextsOf(guarded.length > 0 ? guarded : personal), model.name);
  const bill = (cost: Formula): OptionRule["bill"] & object => [{ component: "encryption", words: "keys of a key service", cost }];
  return [
    {
      id: "disk",
      title: "encrypted disks and backups",
      needs: [
        needThatNot(hasSecrets, `${namesOf(secret)} would lie readable in every dump of the database`),
        needThatNot(hasSpecial, `${namesOf(special)} would lie readable before everybody who may look into the database`),
        needThatNot(isHealth, "HIPAA wants health data unreadable to whoever only runs the database"),
      ],
      bill: bill(price("key")),
      hoursPerMonth: zero,
      latencyMs: zero,
      because: `What ${model.name} keeps about people is no more than a stolen disk must not give away.`,
      consequence: "Whoever may query the database sees everything.",
    },
    {
      id: "column",
      title: "encrypted columns, with keys outside of the database",
      needs: [needThat(mayRead(model.name, guarded), "whoever runs the servers has the keys too, and is not to read it")],
      bill: bill(product(price("key"), keys)),
      hoursPerMonth: columnHours,
      latencyMs: cipherMs,
      because: `${namesOf(guarded.length > 0 ? guarded : personal)} cannot be read from a dump, a backup or a query.`,
      consequence: "Such a column can be neither searched nor sorted, and with a lost key it is lost.",
    },
    {
      id: "client-side",
      title: "encryption on people's own devices",
      needs: [needThatNot(hasSecrets, `the server itself needs ${namesOf(secret)}`)],
      bill: bill(zero),
      hoursPerMonth: clientHours,
      latencyMs: zero,
      because: "Nobody but those whom it is about can read it, whoever runs the servers.",
      consequence: "The server can neither search nor check nor show it, and who loses his device loses it.",
    },
  ];
}

const mayRead = (system: string, guarded: readonly PlacedField[]): Formula =>
  assumed({
    id: "operators-may-read",
    words: "whoever runs the servers may read what people entrust to it",
    unit: "yes/no",
    value: 1,
    range: [0, 1],
    ask: `May whoever runs the servers of ${system} be able to read ${guarded.length > 0 ? namesOf(guarded) : "what it keeps about people"}?`,
    because: "nearly every business system lets its operators",
  });

const namesOf = (fields: readonly PlacedField[]): string => fewOf(fields.map(({ path }) => shortName(path)));
const contextsOf = (fields: readonly PlacedField[]): number => new Set(fields.map(({ path }) => path.split(".")[0])).size;
