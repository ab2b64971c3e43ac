import { constantDecisions, formatted } from "../packages/compiler/dist/index.js";

/** @typedef {import("../packages/compiler/dist/index.js").DecisionRule} DecisionRule */
/** @typedef {import("../packages/model/dist/index.js").Design} Design */

/**
 * The decisions that can be taken, and what they come to in each example.
 *
 * @param {readonly DecisionRule[]} decisions
 * @param {ReadonlyMap<string, Design>} designs By the name of the example.
 */
export function decisionsPage(decisions, designs) {
  const areas = [...new Set(decisions.map(({ area }) => area))];
  const sections = areas.map((area) => {
    const rows = decisions
      .filter((rule) => rule.area === area)
      .map(({ id, question, sources }) => `| \`${id}\` | ${question} | ${sources.join("; ")} |`);
    return `## ${area}\n\n| decision | question | source |\n|---|---|---|\n${rows.join("\n")}`;
  });
  return `# Decisions

What \`archwright design\` decides: ${decisions.length} decisions, some about the system and some about each of its items. \`archwright explain <decision>\` shows the
options with their figures, what rules each out, and where the choice tips. A choice is pinned in the model, with the reason:

\`\`\`ts
pin: { broker: { choose: "postgres-outbox", because: "team of 3, nobody on call for a broker" } }
\`\`\`

Where the catalogue of decisions is named as a source, its evidence is of three kinds: *measured* by us, *sourced* from what is named, and *general*
knowledge, which is a default to calibrate. Prices are dated, and none is a quotation; \`--what-if price.egress=0.05\` supposes another.

${sections.join("\n\n")}

${examplesTable(designs)}

${constantsTable(decisions, designs)}
`;
}

/** @param {ReadonlyMap<string, Design>} designs */
function examplesTable(designs) {
  const names = [...designs.keys()];
  const ids = [
    ...new Set([...designs.values()].flatMap(({ decisions }) => decisions.filter(({ about }) => about === undefined).map(({ id }) => id))),
  ];
  const rows = ids.map((id) => {
    const cells = names.map((name) => designs.get(name)?.decisions.find((decision) => decision.id === id)?.chosen ?? "–");
    return `| \`${id}\` | ${cells.join(" | ")} |`;
  });
  const money = names.map((name) => {
    const bill = designs.get(name)?.bill;
    return bill === undefined ? "" : `${Math.round(bill.total.value).toLocaleString("en")} ${bill.currency}`;
  });
  return `## What the examples come to

Decisions about the system, by example (\`examples/\`). A dash says that there is nothing to decide.

| decision | ${names.join(" | ")} |
|---|${names.map(() => "---").join("|")}|
${rows.join("\n")}
| **bill of a month** | ${money.join(" | ")} |`;
}

/**
 * A decision that comes to the same everywhere must be one that could come to something else: the nearest number that would do it.
 *
 * @param {readonly DecisionRule[]} decisions
 * @param {ReadonlyMap<string, Design>} designs
 */
function constantsTable(decisions, designs) {
  const rows = constantDecisions(decisions, designs).map(
    ({ rule, chosen, decidedIn, nearest }) =>
      `| \`${rule}\` | ${chosen ?? "–"} | ${decidedIn.length} | ${nearest ? tippedBy(nearest, designs) : "no example has anything to decide here"} |`,
  );
  return `## What does not vary, and why

These come to the same option wherever the examples have something to decide. Each would change all the same: here is the nearest number of an
example that changes it, found by trying, while all other numbers stay.

| decision | chosen | examples | becomes |
|---|---|---|---|
${rows.join("\n")}`;
}

/**
 * @param {import("../packages/compiler/dist/index.js").NearestFlip} flip
 * @param {ReadonlyMap<string, Design>} designs
 */
function tippedBy(flip, designs) {
  const { design, decision, words, unit, from, at, to } = flip;
  const currency = designs.get(design)?.currency;
  const about = decision.includes(":") ? ` of ${decision.slice(decision.indexOf(":") + 1)}` : "";
  if (unit === "yes/no") return `\`${to}\`${about} in ${design}, ${at === 1 ? "if" : "unless"} ${words}`;
  const [now, then] = [formatted(from, unit, currency), formatted(at, unit, currency)];
  const way = `when ${words} ${at > from ? "rises" : "falls"}`;
  if (now === then) return `\`${to}\`${about} in ${design}, ${way} ${at > from ? "above" : "below"} ${now}`;
  return `\`${to}\`${about} in ${design}, ${way} from ${now} to ${then}${timesInWords(flip)}`;
}

/** @param {Pick<import("../packages/compiler/dist/index.js").NearestFlip, "factor" | "unit" | "from" | "at">} flip */
function timesInWords({ factor, unit, from, at }) {
  if (factor === undefined) return "";
  const times = formatted(factor, "count");
  return unit === "share" && from > 0.9 && from < 1
    ? `, ${times} times ${at > from ? "less" : "more"} below 100 %`
    : `, a factor of ${times}`;
}
