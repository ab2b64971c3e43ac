import { listTableName, name, tableName, type Entity, type Field, type FieldOf, type Sql } from "@archwright/model";

/** The table of an entity, or that of one of its lists. */
export interface Table {
  readonly schema: string;
  readonly name: string;
  readonly entity: Entity;
  /** The list whose items this table holds. */
  readonly list?: FieldOf<"list">;
  /** The fields that are its columns. */
  readonly fields: readonly Field[];
}

/** An entity's own table, and then one for each of its lists. */
export function tablesOf(entity: Entity): readonly [own: Table, ...lists: Table[]] {
  const [schema, own] = tableName(entity.id);
  const stored = entity.fields.filter(({ kind }) => kind !== "list" && kind !== "page");
  return [
    { schema, name: own, entity, fields: stored },
    ...entity.fields.filter((field) => field.kind === "list").map((list) => listTable(entity, list)),
  ];
}

export const qualified = ({ schema, name: table }: Table): Sql => name(schema, table);

function listTable(entity: Entity, list: FieldOf<"list">): Table {
  const [schema, own] = listTableName(entity.id, list.name);
  return { schema, name: own, entity, list, fields: list.fields.filter(({ kind }) => kind !== "page") };
}
