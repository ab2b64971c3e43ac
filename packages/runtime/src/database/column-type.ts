import { types } from "pg";
import { parseArrayLiteral } from "./array-literal.ts";

export type ParseText = (text: string) => unknown;

/**
 * How the text of a column becomes a value. No precision is lost: `int8` is a bigint, `numeric` stays text, and a `date` or a
 * `timestamp` without zone stays text because a JavaScript Date would give it a zone that it does not have.
 */
export function parserOf(typeOid: number): ParseText {
  return parsers.get(typeOid) ?? asText;
}

const asText: ParseText = (text) => text;
const asBoolean: ParseText = (text) => text === "t";
const asJson: ParseText = (text) => JSON.parse(text);
// These two understand infinity, years before Christ and both spellings of bytes.
const asAnyTime: ParseText = types.getTypeParser(types.builtins.TIMESTAMPTZ, "text");
const asBytes = types.getTypeParser(types.builtins.BYTEA, "text");
// Nearly every time comes like this, and nearly every row has one.
const usualTime = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d+)?\+00$/;
const asTime: ParseText = (text) => (usualTime.test(text) ? new Date(`${text.slice(0, 10)}T${text.slice(11, -3)}Z`) : asAnyTime(text));

// Each row: the type's oid, its array's oid, how to parse one. https://github.com/postgres/postgres/blob/REL_18_STABLE/src/include/catalog/pg_type.dat
const scalars: readonly (readonly [oid: number, arrayOid: number, parse: ParseText])[] = [
  [16, 1000, asBoolean], // bool
  [17, 1001, asBytes], // bytea
  [18, 1002, asText], // "char"
  [19, 1003, asText], // name
  [20, 1016, BigInt], // int8
  [21, 1005, Number], // int2
  [23, 1007, Number], // int4
  [25, 1009, asText], // text
  [26, 1028, Number], // oid
  [114, 199, asJson], // json
  [700, 1021, Number], // float4
  [701, 1022, Number], // float8
  [869, 1041, asText], // inet
  [1042, 1014, asText], // bpchar
  [1043, 1015, asText], // varchar
  [1082, 1182, asText], // date
  [1083, 1183, asText], // time
  [1114, 1115, asText], // timestamp
  [1184, 1185, asTime], // timestamptz
  [1186, 1187, asText], // interval
  [1700, 1231, asText], // numeric
  [2950, 2951, asText], // uuid
  [3802, 3807, asJson], // jsonb
];

const parsers: ReadonlyMap<number, ParseText> = new Map(
  scalars.flatMap(([oid, arrayOid, parse]) => [
    [oid, parse],
    [arrayOid, (text: string) => parseArrayLiteral(text, parse)],
  ]),
);
