import {
  accessRule,
  expressionInWords,
  kebab,
  plural,
  sentenceCase,
  type Entity,
  type Model,
  type Operation,
  type Route,
} from "@archwright/model";
import { duration, percent, shortName } from "../../lint/phrases.ts";
import { code, codes, join, prose, written, type Markdown } from "../markdown/markdown.ts";

/** What a route is called in a list of contents: "Place order". */
export function summaryOf(route: Route): string {
  if (route.kind === "operation") return sentenceCase(shortName(route.operation));
  const noun = kebab(shortName(route.entity)).replaceAll("-", " ");
  if (route.kind === "list") return `List ${plural(noun)}`;
  return `${sentenceCase(route.kind)} ${/^[aeio]/.test(noun) ? "an" : "a"} ${noun}`;
}

export function entityDescription(route: Route, entity: Entity): string {
  if (route.kind === "operation" || route.roles.kind !== "roles") return "For anyone.";
  const { kind } = route;
  const lines = route.roles.roles.map((role) => {
    const rule = accessRule(entity, role, kind);
    return written(prose`- ${code(role)}: ${typeof rule === "string" ? "every row" : `rows where ${expressionInWords(rule)}`}`);
  });
  return ["Who may, and with which rows:", "", ...lines].join("\n");
}

export function operationDescription({ allow, idempotent, emits, slo, staleMs, deprecated }: Operation): string {
  return paragraphs([
    deprecated !== undefined && prose`**Deprecated:** ${deprecated}.`,
    allow.kind === "roles" ? prose`For ${codes(allow.roles)}.` : prose`For anyone.`,
    idempotent === "required" && prose`Acts once for each ${code("Idempotency-Key")}: a repetition gets the first answer again.`,
    emits.length > 0 && prose`Sends ${codes(emits)}.`,
    slo &&
      prose`Promised: 99 % of the answers within ${duration(slo.p99Ms)}${slo.availability === undefined ? "" : `, ${percent(slo.availability)} of the time`}.`,
    staleMs !== undefined && prose`The answer may be ${duration(staleMs)} old.`,
  ]);
}

export function contextDescription({ contexts }: Model, name: string): string {
  const context = contexts.find((candidate) => candidate.name === name);
  const facts = join([
    context?.owner !== undefined && prose`owned by ${context.owner}`,
    context?.domain !== undefined && `a ${context.domain} domain`,
  ]);
  return written(facts.markdown === "" ? prose`The context ${code(name)}.` : prose`The context ${code(name)}: ${facts}.`);
}

export function apiDescription({ roles }: Model): string {
  return paragraphs([
    prose`Bodies are JSON. Money is a whole number of minor units with its currency, a decimal is a text, a time is ISO 8601 in UTC.`,
    prose`Every failure is a problem document (RFC 9457); programs decide by its ${code("code")}, and its ${code("type")} leads to a page that explains it.`,
    prose`A list is read page by page: ${code("next")} is the cursor of the next page, and the ${code("Link")} header its address.`,
    roles.length > 0 && prose`Sign in for an access token, and send it as ${code("Authorization: Bearer …")}.`,
  ]);
}

const paragraphs = (parts: readonly (Markdown | false | undefined)[]): string => join(parts, "\n\n").markdown;
