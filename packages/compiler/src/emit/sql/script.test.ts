import { literal, raw, renderScript, sql } from "@archwright/model";
import { expect, test } from "vitest";
import { dollarQuoted, scriptOf } from "./script.ts";

test("a script is its sections, each under its heading, and ends with one newline", () => {
  const sections = [
    { title: "One", statements: [raw("select 1"), raw("select 2")] },
    { title: "Nothing", statements: [] },
    { title: "Three", statements: [raw("select 3")] },
  ];
  expect(scriptOf("Head", sections)).toBe("-- Head\n\n-- One\n\nselect 1;\nselect 2;\n\n-- Three\n\nselect 3;\n");
});

test("a heading cannot end its own remark", () => {
  expect(scriptOf("a\ndrop table b;\r\nc", [])).toBe("-- a\n-- drop table b;\n-- c\n");
});

test("the body of a function cannot end its own quotes", () => {
  expect(renderScript(dollarQuoted(sql`select ${literal("$$ $body1$")}`))).toBe("$body2$\nselect '$$ $body1$'\n$body2$");
});
