import type { Emitter } from "../emitter.ts";
import { emitSql } from "./emit-sql.ts";

export const postgresql: Emitter = {
  name: "sql",
  title: "The schema, the roles and the row-level security, as PostgreSQL",
  emit: (model, { hash }) => [
    {
      path: "schema.sql",
      mediaType: "application/sql",
      text: `-- Made from the model ${hash}. Change the model, not this file.\n${emitSql(model)}`,
    },
  ],
};
