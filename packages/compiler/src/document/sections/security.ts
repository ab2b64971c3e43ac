import { code, strong, type Block } from "../block.ts";
import type { Section, Subject } from "../section.ts";
import { authorizationBlocks } from "../subject/authorization.ts";
import { verdictOf } from "../subject/comparison.ts";
import { chosenOption, decisionOn, toRecord } from "../subject/decided.ts";
import { processingBlocks } from "../subject/records-of-processing.ts";
import type { Boundary } from "../subject/threat.ts";
import { boundariesOf } from "../subject/threats.ts";
import {
  broken,
  bullets,
  codes,
  holding,
  numberOf,
  paragraph,
  prose,
  subheading,
  table,
  under,
  type Part,
  type Row,
} from "../subject/prose.ts";

export const security: Section = {
  id: "security",
  title: "Security",
  tell: (subject) => {
    const { model } = subject;
    if (model.operations.length + model.entities.length === 0) return [];
    const boundaries = boundariesOf(subject);
    return [
      summary(subject, boundaries),
      ...gaps(boundaries),
      ...under(
        "Authentication",
        bullets(["sign-in", "tokens", "service-authentication"].map((rule) => decided(subject, rule))),
        "security-authentication",
      ),
      ...under("Authorization", authorizationBlocks(subject), "security-authorization"),
      ...under("Threats at each boundary", boundaries.flatMap(threatBlocks), "security-threats"),
      ...under("Secrets and encryption", secretBlocks(subject), "security-secrets"),
      ...under("Personal data: records of processing", processingBlocks(subject), "security-processing"),
    ];
  },
};

function summary({ model, design }: Subject, boundaries: readonly Boundary[]): Block {
  const [signIn, rows] = [decisionOn(design, "sign-in"), decisionOn(design, "row-security")];
  const signUp = model.roles.filter((role) => role.signUp).map(({ name }) => name);
  const given = model.roles.filter((role) => !role.signUp).map(({ name }) => name);
  return paragraph(
    `${model.name} has ${numberOf(model.roles.length, "role")}`,
    signUp.length > 0 && prose("; anybody becomes ", codes(signUp), " by signing up"),
    given.length > 0 && prose("; ", codes(given), given.length === 1 ? " is" : " are", " granted"),
    ". ",
    signIn && prose("Who somebody is, is settled by ", toRecord(signIn), ". "),
    rows && prose("What he may see, by ", toRecord(rows), ". "),
    `It is attacked across ${numberOf(boundaries.length, "boundary", "boundaries")}, each of which is looked at below.`,
  );
}

/** What to mend before anything goes live: every threat that nothing answers. */
function gaps(boundaries: readonly Boundary[]): readonly Block[] {
  const lacking = boundaries.flatMap(({ title, threats }) =>
    threats.flatMap(({ kind, lacks }) => (lacks === undefined || lacks === false ? [] : [{ title, kind, lacks }])),
  );
  if (lacking.length === 0) return [holding("Every threat below has an answer in the model or in a decision.")];
  return [
    broken(`${numberOf(lacking.length, "threat has", "threats have")} no full answer yet:`),
    ...bullets(
      lacking.map(({ title, kind, lacks }) => prose(strong(kind), ` ${title.charAt(0).toLowerCase()}${title.slice(1)}: `, lacks, ".")),
    ),
  ];
}

function threatBlocks({ id, title, threats }: Boundary): readonly Block[] {
  const rows = threats.map(({ kind, threat, answer, lacks }): Row => [
    kind,
    threat,
    answer,
    lacks !== undefined && lacks !== false && prose(strong("LACKS"), " ", lacks),
  ]);
  return [
    subheading(title, `security-${id.replace(/\W/g, "-")}`),
    ...table(["STRIDE", "Threat", "What stands against it", "What is missing"], rows),
  ];
}

function decided({ design }: Subject, rule: string): Part {
  const decision = decisionOn(design, rule);
  return decision && prose(strong(decision.question), " ", verdictOf(decision));
}

/** Who holds which key, and where it lies. */
function secretBlocks({ model, design }: Subject): readonly Block[] {
  const secrets = decisionOn(design, "secrets");
  const place: Part = secrets && toRecord(secrets);
  const [tokens, signIn] = [decisionOn(design, "tokens"), decisionOn(design, "sign-in")];
  const fields = model.entities.flatMap(({ id, fields: all }) =>
    all.flatMap(({ kind, name }) => (kind === "secret" ? [`${id}.${name}`] : [])),
  );
  const channels = [...new Set(model.messages.flatMap(({ by }) => by))];
  const rows: readonly Row[] = [
    ...(model.entities.length > 0 ? [["password of the database", "to read and write rows", place] satisfies Row] : []),
    ...(tokens && model.roles.length > 0 ? [["key of the tokens", prose("to sign ", toRecord(tokens)), place] satisfies Row] : []),
    ...model.integrations
      .filter(({ calls }) => calls.length > 0)
      .map(({ name, calls }): Row => [prose("key for ", code(name)), prose("to call ", codes(calls.map((call) => call.name))), place]),
    ...model.integrations
      .filter(({ webhooks, verify }) => webhooks.length > 0 && verify !== undefined)
      .map(({ name, verify }): Row => [prose("secret for webhooks of ", code(name)), `to check its ${verify ?? ""}`, place]),
    ...channels.map((channel): Row => [`key of the ${channel} service`, "to send messages", place]),
    ...(fields.length > 0
      ? [[codes(fields), "kept for others, never read back through the API", "encrypted in the database"] satisfies Row]
      : []),
    ...(signIn?.chosen === "hosted"
      ? [["key of the hosted sign-in", prose("to check who signs in: ", toRecord(signIn)), place] satisfies Row]
      : []),
  ];
  const encryption = decisionOn(design, "encryption");
  return [
    ...table(["Secret", "For", "Lies"], rows),
    ...bullets([
      secrets &&
        prose(strong("Where:"), " ", toRecord(secrets), ". ", chosenOption(secrets).because, " ", chosenOption(secrets).consequence),
      encryption && prose(strong("Encryption:"), " ", verdictOf(encryption)),
      "In transit everything that crosses a boundary above goes over TLS.",
    ]),
  ];
}
