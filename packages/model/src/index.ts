export { designVersion } from "./design/design.ts";
export type * from "./design/design.ts";
export type { Comparison, Expression, ExpressionKind, ValueType } from "./expressions/expression.ts";
export { durationInWords, expressionInWords, moneyInWords, valueInWords } from "./expressions/in-words.ts";
export { typeOf } from "./expressions/type-of.ts";
export type { Finding, Severity } from "./findings/finding.ts";
export { nearest } from "./findings/nearest.ts";
export { fill, type Slots } from "./findings/words.ts";
export {
  actorFields,
  authRoutesOf,
  credentialFields,
  refreshFields,
  signUpFields,
  signUpRoles,
  tokenFields,
  type AuthRoute,
} from "./http/auth.ts";
export {
  atomicWithin,
  errorsOf,
  problems,
  problemSchema,
  problemType,
  type DeclaredError,
  type Problem,
  type ProblemCode,
} from "./http/errors.ts";
export { exampleCursor, exampleOf, exampleRecord, exampleResult, exampleRow } from "./http/examples.ts";
export {
  filePrefix,
  idPattern,
  idPrefix,
  inputField,
  inputSchema,
  outputField,
  outputSchema,
  type JsonSchema,
  type SchemaScope,
} from "./http/field-schema.ts";
export {
  entitiesWithFiles,
  fileFieldsWithin,
  fileLimitsInWords,
  fileLimitsOf,
  fileRoutesOf,
  isOfTypes,
  maySee,
  sizeInWords,
  uploadedFileSchema,
  type FileLimits,
  type FileRoute,
} from "./http/files.ts";
export { filterFields, pageFields, pageLimits, sortFields } from "./http/list-query.ts";
export { isPaged, placesOf, type Places } from "./http/places.ts";
export { coercions, fromQuery, queryFields, recordFromQuery, type Coercion } from "./http/query.ts";
export { problemsOf } from "./http/route-problems.ts";
export { collectionPath, pathParameters, routesOf, shapeOf, type Route } from "./http/routes.ts";
export { sampleId } from "./http/sample-id.ts";
export { createSchema, entitySchema, pageSchema, resultSchema, schemaScope, updateSchema } from "./http/schemas.ts";
export { successStatusOf } from "./http/success.ts";
export { webhookRoutesOf, type WebhookRoute } from "./http/webhooks.ts";
export { kebab, plural, sentenceCase, wordsOf } from "./http/words.ts";
export { creatableFields, updatableFields } from "./http/writable-fields.ts";
export { compareDecimals, decimal, money } from "./language/money.ts";
export type { Decimal, Money } from "./language/values.ts";
export type { Body, Sort, Step, StepKind, Target, Values } from "./model/body.ts";
export { canonicalJson, freeze, readableJson } from "./model/canonical.ts";
export type { Field, FieldFacts, FieldKind, FieldOf, FieldType, PersonalData } from "./model/field.ts";
export type { JsonValue } from "./model/json.ts";
export { lookupOf, type Lookup } from "./model/lookup.ts";
export { modelVersion } from "./model/model.ts";
export type * from "./model/model.ts";
export { modelSchema } from "./model/schema.ts";
export { assumedOf, type Quantity, type UnknownQuantity } from "./model/quantity.ts";
export { assemble, type Assembled } from "./recording/assemble.ts";
export { recordCondition } from "./recording/body-recorder.ts";
export { stepsWithin } from "./recording/effects.ts";
export type { Handler } from "./recording/handler.ts";
export { ModelError } from "./recording/model-error.ts";
export { outOfBounds, type Fault } from "./values/bounds.ts";
export { changesFromJson, fromJson, recordFromJson, recordToJson, toJson, type JsonRecord } from "./values/codec.ts";
export { durationPattern, durationToMs, msToDuration } from "./values/duration.ts";
export { evaluate, holds, type Environment } from "./expressions/evaluate.ts";
export { partsOf, type NodeOf } from "./expressions/parts.ts";
export { whiteSpaceClass } from "./expressions/search-text.ts";
export { accessRule, anyoneRole, onlyFields, readRule, rolesNamed, rolesThatMay, signUpEntities, type Rule } from "./relational/access.ts";
export { boundedName } from "./relational/bounded-name.ts";
export { columnType, constant, sqlType, storedValue } from "./relational/column-type.ts";
export { expressionToSql, operatorToSql, type ListKind, type Place } from "./relational/expression-sql.ts";
export {
  checkName,
  columnName,
  columnOf,
  entityRole,
  invariantName,
  listColumns,
  listTableName,
  listTableOf,
  loginRole,
  maintenanceRole,
  operationRole,
  schemaName,
  schemaOf,
  signUpRole,
  tableName,
  tableOf,
  uniqueName,
} from "./relational/names.ts";
export { list, literal, name, parameter, raw, render, renderScript, sql, type Sql } from "./relational/sql.ts";
