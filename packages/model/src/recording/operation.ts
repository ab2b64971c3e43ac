import type { Field } from "../model/field.ts";
import type { Origin, Returns } from "../model/model.ts";
import { itemId } from "./item-id.ts";
import { fieldsOf, isField } from "./new-field.ts";
import { here } from "./origin.ts";
import { hasRecord, withRecord, type OperationRecord, type OperationSaid } from "./records.ts";

/** A command or a query as a value of the language. Its body is recorded by `assemble`, when every item that it may name exists. */
export function recordOperation(type: "command" | "query", context: string, name: string, said: OperationSaid): object {
  const id = `${context}.${name}`;
  const origins = new Map<string, Origin>();
  const input = fieldsOf(said.input ?? {}, `${id}.input`, origins);
  const { returns, entity } = returnsOf(said.returns, `${id}.returns`, origins);
  const record: OperationRecord = {
    kind: "operation",
    type,
    place: here(),
    id,
    context,
    name,
    input,
    origins,
    returns,
    ...(entity && { returnedEntity: entity }),
    said,
  };
  return withRecord({ kind: type, context, name, input: said.input ?? {}, returns: said.returns }, record);
}

function returnsOf(said: unknown, path: string, origins: Map<string, Origin>): { returns: Returns; entity?: object } {
  if (said === undefined) return { returns: { kind: "nothing" } };
  if (hasRecord(said, "entity")) return { returns: { kind: "entity", entity: itemId(said) }, entity: said };
  if (isField(said)) return { returns: { kind: "field", field: only(fieldsOf({ value: said }, path, origins)) } };
  return { returns: { kind: "record", fields: fieldsOf(said as Record<string, unknown>, path, origins) } }; // What is left of the language's `Returns`.
}

function only(fields: readonly Field[]): Field {
  const [field] = fields;
  if (!field) throw new TypeError("A record of one field has one field.");
  return field;
}
