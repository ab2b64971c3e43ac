import { ceiling, constant, greatest, named, power, product, quotient, sum, type Formula } from "../../formulas/formula.ts";
import { counted } from "../../quantities/given.ts";
import { fewOf } from "../listing.ts";
import { needAtLeast, needAtMost, type Brief, type DecisionRule, type Need, type OptionRule } from "../rule.ts";
import { computeOf, hopAvailability, hopMs, hoursOfProcesses } from "./process-cost.ts";
import { lossOf, pairsOf } from "./crossings-in-words.ts";
import { areApart, catalogue, isolation, isolationMax, mostHops, mostOwners, scaleRatio, scaleTimes, type Partition } from "./partition.ts";
import { processGroupsOf, type ProcessGroups } from "./process-groups.ts";

const teamsMax = constant("placement-teams", "teams that can share a process", 2, "count", "sourced", catalogue);
const teamSize = constant("placement-team-size", "people that make one team", 8, "people", "general", "usual upper end", [5, 10]);
const runningShare = constant(
  "placement-running-share",
  "share of a team's time that may go into keeping processes running",
  0.15,
  "share",
  "general",
  "to be set by the team",
  [0.05, 0.4],
);
/** Catalogue of decisions, 4. */
export const placement: DecisionRule = {
  id: "placement",
  area: "structure",
  question: "In how many processes does it run?",
  evidence: "sourced",
  sources: [catalogue],
  propose: (brief) => {
    const groups = processGroupsOf(brief.facts);
    const all = brief.model.contexts.map(({ name }) => name);
    const options = [together(brief, groups, all)];
    if (all.length > 1) options.push(byGroup(brief, groups), alone(brief, groups));
    return [{ options }];
  },
};

function together(brief: Brief, groups: ProcessGroups, all: readonly string[]): OptionRule {
  const [first = brief.model.name, ...others] = all;
  const bound =
    groups.bindings.length === 0
      ? ""
      : `, and ${pairsOf(groups.bindings)} ${groups.bindings.length === 1 ? "is" : "are"} one transaction${groups.bindings.length === 1 ? "" : " each"}`;
  return {
    ...optionOf(brief, groups, "one-process", [all]),
    title: all.length > 1 ? `one process for all ${all.length} contexts` : "one process",
    because:
      all.length > 1
        ? `What ${fewOf(all)} ask of each other stays in memory${bound}.`
        : `${brief.model.name} has the one context ${first}.`,
    consequence:
      others.length > 0
        ? `A release, a leak of memory or a crash of ${first} takes ${fewOf(others)} along.`
        : `A release of ${first} is a release of everything.`,
  };
}

function byGroup(brief: Brief, groups: ProcessGroups): OptionRule {
  const cut = groups.crossings.filter(({ from, to }) => groups.groupOf(from) !== groups.groupOf(to));
  const names = fewOf(groups.groups.map((group) => group.join(" + ")));
  const isOne = groups.groups.length === 1;
  return {
    ...optionOf(brief, groups, "process-per-group", groups.groups),
    title: `a process for each group of contexts, ${groups.groups.length} in all`,
    because: isOne
      ? `Owners and transactions leave a single group, ${names}.`
      : `${names} can be released and scaled apart, and no transaction is cut.`,
    consequence: isOne
      ? "It is one process today, and a second as soon as a context of another owner shares no transaction with these."
      : `${lossOf(cut)}, and each process has to be released, watched and paid for.`,
  };
}

/** A transaction lies in one process: contexts that one binds are never apart. */
function alone(brief: Brief, groups: ProcessGroups): OptionRule {
  const { bound, boundOf, bindings, crossings } = groups;
  const isWhole = bindings.length > 0;
  const cut = crossings.filter(({ from, to }) => boundOf(from) !== boundOf(to));
  return {
    ...optionOf(brief, groups, "process-per-context", bound),
    title: isWhole ? `${bound.length} processes, as small as transactions allow` : `a process for each of ${bound.length} contexts`,
    because: `Each of ${fewOf(bound.map((names) => names.join(" + ")))} scales, fails and is released by itself.`,
    consequence: `${lossOf(cut)}${isWhole ? `, while ${pairsOf(bindings)} stay in one process` : ""}.`,
  };
}

function optionOf(
  { model, quantities, price, hourPrice }: Brief,
  { crossings }: ProcessGroups,
  id: string,
  partition: Partition,
): Pick<OptionRule, "id" | "needs" | "hoursPerMonth" | "latencyMs" | "availability" | "figures" | "score"> {
  const { promises } = quantities;
  const isCut = areApart(partition);
  const count = (what: string, words: string, value: number): Formula => counted(`${id}.${what}`, `${words} with ${id}`, value, model.name);
  const deployables = count("processes", "processes", partition.length);
  const edges = count("edges", "calls between processes", crossings.filter(isCut).length);
  const hops = count("hops", "hops over the network that one request waits for at most,", mostHops(crossings, isCut));
  const hours = hoursOfProcesses(deployables, edges);
  const kept = power(hopAvailability, hops);
  const owners = count("owners", "owners that share a process at most,", mostOwners(model, partition));
  const compute = computeOf(deployables, price);
  return {
    id,
    needs: [
      ...sharingNeeds(quantities, id, partition, greatest(owners, ceiling(quotient(promises.team, product(teamSize, deployables))))),
      needAtLeast(
        named(`${id}.kept`, `availability that the hops of ${id} leave`, "share", kept),
        promises.availability,
        "every hop takes its share of the promised availability",
      ),
      needAtMost(
        named(`${id}.running`, `hours in a month that processes take with ${id}`, "hours", hours),
        named("placement.room", "hours of the team that processes may take", "hours", product(promises.teamHours, runningShare)),
        "the team has other work than keeping processes running",
      ),
    ],
    hoursPerMonth: hours,
    latencyMs: product(hops, hopMs),
    availability: kept,
    figures: [
      { id: "deployables", words: "processes to be deployed", unit: "count", formula: deployables },
      { id: "compute", words: "the least that its copies cost as small containers", unit: "money", formula: compute },
    ],
    // Processors are on the bill of the replicas.
    score: sum(compute, product(hours, hourPrice)),
  };
}

/** What contexts and teams bear of each other in one process. */
function sharingNeeds(quantities: Brief["quantities"], id: string, partition: Partition, teams: Formula): readonly Need[] {
  const scale = "processors of the busiest context over those of the quietest in its process";
  const apart = "downtime that the loosest context of a process may have, over that of the strictest";
  return [
    needAtMost(
      named(`${id}.scale`, scale, "count", scaleRatio(quantities, partition)),
      scaleTimes,
      "the busiest context would multiply the others along with itself",
    ),
    needAtMost(
      named(`${id}.isolation`, apart, "count", isolation(quantities, partition)),
      isolationMax,
      "the context with the loosest promise could take the strictest down",
    ),
    needAtMost(
      named(`${id}.teams`, "teams that share a process", "count", teams),
      teamsMax,
      "more teams than that wait for each other's releases",
    ),
  ];
}
