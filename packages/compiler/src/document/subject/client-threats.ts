import { readRule, rolesNamed, updatableFields, type Entity, type Field } from "@archwright/model";
import { repetitionOf } from "../../facts/repetition.ts";
import type { Subject } from "../section.ts";
import { amount, chosenOption, decisionOn, figureOf, toRecord } from "./decided.ts";
import { personalIn } from "./personal.ts";
import { codes, numberOf, prose, someCodes } from "./prose.ts";
import type { Threat } from "./threat.ts";

/** What clients may do to the system, and what stands against it. */
export function clientThreats(subject: Subject): readonly Threat[] {
  return [
    ...spoofing(subject),
    ...tampering(subject),
    repudiation(subject),
    ...disclosure(subject),
    ...overload(subject),
    ...elevation(subject),
  ];
}

function spoofing({ model, design }: Subject): readonly Threat[] {
  const [signIn, tokens] = [decisionOn(design, "sign-in"), decisionOn(design, "tokens")];
  const open = model.operations.filter(({ allow }) => allow.kind === "anyone");
  const unsaid = open.filter(({ allowSaid }) => !allowSaid).map(({ id }) => id);
  const locked = figureOf(tokens, "locked-out-after");
  return [
    {
      kind: "Spoofing",
      threat: "somebody asks in another's name",
      answer: prose(
        signIn && prose("passwords: ", toRecord(signIn)),
        signIn && tokens && "; ",
        tokens && prose("requests: ", toRecord(tokens)),
        locked && locked.value > 0 && `; somebody who is locked out is out after ${amount(locked, design)}`,
      ),
      ...(model.roles.length === 0 && { lacks: "nobody signs in: there is no role" }),
    },
    ...(open.length > 0
      ? [
          {
            kind: "Spoofing" as const,
            threat: prose(someCodes(open.map(({ id }) => id)), " can be asked by anybody, unnamed"),
            answer: unsaid.length < open.length && "said so by the model",
            ...(unsaid.length > 0 && { lacks: prose("nobody has said who may ask ", someCodes(unsaid)) }),
          },
        ]
      : []),
  ];
}

function tampering({ model, facts }: Subject): readonly Threat[] {
  const invariants = model.entities.reduce((count, entity) => count + entity.invariants.length, 0);
  const asked = model.operations.filter(({ allow, kind }) => allow.kind !== "system" && kind === "command");
  const unbounded = asked.flatMap(({ name, input }) => unboundedTexts(input).map((field) => `${name}: ${field}`));
  const acting = asked.filter((operation) => repetitionOf(operation, facts.items) !== "safe");
  const repeating = acting.filter(({ idempotent }) => idempotent !== "no").map(({ id }) => id);
  const said = acting.filter(({ idempotent }) => idempotent === "no").map(({ id }) => id);
  return [
    {
      kind: "Tampering",
      threat: "an input that no form would send",
      answer: prose(
        "every field has a type and is checked before anything runs",
        invariants > 0 && `; ${numberOf(invariants, "invariant holds", "invariants hold")} in the database, whoever writes`,
      ),
      ...(unbounded.length > 0 && { lacks: prose("no bound for ", someCodes(unbounded)) }),
    },
    {
      kind: "Tampering",
      threat: "a request that is sent again, by accident or on purpose",
      answer: prose(
        "what is idempotent acts once",
        said.length > 0 &&
          prose("; ", someCodes(said), said.length === 1 ? " acts again, as the model says" : " act again, as the model says"),
      ),
      ...(repeating.length > 0 && { lacks: prose(someCodes(repeating), " may act twice") }),
    },
  ];
}

const unboundedTexts = (fields: readonly Field[], before = ""): readonly string[] =>
  fields.flatMap((field) =>
    "fields" in field
      ? unboundedTexts(field.fields, `${before}${field.name}.`)
      : field.kind === "text" && field.max === undefined && field.pattern === undefined
        ? [`${before}${field.name}`]
        : [],
  );

function repudiation({ design }: Subject): Threat {
  const audit = decisionOn(design, "audit");
  const isKept = audit !== undefined && audit.chosen !== "none";
  return {
    kind: "Repudiation",
    threat: "somebody denies what he did",
    answer: audit && prose("who did what stands ", toRecord(audit)),
    ...(!isKept && {
      lacks: audit ? `by decision: ${sentencePart(chosenOption(audit).consequence)}` : "nothing decides where it stands who did what",
    }),
  };
}

function disclosure({ model, design }: Subject): readonly Threat[] {
  const rows = decisionOn(design, "row-security");
  const whole = model.entities
    .filter(({ fields }) => personalIn(fields).length > 0)
    .flatMap((entity) =>
      rolesNamed(entity)
        .filter((role) => readRule(entity, role) === "all")
        .map((role) => `${role}: ${entity.name}`),
    );
  const unguarded = model.entities
    .filter((entity) => personalIn(entity.fields).length > 0 && entity.access.length === 0)
    .map(({ id }) => id);
  return [
    {
      kind: "Information disclosure",
      threat: "rows of somebody else",
      answer: prose(
        rows ? toRecord(rows) : "the rules of access",
        whole.length > 0 && prose("; all rows with personal data are seen by ", someCodes(whole)),
      ),
      ...(unguarded.length > 0 && { lacks: prose("no rule of access says who sees ", someCodes(unguarded)) }),
    },
  ];
}

function overload({ model, design }: Subject): readonly Threat[] {
  const [limit, store, bound] = ["rate-limit", "rate-limit-store", "queue-bound"].map((rule) => decisionOn(design, rule));
  const isLimited = limit !== undefined && limit.chosen !== "none";
  const files = model.entities.flatMap(({ name, fields }) =>
    fields.flatMap((field) =>
      field.kind === "file" ? [`${name}.${field.name} up to ${amount({ value: field.maxBytes, unit: "bytes" }, design)}`] : [],
    ),
  );
  return [
    {
      kind: "Denial of service",
      threat: "one caller, or many, ask for more than can be served",
      answer: prose(
        limit && prose("per caller: ", toRecord(limit)),
        store && prose(", counted ", toRecord(store)),
        bound && prose("; beyond ", toRecord(bound), " requests are refused at once"),
        files.length > 0 && prose("; files: ", someCodes(files, 3)),
      ),
      ...(!isLimited && { lacks: "no limit for a single caller" }),
    },
  ];
}

function elevation({ model, design }: Subject): readonly Threat[] {
  const rows = decisionOn(design, "row-security");
  const framework = decisionOn(design, "framework");
  const wide = model.roles.flatMap(({ name, actor, signUp }) =>
    signUp ? model.entities.filter(({ id }) => id === actor).flatMap((entity) => powersOf(entity, name)) : [],
  );
  return [
    {
      kind: "Elevation of privilege",
      threat: "a caller does what his role may not",
      answer: prose(
        "every operation names who may ask it",
        framework?.chosen === "archwright" &&
          rows &&
          rows.chosen !== "filter-in-application" &&
          "; each runs under a database role of its own, which may touch only what the operation declares",
        model.roles.some(({ signUp }) => signUp) &&
          prose(
            "; by sign-up one becomes ",
            codes(model.roles.filter(({ signUp }) => signUp).map(({ name }) => name)),
            " and nothing else",
          ),
      ),
      ...(wide.length > 0 && {
        lacks: prose("whoever signs up may change ", someCodes(wide), " of himself, and no rule says that this gives no rights"),
      }),
    },
  ];
}

/** What the rows of people say beyond who they are may be what gives them rights: a flag, a kind, an amount, a tie to somebody else. */
function powersOf(entity: Entity, role: string): readonly string[] {
  const rules = entity.access.filter((rule) => rule.role === role && rule.can.includes("update"));
  if (rules.length === 0) return [];
  return updatableFields({ ...entity, access: rules }).flatMap(({ kind, name }) => (powerful.has(kind) ? [`${entity.name}.${name}`] : []));
}

const powerful = new Set<Field["kind"]>(["bool", "oneOf", "int", "decimal", "money", "ref", "list"]);

/** A sentence as it stands within another. */
const sentencePart = (sentence: string): string => `${sentence.charAt(0).toLowerCase()}${sentence.slice(1)}`.replace(/\.$/, "");
