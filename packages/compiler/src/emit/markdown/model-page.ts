import type { Model } from "@archwright/model";
import type { Stamp } from "../emitter.ts";
import { entitiesSection, personalDataSection } from "./entities.ts";
import { eventsSection, jobsSection, messagesSection } from "./events.ts";
import { integrationsSection } from "./integrations.ts";
import { code, heading, prose, written } from "./markdown.ts";
import { entityRoutesSection, operationsSection } from "./operations.ts";
import { acceptedSection, contextsSection, loadSection, requirementsSection, rolesSection } from "./overview.ts";
import { questionsSection } from "./questions.ts";

/** The model as a page of tables. */
export function emitModelPage(model: Model, { hash }: Stamp): string {
  const sections = [
    requirementsSection,
    questionsSection,
    loadSection,
    contextsSection,
    rolesSection,
    entitiesSection,
    operationsSection,
    entityRoutesSection,
    eventsSection,
    messagesSection,
    jobsSection,
    integrationsSection,
    personalDataSection,
    acceptedSection,
  ];
  const lines = [
    ...heading(1, prose`${model.name}`),
    written(prose`Made from the model ${code(hash)}. Change the model, not this file.`),
    "",
    ...sections.flatMap((section) => section(model)),
  ];
  return `${lines.join("\n").trimEnd()}\n`;
}
