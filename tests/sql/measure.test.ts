import { test } from "vitest";
import { modelDatabase, models, operation, speakAs, speakAsSuperuser } from "./model-database.ts";
import { emitSql } from "../../packages/compiler/src/emit/sql/emit-sql.ts";
import { evaluate, holds } from "@archwright/model";

test("measure", { timeout: 100000 }, async () => {
  const db = await modelDatabase(models.shop);
  const { client } = db;
  const time = async (what: string, work: () => Promise<unknown>, n = 1) => { const t = performance.now(); for (let i = 0; i < n; i++) await work(); console.log(what, ((performance.now() - t) / n).toFixed(2), "ms"); };
  for (const lines of [1, 5, 50]) {
    let k = 0;
    await time(`place order with ${lines} lines, commit`, async () => {
      k++;
      await client.query("begin");
      await client.query(`insert into orders."order" (id, buyer, total) values ('o${lines}_${k}', 'u', ${lines})`);
      await client.query(`insert into orders.order_lines select 'o${lines}_${k}', n, 'p', 1, 1 from generate_series(1, ${lines}) n`);
      await client.query("commit");
    }, 100);
    await client.query("alter table orders.order_lines disable trigger order_lines_invariants; alter table orders.order disable trigger order_invariants");
    await time(`  without triggers`, async () => {
      k++;
      await client.query("begin");
      await client.query(`insert into orders."order" (id, buyer, total) values ('o${lines}_${k}', 'u', ${lines})`);
      await client.query(`insert into orders.order_lines select 'o${lines}_${k}', n, 'p', 1, 1 from generate_series(1, ${lines}) n`);
      await client.query("commit");
    }, 100);
    await client.query("alter table orders.order_lines enable trigger order_lines_invariants; alter table orders.order enable trigger order_invariants");
  }
  await client.query("begin; set local session_replication_role = replica");
  await client.query(`insert into orders."order" (id, buyer, total) select 'x' || n, 'u' || n % 1000, 0 from generate_series(1, 100000) n; commit; analyze orders.order`);
  await client.query("begin");
  await speakAs(client, models.shop, { role: "shop/orders.Order", caller: { role: "customer", id: "u5" } });
  await time("rls seq scan 100k rows", () => client.query(`select count(*) from orders."order"`), 3);
  console.log((await client.query(`explain analyze select id from orders."order" where buyer = 'u5' order by id limit 20`)).rows.map((r) => r["QUERY PLAN"]).join("\n"));
  await speakAsSuperuser(client);
  await client.query("rollback");
  await time("without rls seq scan 100k rows", () => client.query(`select count(*) from orders."order" where buyer = 'u5' or id = ''`), 3);
  const t = performance.now(); for (let i = 0; i < 20; i++) emitSql(models.everything); console.log("emitSql everything", (performance.now() - t) / 20);
  const rule = models.shop.entities.find((e) => e.name === "Order")!.access[0]!.where!;
  const env = { row: { buyer: "u" }, me: { id: "u" }, role: "customer" };
  const t2 = performance.now(); for (let i = 0; i < 1e5; i++) holds(rule, env); console.log("holds us", (performance.now() - t2) / 100);
  await db.drop();
});
