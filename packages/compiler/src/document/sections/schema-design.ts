import { tableName, type Design, type Entity } from "@archwright/model";
import { keptValuesOf } from "../../decide/storage/kept-values.ts";
import { formatted } from "../../formulas/words.ts";
import { code, strong, type Block } from "../block.ts";
import type { Section, Subject } from "../section.ts";
import { chosenOption, decisionOn, decisionsBy, factOf, factTold, figureOf, amount, toRecord } from "../subject/decided.ts";
import { indexRows } from "../subject/indexes.ts";
import {
  bullets,
  codes,
  heading,
  inTurn,
  paragraph,
  prose,
  someCodes,
  subheading,
  table,
  under,
  type Part,
  type Row,
} from "../subject/prose.ts";

export const schemaDesign: Section = {
  id: "schema-design",
  title: "Schema design",
  isSchema: true,
  tell: (subject) => {
    const { model, design } = subject;
    if (model.entities.length === 0) return [];
    return [
      summary(subject),
      ...bullets([...layoutOf(design), ...keysOf(design)]),
      ...keptOnce(subject),
      ...under("How much there will be", sizes(subject), "schema-design-sizes"),
      ...under("Where the data lie", databases(subject), "schema-design-databases"),
      heading("Entity by entity", "schema-design-entities"),
      ...model.entities.flatMap((entity) => entityBlocks(subject, entity)),
    ];
  },
};

function summary({ model, design }: Subject): Block {
  const [bytes, working] = [factTold(design, "data.bytes"), factTold(design, "data.working-set")];
  const horizon = factOf(design, "constant.horizon");
  const largest = bySize(model.entities, design).at(0);
  const size = largest && factOf(design, `${largest.id}.bytes`);
  return paragraph(
    `${model.name} keeps ${model.entities.length === 1 ? "one kind" : `${model.entities.length} kinds`} of rows`,
    bytes && `: ${bytes} of data`,
    horizon && ` in ${formatted(horizon.value, "count")} years`,
    working && `, of which ${working} are read again and again`,
    largest && size && prose(". ", code(largest.id), ` alone takes ${amount(size, design)} of them`),
    ".",
  );
}

/** What holds for all tables alike. */
function layoutOf(design: Design): readonly Part[] {
  const rules = [
    ["database", "Primaries and replicas: "],
    ["database-size", "Size: "],
    ["tenancy", "Tenants: "],
    ["shard-key", "Sharding: "],
    ["row-security", "Who may see which row: "],
    ["pool-size", "Connections: "],
    ["pooler", "Pooler: "],
  ] as const;
  return rules.map(([rule, words]) => {
    const decision = decisionOn(design, rule);
    return decision && prose(strong(words.trim()), " ", toRecord(decision), ". ", chosenOption(decision).because);
  });
}

/** The keys of all entities, told once for those that have the same. */
function keysOf(design: Design): readonly Part[] {
  const decisions = decisionsBy(design, "key-type");
  return [...new Set(decisions.map(({ chosen }) => chosen))].flatMap((chosen): readonly Part[] => {
    const alike = decisions.filter((decision) => decision.chosen === chosen);
    const [first] = alike;
    return first ? [prose(strong("Keys:"), " ", toRecord(first), " for ", someCodes(alike.flatMap(({ about = "" }) => about)), ".")] : [];
  });
}

/** Entities of which no value follows from others have nothing to decide. */
function keptOnce({ model, facts }: Subject): readonly Block[] {
  const keptOf = keptValuesOf(facts);
  const plain = model.entities
    .filter((entity) => Object.values(keptOf(entity)).every(({ length }) => length === 0))
    .map(({ name }) => name);
  return plain.length === 0
    ? []
    : [
        paragraph(
          someCodes(plain, 8),
          plain.length === 1 ? " keeps" : " keep",
          " each value once: nothing in ",
          plain.length === 1 ? "it" : "them",
          " follows from other rows or holds a list.",
        ),
      ];
}

function sizes({ model, design }: Subject): readonly Block[] {
  const rows = bySize(model.entities, design).map(({ id }): Row => [
    code(id),
    factTold(design, `${id}.rows`),
    factTold(design, `${id}.rows.horizon`),
    factTold(design, `${id}.row-bytes`),
    factTold(design, `${id}.bytes`),
    factTold(design, `${id}.reads`),
    factTold(design, `${id}.writes`),
    partitioning(design, id),
  ]);
  return table(
    ["Entity", "Rows now", "At the horizon", "A row", "Together", "Reads at the peak", "Writes at the peak", "Partitioning"],
    rows,
    [1, 2, 3, 4, 5, 6],
  );
}

function partitioning(design: Design, entity: string): Part {
  const decision = decisionOn(design, "partitioning", entity);
  return decision && toRecord(decision);
}

const bySize = (entities: readonly Entity[], { facts }: Design): readonly Entity[] =>
  [...entities].sort((left, right) => (facts[`${right.id}.bytes`]?.value ?? 0) - (facts[`${left.id}.bytes`]?.value ?? 0));

function databases({ model, design }: Subject): readonly Block[] {
  const decisions = decisionsBy(design, "database-class");
  const rows = [...new Set(decisions.map(({ chosen }) => chosen))].flatMap((chosen): readonly Row[] => {
    const alike = decisions.filter((decision) => decision.chosen === chosen);
    const [first] = alike;
    const contexts = alike.flatMap(({ about = "" }) => about);
    const of = model.entities.filter(({ context }) => contexts.includes(context)).map(({ name }) => name);
    return first ? [[toRecord(first), codes(contexts), codes(of), alike.length === 1 && chosenOption(first).because]] : [];
  });
  return table(["Kept in", "Contexts", "Entities", "Because"], rows);
}

function entityBlocks(subject: Subject, entity: Entity): readonly Block[] {
  const [schema, name] = tableName(entity.id);
  return [
    subheading(entity.id, `schema-design-${entity.id.replace(/\W/g, "-")}`),
    paragraph(
      "Table ",
      code(`${schema}.${name}`),
      entity.tenant !== undefined && prose(", whose rows belong to the tenant in ", code(entity.tenant)),
      ". ",
      users(subject, entity),
    ),
    ...bullets([
      keys(entity),
      ...ofFields(subject, entity, "normalization", "Normalization of"),
      ...ofFields(subject, entity, "json-columns", "Form of"),
      ...indexDecisions(subject, entity),
      search(subject, entity),
      most(subject, entity),
    ]),
    ...table(["Index", "For"], indexRows(subject, entity)),
  ];
}

/** Who reads the rows and who writes them, the busiest first. */
function users({ facts, design }: Subject, { id, access }: Entity): Part {
  const { readers, writers } = facts.useOf(id);
  const busiest = (ids: readonly string[]): readonly string[] =>
    [...ids].sort((left, right) => rateOf(design, right) - rateOf(design, left));
  const roles = [...new Set(access.map(({ role }) => role))];
  const said = inTurn([
    writers.length > 0 && prose("written by ", someCodes(busiest(writers).map((one) => withRate(design, one)))),
    readers.length > 0 && prose("read by ", someCodes(busiest(readers).map((one) => withRate(design, one)))),
    roles.length > 0 && prose("open at routes of its own to ", codes(roles)),
  ]);
  return said.length > 0 && prose("Its rows are ", said, ".");
}

const rateOf = ({ facts }: Design, id: string): number => facts[`${id}.peak.all`]?.value ?? 0;

function withRate(design: Design, id: string): string {
  const rate = factTold(design, `${id}.peak.all`);
  return rate === undefined ? id : `${id} ${rate}`;
}

function keys(entity: Entity): Part {
  const key = entity.fields.find(({ kind }) => kind === "id");
  const unique = entity.fields.filter((field) => field.unique === true).map(({ name }) => name);
  const prefix = key?.kind === "id" ? key.prefix : undefined;
  return (
    key &&
    prose(
      strong("Key:"),
      " ",
      code(key.name),
      prefix !== undefined && prose(", such as ", code(`${prefix}_…`)),
      ".",
      unique.length > 0 && prose(" No two rows have the same ", codes(unique), "."),
    )
  );
}

/** What is decided about single fields of an entity, each with its reason. */
function ofFields({ design }: Subject, { id }: Entity, rule: string, words: string): readonly Part[] {
  const decisions = decisionsBy(design, rule).filter(({ about = "" }) => about.startsWith(`${id}.`));
  return decisions.map((decision) => {
    const field = (decision.about ?? "").slice(id.length + 1);
    return prose(strong(words), " ", code(field), ": ", toRecord(decision), ". ", chosenOption(decision).because);
  });
}

/** Which of its indexes pay. */
function indexDecisions({ design }: Subject, { id }: Entity): readonly Part[] {
  return decisionsBy(design, "indexes")
    .filter(({ about = "" }) => about === id || about.startsWith(`${id}.`))
    .map((decision) => prose(strong("Indexes:"), " ", toRecord(decision), ". ", chosenOption(decision).because));
}

function search({ design }: Subject, { id }: Entity): Part {
  const decision = decisionOn(design, "search", id);
  const index = figureOf(decision, "index");
  return (
    decision &&
    prose(strong("Search:"), " ", toRecord(decision), index && ` (${amount(index, design)})`, ". ", chosenOption(decision).because)
  );
}

/** The one owner who has most of them is who the pages and the shards are made for. */
function most({ design }: Subject, { id, name }: Entity): Part {
  const [owned, rows] = [factOf(design, `${id}.most`), factOf(design, `${id}.rows.horizon`)];
  return (
    owned &&
    rows &&
    rows.value > 0 &&
    prose(
      strong("Largest owner:"),
      ` ${amount(owned, design)} of ${name}, ${formatted(owned.value / rows.value, "share")} of all at the horizon.`,
    )
  );
}
