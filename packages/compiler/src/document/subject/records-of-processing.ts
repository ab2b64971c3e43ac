import { durationInWords, rolesNamed, type Entity } from "@archwright/model";
import { shortName } from "../../lint/phrases.ts";
import { code, strong, type Block, type Prose } from "../block.ts";
import type { Subject } from "../section.ts";
import { chosenOption, decisionOn, decisionsBy, factTold, figureOf, amount, toRecord } from "./decided.ts";
import { personalIn } from "./personal.ts";
import { bullets, codes, enumerated, inTurn, paragraph, prose, someCodes, table, type Part, type Row } from "./prose.ts";

/** What Article 30 of the GDPR asks for, entity by entity, and how data are forgotten. */
export function processingBlocks(subject: Subject): readonly Block[] {
  const { model } = subject;
  const kept = model.entities.filter(({ fields }) => personalIn(fields).length > 0);
  if (kept.length === 0) return [];
  const lacking = kept.filter((entity) => removersOf(subject, entity).length === 0 && !mayBeDeleted(entity));
  return [
    paragraph(
      `${model.name} keeps personal data in ${kept.length === 1 ? "one kind" : `${kept.length} kinds`} of rows`,
      model.requirements.comply.length > 0 && `, under ${model.requirements.comply.map((law) => law.toUpperCase()).join(", ")}`,
      ".",
    ),
    ...table(
      ["Kept in", "Personal data", "Basis", "Kept for", "Purpose: used by", "Seen by", "Given to", "Forgotten by"],
      kept.map((entity) => rowOf(subject, entity)),
    ),
    ...(lacking.length > 0
      ? [
          {
            kind: "note",
            tone: "error",
            text: prose(
              "Nothing in the model removes rows of ",
              codes(lacking.map(({ id }) => id)),
              ": what was said about how long they are kept is kept by nobody.",
            ),
          } as const,
        ]
      : []),
    ...bullets([...residency(subject), ...erasure(subject)]),
  ];
}

function rowOf(subject: Subject, entity: Entity): Row {
  const personal = personalIn(entity.fields);
  const { readers, writers } = subject.facts.useOf(entity.id);
  const terms = [...new Set(personal.map(({ basis }) => basis))];
  const times = [...new Set(personal.map(({ keepMs }) => keepMs))].sort((one, other) => one - other);
  const removers = removersOf(subject, entity);
  const users = [...new Set([...writers, ...readers])].filter((id) => !removers.includes(id));
  return [
    code(entity.id),
    someCodes(personal.map(({ path }) => path)),
    terms.join(", "),
    times.map((ms) => durationInWords(ms)).join(", "),
    users.length > 0 ? someCodes(users.map(shortName), 5) : "its own routes",
    codes(rolesNamed(entity)),
    enumerated([...recipients(subject, entity).map((name) => code(name)), ...services(subject, entity)]),
    removers.length > 0 || mayBeDeleted(entity)
      ? inTurn([removers.length > 0 && someCodes(removers.map(shortName), 4), mayBeDeleted(entity) && "whoever may delete the row"])
      : strong("nobody"),
  ];
}

/** Operations and jobs that delete rows of it: as their bodies say, or, of code that is not data, as their names do. */
function removersOf({ facts }: Subject, { id }: Entity): readonly string[] {
  const bodies = facts.bodies
    .filter(({ steps }) => steps.some((step) => step.kind === "remove" && step.entity === id))
    .map(({ item }) => item);
  const opaque = facts.useOf(id).opaqueWriters.filter((writer) => /erase|delete|forget|remove|purge|anonymi/i.test(writer));
  return [...new Set([...bodies, ...opaque])];
}

const mayBeDeleted = ({ access }: Entity): boolean => access.some(({ can }) => can.includes("delete"));

/** The third parties whose calls take a personal field of this name from code that reads these rows. */
function recipients({ model, facts }: Subject, entity: Entity): readonly string[] {
  const names = new Set(personalIn(entity.fields).map(({ path }) => path.split(".")[0]));
  return model.integrations
    .filter(({ calls }) =>
      calls.some(({ id, input }) => {
        const sends = personalIn(input).some(({ path }) => names.has(path.split(".")[0]));
        const users = facts.calls
          .callersOf(id)
          .filter((caller) => facts.useOf(entity.id).readers.includes(caller.id) || facts.useOf(entity.id).writers.includes(caller.id));
        return sends && users.length > 0;
      }),
    )
    .map(({ name }) => name);
}

/** Whoever delivers messages to people or signs them in learns how to reach them. */
function services({ model, design }: Subject, entity: Entity): readonly Prose[] {
  const isActor = model.roles.some(({ actor }) => actor === entity.id);
  if (!isActor) return [];
  const reached = {
    email: entity.fields.some(({ kind }) => kind === "email"),
    sms: entity.fields.some(({ kind }) => kind === "phone"),
    push: true,
  };
  const channels = [...new Set(model.messages.flatMap(({ by }) => by))].filter((channel) => reached[channel]);
  const signIn = decisionOn(design, "sign-in");
  return [
    ...channels.map((channel) => `the ${channel} service`),
    ...(signIn?.chosen === "hosted" ? [prose("sign-in by ", toRecord(signIn))] : []),
  ];
}

function residency({ design, model }: Subject): readonly Part[] {
  return [
    model.requirements.region !== undefined &&
      prose(
        strong("Where:"),
        ` in ${model.requirements.region}.`,
        ...decisionsBy(design, "personal-data-residency").flatMap((decision) => [
          " To ",
          code(decision.about ?? ""),
          ": ",
          toRecord(decision),
          ".",
        ]),
      ),
    ...decisionsBy(design, "erasure").map((decision) =>
      prose(
        strong("Erasure"),
        decision.about !== undefined && prose(" of ", code(decision.about)),
        ": ",
        toRecord(decision),
        ". ",
        chosenOption(decision).consequence,
      ),
    ),
  ];
}

/** Copies outlive the rows. */
function erasure({ design, model }: Subject): readonly Part[] {
  const [events, backup, audit] = [decisionOn(design, "event-retention"), decisionOn(design, "backup"), decisionOn(design, "audit")];
  const days = figureOf(events, "days");
  const telling = model.events.filter(({ fields, context }) => context !== undefined && personalIn(fields).length > 0).map(({ id }) => id);
  return [
    backup &&
      prose(
        strong("Copies:"),
        " what is erased stays in backups (",
        toRecord(backup),
        ") until they are overwritten. A restore has to repeat the erasures since.",
      ),
    events &&
      days &&
      days.value > 0 &&
      telling.length > 0 &&
      prose(
        strong("Events:"),
        " ",
        someCodes(telling),
        " carry personal data, and are kept for ",
        toRecord(events, amount(days, design)),
        ".",
      ),
    audit &&
      audit.chosen !== "none" &&
      prose(strong("Audit:"), " ", toRecord(audit), " names who did what, and is kept after the person is gone; it holds ids, not names."),
    factTold(design, "offline-days") &&
      design.decisions.some(({ rule, chosen }) => rule === "client-sync" && chosen === "offline-first") &&
      prose(
        strong("Devices:"),
        " what lies on a phone is gone when it next has a network, after ",
        factTold(design, "offline-days"),
        " at most for those that still come back.",
      ),
  ];
}
