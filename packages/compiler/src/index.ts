export { emitSql } from "./emit/sql/emit-sql.ts";
export { emitOpenApi } from "./emit/openapi/document.ts";
