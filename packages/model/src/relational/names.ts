import { wordsOf } from "../http/words.ts";
import { boundedName } from "./bounded-name.ts";
import { name, type Sql } from "./sql.ts";

// What the items of a model are called in PostgreSQL. The texts name things in catalogues and messages, the pieces of SQL in statements.

/** `orders` → orders. */
export function schemaName(context: string): string {
  const words = snakeCase(context);
  return ourOrTheirs.test(words) ? `${words}_` : words;
}

const ourOrTheirs = /^(archwright|public|information_schema|pg_.*)$/;

/** `orders.Order` → orders and order. */
export function tableName(entityId: string): readonly [schema: string, table: string] {
  const [context, entity] = split(entityId);
  return [schemaName(context), boundedName(snakeCase(entity))];
}

/** The table of a list's items: `orders.Order` and `lines` → orders and order_lines. */
export function listTableName(entityId: string, fieldName: string): readonly [schema: string, table: string] {
  const [context, entity] = split(entityId);
  return [schemaName(context), boundedName(`${snakeCase(entity)}_${snakeCase(fieldName)}`)];
}

/** `placedAt` → placed_at. */
export function columnName(fieldName: string): string {
  return boundedName(snakeCase(fieldName));
}

/** The columns that only the table of a list has: the id of the row that owns the item, and the item's place in the list, from 1. */
export const listColumns = { parent: "_parent", position: "_position" } as const;

export const schemaOf = (context: string): Sql => name(schemaName(context));
export const tableOf = (entityId: string): Sql => name(...tableName(entityId));
export const listTableOf = (entityId: string, fieldName: string): Sql => name(...listTableName(entityId, fieldName));
export const columnOf = (fieldName: string): Sql => name(columnName(fieldName));

/** The role that signs in to serve requests. It owns nothing, sees no entity, and may only become the roles below. */
export const loginRole = (system: string): string => boundedName(`${snakeCase(system)}_app`);
/** The role of one operation or job: what its body or handler declares, and no more. */
export const operationRole = (system: string, operationOrJobId: string): string => boundedName(`${snakeCase(system)}/${operationOrJobId}`);
/** The role of the routes that an entity's access rules open. */
export const entityRole = (system: string, entityId: string): string => boundedName(`${snakeCase(system)}/${entityId}`);
/** The role that creates the row of somebody who signs up. */
export const signUpRole = (system: string): string => boundedName(`${snakeCase(system)}/sign-up`);
/** The role of seeds and exports. It sees every row, and nobody who serves a request may become it. */
export const maintenanceRole = (system: string): string => boundedName(`${snakeCase(system)}/maintenance`);

/** The constraint that an invariant becomes: its own statement, so that a refusal says which promise it keeps. */
export const invariantName = (statement: string): string => boundedName(statement);
/** The constraint behind one fact of a field: `stock_min`. */
export const checkName = (fieldName: string, fact: "min" | "max" | "pattern" | "values" | "moves"): string =>
  boundedName(`${columnName(fieldName)}_${fact}`);
/** The constraint behind a unique field: `user_email_key`. */
export const uniqueName = (table: string, fieldName: string): string => boundedName(`${table}_${columnName(fieldName)}_key`);

function split(id: string): readonly [context: string, item: string] {
  const dot = id.indexOf(".");
  return [id.slice(0, dot), id.slice(dot + 1)];
}

const snakeCase = (text: string): string => wordsOf(text).join("_");
