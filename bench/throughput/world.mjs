import { createHash, randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { emitSql } from "@archwright/compiler";
import { lookupOf } from "@archwright/model";
import { createAccount, createEntityTables, createPool, createSecrets, prepareSchema } from "@archwright/runtime";
import { exportJWK, generateKeyPair, SignJWT } from "jose";
import pg from "pg";
import { loadHandlers } from "../../packages/app/dist/loader/handlers.js";

const customersCount = 20;
const ordersEach = 200;
const productsCount = 1_000;
export const password = "correct horse battery staple";

/** The same products, customers and orders in two databases of one server: ours, and the one of the hand-written peer. */
export async function makeWorld(postgres) {
  const { model } = await loadHandlers(fileURLToPath(new URL("../../examples/shop/system.ts", import.meta.url)));
  const masterKey = randomBytes(32);
  const [oursUrl, peerUrl] = [await fresh(postgres, "throughput_ours"), await fresh(postgres, "throughput_peer")];
  const script = emitSql(model);
  const schemaHash = createHash("sha256").update(script).digest("hex");
  const { appUrl } = await prepareSchema({ adminUrl: oursUrl, system: model.name, script, schemaHash, modelHash: schemaHash });
  await run(postgres.adminUrl, "drop role if exists shop_peer");
  await run(peerUrl, readFileSync(new URL("./peer.sql", import.meta.url), "utf8"));
  const accounts = await openAccounts(model, oursUrl, masterKey);
  const customers = accounts.filter(({ role }) => role === "customer").map(({ actor }) => actor);
  await run(
    oursUrl,
    seedText(
      {
        product: '"catalog"."product"',
        order: '"orders"."order"',
        line: '"orders"."order_lines"',
        parent: "_parent",
        position: "_position",
      },
      customers,
    ),
  );
  await run(
    peerUrl,
    seedText({ product: "product", order: "orders", line: "order_line", parent: "order_id", position: "position" }, customers),
  );
  const peerLogin = new URL(peerUrl);
  peerLogin.username = "shop_peer";
  peerLogin.password = "peer";
  const orders = customers.map((_, index) => Array.from({ length: ordersEach }, (_unused, at) => idOf("ord", index * ordersEach + at)));
  const products = Array.from({ length: productsCount }, (_, index) => idOf("prd", index));
  return { appUrl, oursUrl, peerUrl, peerLogin: peerLogin.href, bareUrl: peerUrl, masterKey, accounts, orders, products };
}

const idOf = (prefix, index) => `${prefix}_${index.toString(16).padStart(26, "0")}`;

async function fresh(postgres, name) {
  await run(postgres.adminUrl, `drop database if exists ${name} with (force)`);
  return postgres.database(name);
}

async function run(url, text) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(text);
  await client.end();
}

async function openAccounts(model, adminUrl, masterKey) {
  const adminPool = createPool({
    url: adminUrl,
    max: 4,
    applicationName: "bench",
    connectTimeoutMs: 5_000,
    statementTimeoutMs: 60_000,
    idleTimeoutMs: 1_000,
    onError: () => {},
  });
  const tables = createEntityTables(lookupOf(model), model, createSecrets(masterKey));
  const accounts = [];
  for (let index = 0; index <= customersCount; index += 1) {
    const [role, email] = index === customersCount ? ["staff", "staff@example.com"] : ["customer", `customer-${index}@example.com`];
    accounts.push({ email, ...(await createAccount({ model, adminPool, tables }, { role, email, password, actor: { name: role } })) });
  }
  await adminPool.end();
  return accounts;
}

function seedText({ product, order, line, parent, position }, customers) {
  const buyers = `(array[${customers.map((id) => `'${id}'`).join(", ")}])`;
  const id = (prefix, value) => `'${prefix}_' || lpad(to_hex(${value}), 26, '0')`;
  return `
    insert into ${product} (id, name, price, stock) select ${id("prd", "n")}, 'Product ' || n, 100 + n % 900, 1000000000 from generate_series(0, ${productsCount - 1}) n;
    begin;
    insert into ${order} (id, buyer, total) select ${id("ord", "n")}, ${buyers}[1 + n / ${ordersEach}], 300 from generate_series(0, ${customers.length * ordersEach - 1}) n;
    insert into ${line} (${parent}, ${position}, product, quantity, price)
      select ${id("ord", "n")}, p, ${id("prd", `(n * 7 + p) % ${productsCount}`)}, p, 100 from generate_series(0, ${customers.length * ordersEach - 1}) n, generate_series(1, 2) p;
    commit;
    vacuum analyze;`.replace("vacuum analyze;", "analyze;");
}

/** Tokens as the peer knows them: of a key of its own. */
export async function peerTokens(accounts) {
  const { privateKey, publicKey } = await generateKeyPair("EdDSA");
  const tokens = await Promise.all(
    accounts.map(({ actor, role }) =>
      new SignJWT({ role })
        .setProtectedHeader({ alg: "EdDSA" })
        .setIssuer("shop")
        .setAudience("shop")
        .setSubject(actor)
        .setIssuedAt()
        .setExpirationTime("2h")
        .sign(privateKey),
    ),
  );
  return { tokens, publicJwk: await exportJWK(publicKey) };
}

export async function oursTokens(url, accounts) {
  const tokens = [];
  for (const { email } of accounts) {
    const answer = await fetch(`${url}/auth/sign-in`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ email, password }),
    });
    const { accessToken } = await answer.json();
    tokens.push(accessToken);
  }
  return tokens;
}
