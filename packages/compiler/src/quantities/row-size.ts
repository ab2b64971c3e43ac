import type { Entity, Field } from "@archwright/model";
import type { Facts } from "../facts/facts.ts";
import { entityIndexes } from "../facts/indexed-fields.ts";
import { constant, named, product, sum, zero, type Formula } from "../formulas/formula.ts";
import { counted, formulaOf } from "./given.ts";

/** How large one of each is. */
export interface RowSizeFormulas {
  /** Of one row, its owned rows included, without indexes. */
  readonly rowBytesOf: (entity: string) => Formula;
  readonly indexesOf: (entity: string) => Formula;
  /** Of one event as it is kept and sent, its envelope included. */
  readonly eventBytesOf: (event: string) => Formula;
}

const rowHeader = constant(
  "row-header",
  "bytes that PostgreSQL adds to a row",
  28,
  "bytes",
  "sourced",
  "PostgreSQL documentation, database page layout",
);
export const ownedRows = constant(
  "owned-rows",
  "rows of a list that one row owns",
  3,
  "count",
  "general",
  "usual for lines of an order",
  [1, 30],
);
const envelope = constant(
  "event-envelope",
  "bytes around the fields of an event: id, name, time, caller, row header",
  200,
  "bytes",
  "measured",
  "columns of archwright.outbox",
  [120, 500],
);
const jsonOfField = constant("event-json", "bytes of JSON for a byte of a field", 2, "count", "general", "names and quotes", [1.2, 4]);

export function rowSizeFormulas({ items }: Facts): RowSizeFormulas {
  return {
    rowBytesOf: formulaOf((id) => {
      const entity = items.entities.get(id);
      return entity ? named(`${id}.row-bytes`, `bytes of a row of ${entity.name}`, "bytes", rowBytes(entity)) : zero;
    }, zero),
    indexesOf: formulaOf((id) => {
      const entity = items.entities.get(id);
      return entity ? counted(`${id}.indexes`, `indexes of ${entity.name}`, entityIndexes(entity).length, id) : zero;
    }, zero),
    eventBytesOf: formulaOf((id) => {
      const { name = id, fields = [] } = items.events.get(id) ?? {};
      const own = counted(`${id}.field-bytes`, `bytes of the fields of ${name}`, bytesOfFields(fields), id, "bytes");
      return named(`${id}.event-bytes`, `bytes of an event ${name}`, "bytes", sum(product(own, jsonOfField), envelope));
    }, zero),
  };
}

function rowBytes(entity: Entity): Formula {
  const own = bytesOfFields(entity.fields.filter(({ kind }) => kind !== "list"));
  const lists = entity.fields.flatMap((field) =>
    field.kind === "list"
      ? [
          product(
            ownedRows,
            sum(
              rowHeader,
              counted(
                `${entity.id}.${field.name}.bytes`,
                `bytes of the fields of one of ${field.name}`,
                40 + bytesOfFields(field.fields),
                entity.id,
                "bytes",
              ),
            ),
          ),
        ]
      : [],
  );
  return sum(rowHeader, counted(`${entity.id}.field-bytes`, `bytes of the fields of ${entity.name}`, own, entity.id, "bytes"), ...lists);
}

export function bytesOfFields(fields: readonly Field[]): number {
  return fields.reduce((total, field) => total + bytesOfField(field), 0);
}

/** As PostgreSQL stores them; texts are taken to be a third of their limit, and 40 bytes at least. */
export function bytesOfField(field: Field): number {
  switch (field.kind) {
    case "bool":
      return 1;
    case "date":
      return 4;
    case "int":
    case "money":
    case "time":
    case "duration":
      return 8;
    case "decimal":
      return 12;
    case "oneOf":
    case "state":
      return 12;
    case "text":
    case "secret":
      return Math.max(40, Math.min(2_000, typeof field.max === "number" ? field.max / 3 : 120));
    case "json":
      return 40 + 1.5 * bytesOfFields(field.fields);
    case "list":
      return 0;
    default:
      return 32;
  }
}
