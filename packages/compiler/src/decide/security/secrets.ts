import { constant, exact, product, sum, type Formula } from "../../formulas/formula.ts";
import { counted } from "../../quantities/given.ts";
import { fewOf } from "../listing.ts";
import { needThatNot, type Brief, type DecisionRule, type OptionRule } from "../rule.ts";
import { isBoundBy, lawsInWords } from "./compliance.ts";
import { personalFieldsKept, secretFieldsKept } from "./sensitive-fields.ts";

const hours = (id: string, words: string, value: number, range: readonly [number, number]): Formula =>
  constant(`secrets-${id}`, `hours a month ${words}`, value, "hours", "general", "each is changed once in a quarter", range);

const byHand = hours("by-hand", "to change one secret by hand, in each process", 0.1, [0.03, 0.5]);
const storeBase = hours("store-base", "for a store: who may read what", 0.25, [0.1, 1]);
const storeEach = hours("store-each", "to have one changed by the store", 0.02, [0.005, 0.1]);
const vaultBase = hours("vault-base", "for a vault of one's own: unsealing, upgrades, copies", 4, [1, 16]);

export const secrets: DecisionRule = {
  id: "secrets",
  area: "security",
  question: "Where are keys and passwords for others kept?",
  evidence: "general",
  sources: ["OWASP ASVS 5.0, V13.3 (secret management)"],
  propose: (brief) => [{ options: optionsOf(brief) }],
};

function optionsOf(brief: Brief): readonly OptionRule[] {
  const { model, decided, price } = brief;
  const count = counted("secrets", "keys and passwords for others", countOf(brief), model.name);
  const copies = product(count, decided("placement").figure("deployables"));
  const audited = isBoundBy(brief, "soc2", "hipaa");
  const parties = model.integrations.map(({ name }) => name);
  return [
    {
      id: "environment",
      title: "secrets in the settings of each process",
      needs: [
        needThatNot(
          audited,
          `under ${lawsInWords(brief, "soc2", "hipaa")} one has to show who has read which secret, and when it was changed`,
        ),
      ],
      bill: [],
      hoursPerMonth: product(copies, byHand),
      because:
        parties.length === 0
          ? "Little more than the way to the database has to be kept."
          : `The keys of ${fewOf(parties)} are few enough to be changed by hand.`,
      consequence: "Whoever may see the settings may see the secrets, and a change needs a restart.",
    },
    {
      id: "platform-store",
      title: "the secret store of the platform",
      needs: [needThatNot(decided("hosting").is("single-machine"), "a machine of one's own has no such store")],
      bill: [{ component: "secrets", words: "secrets in a store of the platform", cost: product(count, price("secret")) }],
      hoursPerMonth: sum(storeBase, product(count, storeEach)),
      because: "The store changes secrets by itself, and notes who reads them.",
      consequence: "A process cannot start while the store is away, and another platform means another store.",
    },
    {
      id: "vault",
      title: "a vault of one's own",
      bill: [{ component: "secrets", words: "three nodes of a vault", cost: product(price("vault-node"), exact(3)) }],
      hoursPerMonth: sum(vaultBase, product(count, storeEach)),
      because: "It gives each process a password of its own that ends by itself, wherever that process runs.",
      consequence: "It is one more system that must not be down, and somebody has to open it again when it was.",
    },
  ];
}

/** The way to the database and the key that signs; one for each third party that is called, one for each that calls. */
function countOf({ model }: Brief): number {
  const called = model.integrations.filter(({ calls }) => calls.length > 0).length;
  const calling = model.integrations.filter(({ webhooks }) => webhooks.length > 0).length;
  const encrypts = secretFieldsKept(model).length + personalFieldsKept(model).length > 0 ? 1 : 0;
  return 1 + (model.roles.length > 0 ? 1 : 0) + (model.messages.length > 0 ? 1 : 0) + called + calling + encrypts;
}
