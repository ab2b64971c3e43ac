import { accessRule, expressionInWords, kebab, plural, sentenceCase, type Entity, type Model, type Operation, type Route } from "@archwright/model";
import { duration, listed, percent } from "../../lint/phrases.ts";
import { code, escapeMarkdown } from "../markdown/escape.ts";

/** What a route is called in a list of contents: "Place order". */
export function summaryOf(route: Route): string {
  if (route.kind === "operation") return sentenceCase(nameOf(route.operation));
  const noun = kebab(nameOf(route.entity)).replaceAll("-", " ");
  if (route.kind === "list") return `List ${plural(noun)}`;
  return `${sentenceCase(route.kind)} ${/^[aeio]/.test(noun) ? "an" : "a"} ${noun}`;
}

export function entityDescription(route: Route, entity: Entity): string {
  if (route.kind === "operation" || route.roles.kind !== "roles") return "";
  const { kind } = route;
  const lines = route.roles.roles.map((role) => {
    const rule = accessRule(entity, role, kind);
    const rows = typeof rule === "string" ? "every row" : `rows where ${escapeMarkdown(expressionInWords(rule))}`;
    return `- ${code(role)}: ${rows}`;
  });
  return ["Who may, and with which rows:", "", ...lines].join("\n");
}

export function operationDescription(operation: Operation): string {
  const { allow, idempotent, emits, slo, staleMs, deprecated } = operation;
  const paragraphs = [
    deprecated !== undefined && `**Deprecated:** ${escapeMarkdown(deprecated)}.`,
    allow.kind === "roles" ? `For ${listed(allow.roles.map(code))}.` : "For anyone.",
    idempotent === "required" && "Acts once for each `Idempotency-Key`: a repetition gets the first answer again.",
    emits.length > 0 && `Sends ${listed(emits.map(code))}.`,
    slo && `Promised: 99 % of the answers within ${duration(slo.p99Ms)}${slo.availability === undefined ? "" : `, ${percent(slo.availability)} of the time`}.`,
    staleMs !== undefined && `The answer may be ${duration(staleMs)} old.`,
  ];
  return paragraphs.filter((paragraph) => paragraph !== false && paragraph !== undefined).join("\n\n");
}

export function contextDescription({ contexts }: Model, name: string): string {
  const context = contexts.find((candidate) => candidate.name === name);
  const facts = [context?.owner !== undefined && `owned by ${escapeMarkdown(context.owner)}`, context?.domain !== undefined && `a ${context.domain} domain`].filter((fact) => fact !== false);
  return facts.length === 0 ? `The context ${code(name)}.` : `The context ${code(name)}: ${facts.join(", ")}.`;
}

export function apiDescription({ roles }: Model): string {
  return [
    "Bodies are JSON. Money is a whole number of minor units with its currency, a decimal is a text, a time is ISO 8601 in UTC.",
    "Every failure is a problem document (RFC 9457); programs decide by its `code`, and its `type` leads to a page that explains it.",
    "A list is read page by page: `next` is the cursor of the next page, and the `Link` header its address.",
    ...(roles.length === 0 ? [] : ["Sign in for an access token, and send it as `Authorization: Bearer …`."]),
  ].join("\n\n");
}

const nameOf = (id: string): string => id.slice(id.indexOf(".") + 1);
