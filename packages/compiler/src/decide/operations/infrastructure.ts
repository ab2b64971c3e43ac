import { atMost, named, one, product, sum, when, zero, type Formula } from "../../formulas/formula.ts";
import { whether } from "../../quantities/given.ts";
import { needAtMost, needThat, needThatNot, type Brief, type DecisionRule, type Need, type OptionRule } from "../rule.ts";
import {
  cloudParts,
  codeBase,
  codeBuild,
  codeHours,
  consoleBuild,
  consoleHours,
  environments,
  handBuild,
  handHours,
  parts,
} from "./infrastructure-terms.ts";

/** Where it is written down what it runs on. */
export const infrastructure: DecisionRule = {
  id: "infrastructure",
  area: "operations",
  question: "Where is it written down what it runs on?",
  evidence: "general",
  sources: ["SOC 2, CC8.1: changes are authorised, tested and kept"],
  propose: (brief) => [{ options: optionsOf(brief) }],
};

function optionsOf(brief: Brief): readonly OptionRule[] {
  const { model, decided } = brief;
  const { comply } = model.requirements;
  const hosting = decided("hosting");
  const isBare = sum(hosting.is("containers"), hosting.is("kubernetes"), hosting.is("serverless"));
  const components = sum(parts, decided("placement").figure("deployables"), product(isBare, cloudParts));
  const copies = product(components, environments);
  const audits = comply.filter((law) => law === "soc2" || law === "hipaa");
  const isAudited = whether("changes-are-audited", "an auditor asks who changed what", audits.length > 0, model.name);
  const unaudited = needThatNot(isAudited, `${audits.join(" and ") || "an audit"} asks who changed what and who agreed to it`);
  return [
    {
      id: "platform-console",
      title: "the console of the platform",
      ...weighed(brief, "platform-console", product(components, consoleBuild), product(copies, consoleHours), [
        needThatNot(hosting.is("single-machine"), "a machine of one's own has no console that knows what runs on it"),
        unaudited,
      ]),
      because: `What ${model.name} runs on is a few settings that anybody of the team can look up.`,
      consequence: "The copy for trying out and the one in use drift apart, and nobody can say since when.",
    },
    {
      id: "by-hand",
      title: "a page of commands",
      ...weighed(brief, "by-hand", product(components, handBuild), product(copies, handHours), [
        needThat(hosting.is("single-machine"), "only on a machine of one's own is there anything to be done by hand"),
        unaudited,
      ]),
      because: `One machine carries ${model.name}, and a page of commands builds it again.`,
      consequence: "The page is older than the machine as soon as somebody is in a hurry.",
    },
    {
      id: "code",
      title: "infrastructure as code",
      ...weighed(brief, "code", codeBuild, sum(codeBase, product(copies, codeHours)), []),
      because: `Every copy of ${model.name} is built the same way, and each change of it was read by somebody.`,
      consequence: "A change that takes a minute in a console takes a review, and the tool's state has to be kept as safe as a password.",
    },
  ];
}

function weighed(
  { quantities, decided }: Brief,
  id: string,
  build: Formula,
  hours: Formula,
  needs: readonly Need[],
): Pick<OptionRule, "needs" | "bill" | "hoursPerMonth" | "figures"> {
  const isAlone = atMost(decided("zones").figure("zones"), one);
  // Where a second zone goes on, nobody waits until the first is built again.
  const awaited = named(
    `infrastructure.${id}.awaited`,
    "time that one waits until all of it is built anew",
    "ms",
    when(isAlone, build, zero),
  );
  return {
    needs: [...needs, needAtMost(awaited, quantities.promises.rtoMs, "building it anew takes longer than the promised time to be back")],
    bill: [],
    hoursPerMonth: hours,
    figures: [{ id: "rebuild", words: "time to build all of it anew", unit: "ms", formula: build }],
  };
}
