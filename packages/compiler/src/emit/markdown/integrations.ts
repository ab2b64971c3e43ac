import type { Integration, Model } from "@archwright/model";
import { durationInWords } from "@archwright/model";
import { percent, rate } from "../../lint/phrases.ts";
import { fieldsInWords } from "./field-words.ts";
import { code, codes, heading, join, prose, table, written, type Markdown } from "./markdown.ts";
import { statedInWords } from "./questions.ts";

export function integrationsSection({ integrations }: Model): readonly string[] {
  return integrations.length === 0 ? [] : [...heading(2, "Integrations"), ...integrations.flatMap(integrationSection)];
}

function integrationSection(integration: Integration): readonly string[] {
  const { name, calls, webhooks, verify } = integration;
  const sends =
    webhooks.length > 0 && prose`Sends us ${codes(webhooks)}, ${verify === undefined ? "not verified" : `verified by ${verify}`}.`;
  const lines = [failureInWords(integration), sends].flatMap((line) => (line ? [written(line), ""] : []));
  const rows = calls.map((call) => [
    code(call.name),
    fieldsInWords(call.input),
    fieldsInWords(call.returns),
    statedInWords({ quantity: call.p50Ms, say: durationInWords }),
    statedInWords({ quantity: call.p99Ms, say: durationInWords }),
    call.limitPerSecond === undefined ? "" : statedInWords({ quantity: call.limitPerSecond, say: rate }),
    call.availability === undefined ? "" : percent(call.availability),
    call.idempotencyKey ? "once for each key" : "",
  ]);
  return [
    ...heading(3, code(name)),
    ...lines,
    ...table(["Call", "Takes", "Answers", "Half within", "99 % within", "At most", "Available", "Repeated"], rows),
  ];
}

function failureInWords({ onFailure }: Integration): Markdown | undefined {
  if (!onFailure) return undefined;
  const { timeoutMs, retries, breaker, then } = onFailure;
  const parts = join([
    timeoutMs !== undefined && `waits at most ${durationInWords(timeoutMs)}`,
    retries > 0 && `tries ${retries + 1} times`,
    breaker && `stops asking when ${percent(breaker.openShare)} fail over ${durationInWords(breaker.overMs)}`,
  ]);
  return prose`When it fails, a call ${parts}${parts.markdown === "" ? "" : ", and"} ${endings[then]}.`;
}

const endings = { fail: "then fails", queue: "is then queued", degrade: "then does without" } as const;
