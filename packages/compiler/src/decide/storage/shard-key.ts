import type { Operation } from "@archwright/model";
import { greatest, named, one, product, quotient, sum, zero, type Formula } from "../../formulas/formula.ts";
import { counted } from "../../quantities/given.ts";
import { fewOf } from "../listing.ts";
import { needAtMost, needThatNot, type Brief, type DecisionRule, type OptionFigure, type OptionRule } from "../rule.ts";
import { crossingById, ownerKey, tenantKey, type ShardKey } from "./shard-keys.ts";
import { largestTenant } from "./tenants.ts";

/** Catalogue of decisions, 23: by what the rows are split, if they are. */
export const shardKey: DecisionRule = {
  id: "shard-key",
  area: "storage",
  question: "By what are rows split over several primaries?",
  evidence: "general",
  sources: ["catalogue of decisions, 23 (shard)"],
  propose: (brief) => {
    const tenant = tenantKey(brief.model);
    const actor = ownerKey(brief.model);
    const owner = actor?.owner === tenant?.owner ? undefined : actor;
    return tenant || owner ? [{ options: optionsOf(brief, tenant, owner) }] : [];
  },
};

function optionsOf(brief: Brief, tenant: ShardKey | undefined, owner: ShardKey | undefined): readonly OptionRule[] {
  const { model, facts, decided } = brief;
  const selecting = new Set(facts.selections.filter(({ use }) => use !== "policy").map(({ by }) => by));
  const byId = crossingById(model, (id) => selecting.has(id));
  return [
    {
      ...weighed(brief, "none", [], zero),
      id: "none",
      title: "no shard key",
      needs: [needThatNot(decided("database").is("postgres-sharded"), "the data are split over several primaries")],
      because: `One primary has all rows of ${model.name}, so that none has to be looked for.`,
      consequence: "A key that is missing in a table today is work to add on the day when the data have to be split.",
    },
    ...(tenant ? [byOwner(brief, "tenant", tenant, largestTenant(brief))] : []),
    ...(owner ? [byOwner(brief, "owner", owner, largestOwner(brief, owner))] : []),
    {
      ...weighed(brief, "id-hash", byId, zero),
      id: "id-hash",
      title: "shards by a hash of the row's id",
      because: `Rows of ${model.name} spread evenly, however large any one owner is.`,
      consequence: `${crossed(byId)} more than one shard.`,
    },
  ];
}

function byOwner(brief: Brief, id: string, { owner, together, crossing }: ShardKey, largest: Formula): OptionRule {
  const primaries = brief.decided("database").figure("primaries");
  const { figures, score } = weighed(brief, id, crossing, product(largest, primaries));
  const count = together.size === 1 ? `${owner.name} itself` : `${together.size} kinds of rows`;
  return {
    id,
    title: `shards by ${owner.name}`,
    needs: [needAtMost(product(largest, primaries), one, `the largest ${owner.name} alone would be too much for its shard`)],
    ...(figures && { figures }),
    ...(score && { score }),
    because: `${count} belong to one ${owner.name} each, and what is done for one stays on its shard.`,
    consequence: `${crossed(crossing)} more than one shard.`,
  };
}

function weighed(brief: Brief, id: string, crossing: readonly Operation[], fullest: Formula): Pick<OptionRule, "figures" | "score"> {
  const { load } = brief.quantities;
  const perSecond = named(
    `shard-key.${id}.rate`,
    `operations across shards with ${id}`,
    "/s",
    sum(...crossing.map((operation) => load.peakOf(operation.id))),
  );
  const count = counted(`shard-key.${id}.count`, `operations that touch several shards with ${id}`, crossing.length, brief.model.name);
  const figures: readonly OptionFigure[] = [
    { id: "crossing", words: "operations that touch several shards", unit: "count", formula: count },
    { id: "crossing-rate", words: "how often they do at the peak", unit: "/s", formula: perSecond },
    { id: "fullest", words: "the largest owner, over what one shard is to hold", unit: "share", formula: fullest },
  ];
  return { figures, score: perSecond };
}

/** Where the model does not say how many rows the largest has, all owners are taken to be alike. */
function largestOwner({ quantities: { volume } }: Brief, { owner, together }: ShardKey): Formula {
  const shares = [...together].flatMap((id) => {
    const most = volume.mostOf(id);
    return most ? [quotient(most, greatest(one, volume.rowsAtHorizonOf(id)))] : [];
  });
  return greatest(quotient(one, greatest(one, volume.rowsAtHorizonOf(owner.id))), ...shares);
}

function crossed(crossing: readonly Operation[]): string {
  if (crossing.length === 0) return "No operation needs it today, but a report over everything will have to ask";
  return `${fewOf(crossing.map(({ name }) => name))} ${crossing.length === 1 ? "has" : "have"} to ask, or to write,`;
}
