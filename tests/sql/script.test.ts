import { assemble } from "@archwright/model";
import { emitSql } from "@archwright/compiler";
import { afterAll, expect, test } from "vitest";
import { applyScript } from "../../packages/runtime/src/database/apply.ts";
import { testDatabase } from "../../packages/runtime/src/database/test-database.ts";
import shop from "../../examples/shop/system.ts";
import { writeFileSync } from "node:fs";

test("x", async () => {
  const text = emitSql(assemble(shop).model);
  writeFileSync("/tmp/aw/shop.sql", text);
  const db = await testDatabase();
  try { await applyScript(db.adminUrl, text, { lockKey: "shop" }); } finally { await db.drop(); }
});
