import { expect, test } from "vitest";
import { patternToSql } from "./pattern.ts";

// That both accept the same texts is asked of PostgreSQL itself, in tests/sql.
test.each([
  ["[A-Z]{3}", "^(?:[A-Z]{3})$"],
  ["a|b", "^(?:a|b)$"],
  ["\\bno", "^(?:\\yno)$"],
  ["a{", "^(?:a\\{)$"],
  ["[[:alpha:]]", "^(?:[\\[:alpha:]\\])$"],
  ["\\x41\\u0042", "^(?:\\u0041\\u0042)$"],
  ["(?<year>\\d+)", "^(?:(\\d+))$"],
  [".", "^(?:[^\\n\\r\\u2028\\u2029])$"],
])("%s is %s for PostgreSQL", (source, sql) => {
  expect(patternToSql(source)).toBe(sql);
});

test.each(["\\p{L}", "a{256}", "[^]", "[]", "\\k<a>", "\\0", "\\cA", "[\\S]", "(?i:a)", "\\u{1F600}"])(
  "%s has no equal in PostgreSQL",
  (source) => {
    expect(patternToSql(source)).toBeUndefined();
  },
);
