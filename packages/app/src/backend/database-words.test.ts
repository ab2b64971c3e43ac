import { DatabaseUnavailable, SchemaMismatch } from "@archwright/runtime";
import { describe, expect, test } from "vitest";
import { Failure } from "../command.ts";
import { databaseFailure } from "./database-words.ts";

const url = "postgres://owner:secret@db.example/shop";

function said(error: unknown): Pick<Failure, "what" | "fix" | "status"> {
  const failure = databaseFailure(error, url, "abc");
  if (!(failure instanceof Failure)) throw new Error("It has no words.", { cause: error });
  expect(JSON.stringify([failure.what, failure.why, failure.fix])).not.toContain("secret");
  const { what, fix, status } = failure;
  return { what, fix, status };
}

const refusal = (sqlState: string, message: string): Error => Object.assign(new Error(message), { sqlState });

test("a database that cannot be reached may be there later: no wrong call", () => {
  expect(said(new DatabaseUnavailable("The database cannot be reached: connect ECONNREFUSED."))).toEqual({
    status: 1,
    what: "PostgreSQL at db.example:5432: The database cannot be reached: connect ECONNREFUSED.",
    fix: "Start PostgreSQL there and see that this machine reaches it, or correct DATABASE_URL.",
  });
});

describe("a refusal says what to change", () => {
  test.each([
    ["28P01", "password authentication failed", "Correct the name and the password before the @ of DATABASE_URL."],
    ["3D000", 'database "shop" does not exist', 'Make it: create database "shop". Or name another one.'],
    [
      "42501",
      "permission denied to create role",
      'As a superuser: alter role "owner" createrole; grant create on database "shop" to "owner". Or name the owner of the database.',
    ],
    ["42P06", 'schema "orders" already exists', "Name an empty database."],
  ])("%s", (sqlState, message, fix) => {
    const what = `PostgreSQL at db.example:5432 refuses: ${message}.`;
    expect(said(refusal(sqlState, message))).toEqual({ status: 2, what, fix });
  });
});

test("an earlier schema gets the statement that declares it mended", () => {
  expect(said(new SchemaMismatch('This database holds an earlier schema of "shop".')).fix).toContain(
    "update archwright.system set schema_hash = 'abc'",
  );
});

test("the database of another system is not to be mended", () => {
  expect(said(new SchemaMismatch('This database belongs to the system "hello", not to "shop".')).fix).toBe(
    "Name the database of this system, or an empty one.",
  );
});

test("a connection that is not encrypted as the URL says has its own words", () => {
  expect(said(new Error("The server does not support SSL connections")).fix).toContain("?sslmode=disable");
});

test("what is no failure of the database stays what it is", () => {
  const error = new TypeError("x is undefined");
  expect(databaseFailure(error, url)).toBe(error);
});
