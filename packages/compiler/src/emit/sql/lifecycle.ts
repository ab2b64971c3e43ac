import { checkName, columnName, columnOf, literal, name, sql, type Sql } from "@archwright/model";
import { qualified, type Table } from "./table.ts";

/** Refuses every move of a state that the lifecycle does not have. */
export function lifecycleTriggers(table: Table): readonly Sql[] {
  return table.fields
    .filter((field) => field.kind === "state")
    .map((field) => {
      const moves = checkName(field.name, "moves");
      const state = columnOf(field.name);
      return sql`create trigger ${name(moves)} before update of ${state} on ${qualified(table)} for each row when (old.${state} is distinct from new.${state})
  execute function archwright.refuse_other_moves(${literal(moves)}, ${literal(columnName(field.name))}, ${literal(JSON.stringify(field.moves))})`;
    });
}
