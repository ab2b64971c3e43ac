import type { Decision, Design } from "@archwright/model";
import { code, link, type Block } from "../block.ts";
import { recordId } from "../record-id.ts";
import type { Section, Subject } from "../section.ts";
import { comparison, tippingPoint, verdictOf } from "../subject/comparison.ts";
import { decisionOn, decisionsBy, toRecord } from "../subject/decided.ts";
import { bullets, enumerated, paragraph, prose, subheading, table, warning, type Part, type Row } from "../subject/prose.ts";

export const technology: Section = {
  id: "technology",
  title: "Technology choices",
  tell: (subject) => {
    const chosen = systemRules.flatMap((rule) => decisionOn(subject.design, rule) ?? []);
    const kept = decisionsBy(subject.design, "database-class");
    if (chosen.length + kept.length === 0) return [];
    return [
      overview(subject, chosen),
      ...table(
        ["Question", "Chosen", "What would change it"],
        chosen.map((decision) => row(subject, decision)),
      ),
      ...kinds(kept),
      ...chosen.flatMap((decision) => details(subject, decision)),
    ];
  },
};

/** Decisions that name a product or a way of building, rather than a number. */
const systemRules = [
  "framework",
  "api-style",
  "client-sync",
  "database",
  "broker",
  "relay",
  "cache",
  "cdn",
  "sign-in",
  "tokens",
  "rate-limit-store",
  "secrets",
  "hosting",
  "load-balancing",
  "egress-path",
  "infrastructure",
  "telemetry",
];

function overview({ model, design }: Subject, chosen: readonly Decision[]): Block {
  const pinned = chosen.filter((decision) => decision.pinned);
  const skills = model.requirements.skills;
  const [framework, hosting, database, broker] = ["framework", "hosting", "database", "broker"].map((rule) => decisionOn(design, rule));
  return paragraph(
    `${model.name} is built with `,
    framework ? toRecord(framework) : "what the team knows",
    hosting && prose(", runs on ", toRecord(hosting)),
    database && prose(", and keeps its data in ", toRecord(database)),
    ...otherDatabases(design),
    broker && prose("; its events are carried by ", toRecord(broker)),
    ". ",
    skills.length > 0 && `The team knows ${skills.join(", ")}. `,
    pinned.length > 0 &&
      `${pinned.length === 1 ? "One choice was" : `${pinned.length} choices were`} made beforehand, by a pin of the model.`,
  );
}

/** Contexts whose data lie elsewhere than the rest. */
function otherDatabases(design: Design): readonly Part[] {
  return decisionsBy(design, "database-class")
    .filter(({ chosen }) => chosen !== "postgresql")
    .map((decision) => prose(", those of ", code(decision.about ?? ""), " in ", toRecord(decision)));
}

/** These have a chapter of their own, with their figures. */
const toldElsewhere = new Set(["cache", "cdn"]);

const row = ({ design }: Subject, decision: Decision): Row => [
  decision.question,
  prose(toRecord(decision), decision.pinned && ` (pinned: ${decision.pinned.because})`),
  tippingPoint(decision, design) || "nothing that was tried",
];

/** Every kind of database once, with the contexts that it was weighed for. */
function kinds(decisions: readonly Decision[]): readonly Block[] {
  const kindsOfAll = new Map(decisions.flatMap(({ options }) => options.map(({ id, title }) => [id, title] as const)));
  const rows = [...kindsOfAll].map(([id, title]): Row => {
    const found = decisions.flatMap((decision) => decision.options.flatMap((option) => (option.id === id ? [{ decision, option }] : [])));
    const contexts = (verdict: string): Part => {
      const such = found.filter(({ option }) => option.verdict === verdict);
      return such.length > 0 && enumerated(such.map(({ decision }) => link(decision.about ?? "", recordId(decision))));
    };
    const reason = found.flatMap(({ option }) => option.broken)[0]?.because;
    return [title, contexts("chosen"), contexts("possible"), contexts("ruled out"), reason && `such as: ${reason}`];
  });
  return rows.length === 0
    ? []
    : [
        subheading("Kind of database", "technology-database-class"),
        ...table(["Kind", "Chosen for", "Possible for", "Ruled out for", "Why it was ruled out"], rows),
      ];
}

function details({ design }: Subject, decision: Decision): readonly Block[] {
  if (decision.options.length < 2 || toldElsewhere.has(decision.rule)) return [];
  const freely = decision.pinned && decision.options.find(({ id }) => id === decision.pinned?.insteadOf);
  const option = decision.options.find(({ id }) => id === decision.chosen);
  return [
    subheading(decision.question, `technology-${decision.id.replace(/\W/g, "-")}`),
    paragraph("Chosen: ", verdictOf(decision)),
    ...comparison(decision, design),
    ...(freely && freely.id !== decision.chosen ? [warning(`Without the pin it would be ${freely.title}: ${freely.because}`)] : []),
    ...bullets((option?.broken ?? []).map(({ because }) => prose("Breaks: ", because, "."))),
  ];
}
