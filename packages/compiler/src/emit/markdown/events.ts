import { expressionInWords, type Event, type Job, type Model } from "@archwright/model";
import { durationInWords } from "@archwright/model";
import { factsOf } from "../../facts/facts.ts";
import { listed } from "../../lint/phrases.ts";
import { fieldsInWords } from "./field-words.ts";
import { code, codes, heading, join, prose, table, type Markdown } from "./markdown.ts";

export function eventsSection(model: Model): readonly string[] {
  const { events } = factsOf(model);
  const rows = model.events.map(({ id, integration, fields }: Event) => [
    code(id),
    integration === undefined ? codes(events.emittersOf(id)) : prose`${code(integration)}, as a webhook`,
    fieldsInWords(fields),
    join([...events.reactionsTo(id).map(({ command }) => code(command)), ...events.messagesOn(id).map((message) => code(message.id))]),
  ]);
  return rows.length === 0 ? [] : [...heading(2, "Events"), ...table(["Event", "From", "Says", "Who reacts"], rows)];
}

export function messagesSection({ messages }: Model): readonly string[] {
  const rows = messages.map(({ id, event, to, by, subject, text, withinMs, optOut }) => [
    code(id),
    code(event),
    prose`${expressionInWords(to)}`,
    prose`${listed(by)}${withinMs === undefined ? "" : ` within ${durationInWords(withinMs)}`}${optOut ? ", unless declined" : ""}`,
    prose`**${subject}** ${text}`,
  ]);
  return rows.length === 0 ? [] : [...heading(2, "Messages"), ...table(["Message", "On", "To", "By", "Says"], rows)];
}

export function jobsSection({ jobs }: Model): readonly string[] {
  const rows = jobs.map((job) => [
    code(job.id),
    whenInWords(job),
    job.does.kind === "command" ? code(job.does.command) : "",
    codes(job.reads),
    codes(job.writes),
    codes(job.emits),
  ]);
  return rows.length === 0 ? [] : [...heading(2, "Jobs"), ...table(["Job", "When", "Runs", "Reads", "Writes", "Sends"], rows)];
}

function whenInWords({ when }: Job): Markdown {
  return when.kind === "every" ? prose`every ${durationInWords(when.everyMs)}` : prose`${code(when.cron)} in ${when.zone}`;
}
