import type { Input } from "../../formulas/formula.ts";
import { listed } from "../../lint/phrases.ts";
import { whether } from "../../quantities/given.ts";
import type { Brief } from "../rule.ts";

type Law = "gdpr" | "pci-saq-a" | "soc2" | "hipaa";

/** Whether one of these binds the system. */
export function isBoundBy({ model }: Pick<Brief, "model">, ...laws: readonly Law[]): Input {
  const { comply } = model.requirements;
  const words = `${listed(laws.map((law) => law.toUpperCase()))} ${laws.length === 1 ? "applies" : "apply, one or more of them"}`;
  return whether(
    `comply.${laws.join("-or-")}`,
    words,
    laws.some((law) => comply.includes(law)),
    model.name,
  );
}

/** Those of these laws that bind it, as they stand in a sentence. */
export function lawsInWords({ model }: Pick<Brief, "model">, ...laws: readonly Law[]): string {
  const binding = laws.filter((law) => model.requirements.comply.includes(law));
  return binding.length === 0 ? "an audit" : listed(binding.map((law) => law.toUpperCase()));
}
