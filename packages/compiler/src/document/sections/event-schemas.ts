import { exampleRecord, schemaScope, type Event, type SchemaScope } from "@archwright/model";
import { counted } from "../../lint/phrases.ts";
import { code, type Block, type Prose } from "../block.ts";
import type { Section, Subject } from "../section.ts";
import { decisionOn, toRecord } from "../subject/decided.ts";
import { fieldRules, fieldType } from "../subject/field-type.ts";
import { codes, enumerated, heading, paragraph, prose, table } from "../subject/prose.ts";

/** What each event says, who says it, who hears it, and how surely. */
export const eventSchemas: Section = {
  id: "event-schemas",
  title: "Event schemas",
  tell: (subject) => {
    const { model, design } = subject;
    if (model.events.length === 0) return [];
    const scope = schemaScope(model);
    const [own, webhooks] = [
      model.events.filter(({ integration }) => integration === undefined),
      model.events.filter(({ integration }) => integration !== undefined),
    ];
    const broker = decisionOn(design, "broker");
    const says = own.length > 0 ? `${model.name} tells ${counted(own.length, "event")} of its own` : "";
    const hears =
      webhooks.length > 0
        ? `${counted(webhooks.length, "event")} of third parties ${webhooks.length === 1 ? "reaches" : "reach"} it as ${webhooks.length === 1 ? "a webhook" : "webhooks"}`
        : "";
    return [
      paragraph([says, hears].filter(Boolean).join(", and "), ".", broker && prose(" They are carried by ", toRecord(broker), ".")),
      ...table(
        ["Event", "From", "Reaches", "Order", "Arrives"],
        model.events.map((event) => overview(subject, event)),
      ),
      ...model.events.flatMap((event) => eventBlocks(subject, event, scope)),
    ];
  },
};

function overview({ facts, design }: Subject, event: Event): readonly Prose[] {
  const from =
    event.integration === undefined ? codes(facts.events.emittersOf(event.id)) : prose(code(event.integration), ", as a webhook");
  const heard = [
    ...facts.events.reactionsTo(event.id).map(({ command }) => command),
    ...facts.events.messagesOn(event.id).map(({ id }) => id),
  ];
  const [ordering, delivery] = ["ordering", "delivery"].map((rule) => decisionOn(design, rule, event.id));
  return [
    prose(code(event.id)),
    from,
    heard.length === 0 ? "nobody yet" : codes(heard),
    ordering ? [toRecord(ordering)] : "",
    delivery ? [toRecord(delivery)] : "",
  ];
}

function eventBlocks({ model }: Subject, event: Event, scope: SchemaScope): readonly Block[] {
  const { id, fields } = event;
  const example = exampleRecord(scope, fields);
  const refers = fields.flatMap((field) => (field.kind === "ref" ? [field.entity] : []));
  const outside = refers.filter(
    (entity) => event.context !== undefined && model.entities.find((one) => one.id === entity)?.context !== event.context,
  );
  return [
    heading(id, `event-${id.replace(/\W/g, "-")}`),
    ...(fields.length === 0 ? [paragraph(code(event.name), " says nothing but that it happened.")] : []),
    ...table(
      ["Field", "Holds", "Rules"],
      fields.map((field): readonly Prose[] => [prose(code(field.name)), fieldType(field), fieldRules(field)]),
    ),
    ...(example && fields.length > 0
      ? [{ kind: "code" as const, language: "json" as const, text: JSON.stringify(example, undefined, 2) }]
      : []),
    ...(outside.length > 0
      ? [paragraph("It names rows of other contexts by their ids: ", enumerated([...new Set(outside)].map(code)), ".")]
      : []),
  ];
}
