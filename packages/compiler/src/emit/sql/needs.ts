import {
  columnName,
  creatableFields,
  listColumns,
  rolesThatMay,
  stepsWithin,
  updatableFields,
  type Action,
  type Body,
  type Entity,
  type Field,
  type Lookup,
  type Operation,
  type Step,
} from "@archwright/model";
import { tablesOf, type Table } from "./table.ts";

/** One verb on one table. Without columns: on all of them. */
export interface Need {
  readonly table: Table;
  readonly verb: "select" | "insert" | "update" | "delete";
  readonly columns?: readonly string[];
}

/** What the steps of a body do, and nothing else. Other operations that it runs have roles of their own. */
export function bodyNeeds(body: Body, lookup: Lookup): readonly Need[] {
  return stepsWithin(body.steps).flatMap((step) => ("entity" in step ? stepNeeds(step, lookup.entity(step.entity)) : []));
}

/** A handler may do with an entity whatever `reads` and `writes` allow, secrets included: it is code that needs them. */
export function declaredNeeds({ reads, writes }: Operation, lookup: Lookup): readonly Need[] {
  return [
    ...reads.map((id) => lookup.entity(id)).flatMap((entity) => tablesOf(entity).map((table): Need => ({ table, verb: "select" }))),
    ...writes.map((id) => lookup.entity(id)).flatMap((entity) => tablesOf(entity).flatMap(writing)),
  ];
}

/** What the access rules of an entity let any role do at its routes: which role, and with which rows, is for the policies. */
export function routeNeeds(entity: Entity): readonly Need[] {
  const [own, ...lists] = tablesOf(entity);
  const may = (action: Action): boolean => rolesThatMay(entity, action).length > 0;
  const creatable = new Set(creatableFields(entity).map(({ name }) => name));
  const updatable = new Set(updatableFields(entity).map(({ name }) => name));
  const listsAmong = (fields: ReadonlySet<string>): readonly Table[] => lists.filter(({ list }) => list && fields.has(list.name));
  const born = own.fields.filter((field) => isBornWith(field) || creatable.has(field.name));
  return [
    ...(may("read") || may("list") || may("update") || may("delete") ? reading(entity) : []),
    ...(may("create")
      ? [
          { table: own, verb: "insert", columns: columnsOf(born) } as const,
          ...listsAmong(creatable).map((table): Need => ({ table, verb: "insert" })),
        ]
      : []),
    ...(may("update")
      ? [
          { table: own, verb: "update", columns: columnsOf(own.fields.filter(({ name }) => updatable.has(name))) } as const,
          ...listsAmong(updatable).flatMap(replacing),
        ]
      : []),
    ...(may("delete") ? [{ table: own, verb: "delete" } as const] : []),
  ].filter(({ columns }) => columns === undefined || columns.length > 0);
}

/** A new row with its items. */
export function insertion(entity: Entity): readonly Need[] {
  return tablesOf(entity).map((table) => ({ table, verb: "insert" }));
}

export function everything(entity: Entity): readonly Need[] {
  return tablesOf(entity).flatMap((table) => (["select", "insert", "update", "delete"] as const).map((verb) => ({ table, verb })));
}

type RowStep = Extract<Step, { readonly entity: string }>;

function stepNeeds(step: RowStep, entity: Entity): readonly Need[] {
  const [own] = tablesOf(entity);
  switch (step.kind) {
    case "get":
    case "page":
      return reading(entity);
    case "create":
      return insertion(entity);
    case "update":
      return [...reading(entity), ...changing(entity, Object.keys(step.values))];
    case "transition":
      return [...reading(entity), ...changing(entity, Object.keys(step.to))];
    case "change":
      return [...reading(entity), ...changing(entity, Object.keys(step.by))];
    case "remove":
      return [...reading(entity), { table: own, verb: "delete" }];
  }
}

/** A row as a caller sees it: with its items, and without the secrets, which nobody reads back. */
function reading(entity: Entity): readonly Need[] {
  return tablesOf(entity).map((table) => {
    const open = table.fields.filter(({ kind }) => kind !== "secret");
    return open.length === table.fields.length
      ? { table, verb: "select" }
      : { table, verb: "select", columns: [...ownColumns(table), ...columnsOf(open)] };
  });
}

function changing(entity: Entity, names: readonly string[]): readonly Need[] {
  const [own, ...lists] = tablesOf(entity);
  const columns = columnsOf(own.fields.filter(({ name }) => names.includes(name)));
  return [
    ...(columns.length > 0 ? [{ table: own, verb: "update", columns } as const] : []),
    ...lists.filter(({ list }) => list && names.includes(list.name)).flatMap(replacing),
  ];
}

/** A list changes as a whole: its items go, and others come. */
function replacing(table: Table): readonly Need[] {
  return [
    { table, verb: "insert" },
    { table, verb: "delete" },
  ];
}

/** An item stays with the row that owns it, whatever a handler does. */
function writing(table: Table): readonly Need[] {
  const changed: Need = table.list
    ? { table, verb: "update", columns: [listColumns.position, ...columnsOf(table.fields)] }
    : { table, verb: "update" };
  return [{ table, verb: "select" }, { table, verb: "insert" }, changed, { table, verb: "delete" }];
}

const isBornWith = ({ kind, now }: Field): boolean => kind === "id" || kind === "state" || now === true;
const ownColumns = ({ list }: Table): readonly string[] => (list ? [listColumns.parent, listColumns.position] : []);
const columnsOf = (fields: readonly Field[]): readonly string[] => fields.map(({ name }) => columnName(name));
