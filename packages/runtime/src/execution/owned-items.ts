import {
  columnName,
  list,
  listColumns,
  listTableOf,
  literal,
  name,
  sql,
  type Entity,
  type Field,
  type FieldOf,
  type Sql,
} from "@archwright/model";
import type { Statement } from "../database/batch.ts";
import { later, plan, Plans } from "./planned-statement.ts";
import { column, targetId, type Targeted } from "./row-condition.ts";
import type { Secrets } from "./secrets.ts";
import { fromCell, travelsAsText } from "./stored-value.ts";

type Values = Readonly<Record<string, unknown>>;
export type ListField = Field & FieldOf<"list">;

/** A list as a column of JSON, so that a row and what it owns are one row. */
export function itemsColumn(entity: Entity, field: ListField): Sql {
  const cells = field.fields.map((inner) =>
    travelsAsText(inner) ? sql`${name("item", columnName(inner.name))}::text` : name("item", columnName(inner.name)),
  );
  const items = sql`jsonb_agg(jsonb_build_array(${list(cells)}) order by ${name("item", listColumns.position)})`;
  return sql`(select coalesce(${items}, '[]') from ${listTableOf(entity.id, field.name)} as item where ${name("item", listColumns.parent)} = ${column("id")}) as ${name(field.name)}`;
}

export function fromItems(field: FieldOf<"list">, value: unknown, secrets: Secrets): readonly Record<string, unknown>[] {
  const items = Array.isArray(value) ? (value as readonly (readonly unknown[])[]) : []; // `itemsColumn` builds arrays of cells.
  return items.map((cells) => {
    const item: Record<string, unknown> = {};
    field.fields.forEach((inner, index) => (item[inner.name] = fromCell(inner, cells[index], secrets)));
    return item;
  });
}

/** The statements that write the items of one list. */
export interface OwnedItems {
  readonly field: ListField;
  insert(parent: unknown, items: unknown): readonly Statement[];
  replace(targeted: Targeted, items: unknown): readonly Statement[];
}

interface Given {
  readonly parent: unknown;
  readonly items: readonly Values[];
}

export function ownedItems(entity: Entity, field: ListField, stored: (field: Field, value: unknown) => unknown): OwnedItems {
  const table = listTableOf(entity.id, field.name);
  const columns = list(
    [listColumns.parent, listColumns.position, ...field.fields.map((inner) => columnName(inner.name))].map((one) => name(one)),
  );
  const rowAt = (index: number): Sql => {
    const cells = field.fields.map((inner) => later<Given>(({ items }) => stored(inner, items[index]?.[inner.name])));
    return sql`(${list([later<Given>(({ parent }) => parent), literal(index + 1), ...cells])})`;
  };
  const removal = plan<unknown>(sql`delete from ${table} where ${name(listColumns.parent)} = ${later((parent) => parent)}`);
  const inserts = new Plans<Given>();
  const insert = (parent: unknown, value: unknown): readonly Statement[] => {
    const items = Array.isArray(value) ? (value as readonly Values[]) : []; // The in-memory form of a list.
    if (items.length === 0) return [];
    const rows = (): Sql => sql`insert into ${table} (${columns}) values ${list(items.map((_item, index) => rowAt(index)))}`;
    return [inserts.of(String(items.length), rows)({ parent, items })];
  };
  return {
    field,
    insert,
    replace(targeted, items) {
      if (targeted.target.kind !== "id")
        throw new Error(`${entity.id}.${field.name} is a list: it is set for one row at a time, by its id.`);
      const parent = targetId(targeted);
      return [removal(parent), ...insert(parent, items)];
    },
  };
}
