import { createHash, randomBytes } from "node:crypto";
import fastify from "fastify";
import { importJWK, jwtVerify } from "jose";
import pg from "pg";

// The shop's four routes as one would write them by hand on Fastify and pg. With PROTECTED=no it neither verifies tokens nor uses row-level security.

const { DATABASE_URL, PUBLIC_JWK = "null", PROTECTED = "yes", CONNECTIONS = "10" } = process.env;
const isProtected = PROTECTED === "yes";
const pool = new pg.Pool({ connectionString: DATABASE_URL, max: Number(CONNECTIONS) });
const key = isProtected ? await importJWK(JSON.parse(PUBLIC_JWK), "EdDSA") : undefined;
const app = fastify({ logger: { level: "info", stream: { write: () => {} } } });

const text = { type: "string" };
const money = {
  type: "object",
  required: ["amount", "currency"],
  additionalProperties: false,
  properties: { amount: { type: "integer", minimum: 0 }, currency: { const: "EUR", type: "string" } },
};
const idOf = (prefix) => ({ type: "string", pattern: `^${prefix}_[0-9a-hjkmnp-tv-z]{26}$` });
const product = { type: "object", properties: { id: text, name: text, price: money, stock: { type: "integer" } } };
const line = { type: "object", properties: { product: text, quantity: { type: "integer" }, price: money } };
const order = {
  type: "object",
  properties: { id: text, buyer: text, lines: { type: "array", items: line }, total: money, placedAt: text, status: text },
};

class Refusal extends Error {
  constructor(statusCode, message) {
    super(message);
    this.statusCode = statusCode;
  }
}

const only =
  (...roles) =>
  async (request) => {
    if (!isProtected) {
      request.caller = { id: String(request.headers["x-actor"] ?? ""), role: roles[0] };
      return;
    }
    const token = /^Bearer (\S+)$/.exec(request.headers.authorization ?? "")?.[1];
    if (token === undefined) throw new Refusal(401, "Sign in.");
    const { payload } = await jwtVerify(token, key, { algorithms: ["EdDSA"], issuer: "shop", audience: "shop" }).catch(() => {
      throw new Refusal(401, "The token is not valid.");
    });
    if (!roles.includes(payload.role)) throw new Refusal(403, "This is not for you.");
    request.caller = { id: payload.sub, role: payload.role };
  };

const identify = {
  name: "identify",
  text: "select set_config('app.actor', $1, true), set_config('app.role', $2, true)",
};

/** One transaction in the caller's name. */
async function inTransaction({ id, role }, work) {
  const client = await pool.connect();
  let broken;
  try {
    await client.query("begin");
    await client.query({ ...identify, values: [id, role] });
    const result = await work(client);
    await client.query("commit");
    return result;
  } catch (error) {
    await client.query("rollback").catch((lost) => (broken = lost));
    throw error;
  } finally {
    client.release(broken);
  }
}

/** A single statement needs a transaction only for the identity that it is asked under. */
const ask = (caller, query) => (isProtected ? inTransaction(caller, (client) => client.query(query)) : pool.query(query));

const orderColumns = `o.id, o.buyer, o.total, o.placed_at,  o.status,
  (select json_agg(json_build_object('product', l.product, 'quantity', l.quantity, 'price', json_build_object('amount', l.price, 'currency', 'EUR')) order by l.position)
   from order_line l where l.order_id = o.id) as lines`;

const euros = (amount) => ({ amount: Number(amount), currency: "EUR" });
const orderJson = ({ id, buyer, lines, total, placed_at, status }) => ({
  id,
  buyer,
  lines: lines ?? [],
  total: euros(total),
  placedAt: placed_at.toISOString(),
  status,
});

const alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
function newId(prefix) {
  const bytes = randomBytes(16);
  let tail = "";
  for (const byte of bytes) tail += alphabet[byte & 31];
  return `${prefix}_${Date.now()
    .toString(32)
    .padStart(10, "0")
    .replace(/[ilou]/g, "z")}${tail}`;
}

app.get(
  "/orders/:id",
  {
    onRequest: only("customer", "staff"),
    schema: { params: { type: "object", properties: { id: idOf("ord") }, required: ["id"] }, response: { 200: order } },
  },
  async ({ params, caller }) => {
    const { rows } = await ask(caller, {
      name: "order",
      text: `select ${orderColumns} from orders o where o.id = $1`,
      values: [params.id],
    });
    if (rows.length === 0) throw new Refusal(404, "There is no such order.");
    return orderJson(rows[0]);
  },
);

app.get(
  "/orders",
  {
    onRequest: only("customer", "staff"),
    schema: {
      querystring: {
        type: "object",
        properties: { limit: { type: "integer", minimum: 1, maximum: 100, default: 20 }, after: idOf("ord") },
      },
      response: { 200: { type: "object", properties: { items: { type: "array", items: order }, next: { type: ["string", "null"] } } } },
    },
  },
  async ({ query, caller }) => {
    const { limit, after = "" } = query;
    const { rows } = await ask(caller, {
      name: "orders",
      text: `select ${orderColumns} from orders o where o.buyer = $1 and o.id > $2 order by o.id limit $3`,
      values: [caller.id, after, limit + 1],
    });
    const items = rows.slice(0, limit).map(orderJson);
    return { items, next: rows.length > limit ? items[limit - 1].id : null };
  },
);

app.post(
  "/products",
  {
    onRequest: only("staff"),
    schema: {
      body: {
        type: "object",
        required: ["name", "price", "stock"],
        additionalProperties: false,
        properties: { name: { type: "string", maxLength: 200 }, price: money, stock: { type: "integer", minimum: 0 } },
      },
      response: { 201: product },
    },
  },
  async ({ body: { name, price, stock }, caller }, reply) => {
    const id = newId("prd");
    await ask(caller, {
      name: "new product",
      text: "insert into product (id, name, price, stock) values ($1, $2, $3, $4)",
      values: [id, name, price.amount, stock],
    });
    reply.code(201).header("location", `/products/${id}`);
    return { id, name, price, stock };
  },
);

const item = {
  type: "object",
  required: ["product", "quantity"],
  additionalProperties: false,
  properties: { product: idOf("prd"), quantity: { type: "integer", minimum: 1 } },
};

app.post(
  "/orders",
  {
    onRequest: only("customer"),
    schema: {
      headers: {
        type: "object",
        required: ["idempotency-key"],
        properties: { "idempotency-key": { type: "string", minLength: 1, maxLength: 255 } },
      },
      body: {
        type: "object",
        required: ["items"],
        additionalProperties: false,
        properties: { items: { type: "array", minItems: 1, maxItems: 50, items: item } },
      },
      response: { 200: order, 201: order },
    },
  },
  async ({ body, caller, headers }, reply) => {
    const hash = createHash("sha256").update(JSON.stringify(body)).digest();
    const { status, answer } = await inTransaction(caller, (client) =>
      placeOrder(client, caller, headers["idempotency-key"], hash, body.items),
    );
    reply.code(status);
    return answer;
  },
);

async function placeOrder(client, caller, key, hash, items) {
  const claimed = await client.query({
    name: "claim",
    text: "insert into idempotency (caller, key, request_hash) values ($1, $2, $3) on conflict do nothing",
    values: [caller.id, key, hash],
  });
  if (claimed.rowCount === 0) return replay(client, caller, key, hash);
  const lines = [];
  // In the order of their ids, so that two orders never wait for each other.
  for (const { product: id, quantity } of [...items].sort((left, right) => (left.product < right.product ? -1 : 1))) {
    const { rows } = await client.query({
      name: "take stock",
      text: "update product set stock = stock - $2 where id = $1 and stock >= $2 returning price",
      values: [id, quantity],
    });
    if (rows.length === 0) throw new Refusal(409, "Out of stock.");
    lines.push({ product: id, quantity, price: Number(rows[0].price) });
  }
  const total = lines.reduce((sum, { price, quantity }) => sum + price * quantity, 0);
  const id = newId("ord");
  const { rows } = await client.query({
    name: "new order",
    text: "insert into orders (id, buyer, total) values ($1, $2, $3) returning placed_at, status",
    values: [id, caller.id, total],
  });
  await client.query({
    name: "new lines",
    text: `insert into order_line (order_id, position, product, quantity, price)
      select $1, position, product, quantity, price from unnest($2::text[], $3::bigint[], $4::bigint[]) with ordinality as l(product, quantity, price, position)`,
    values: [id, lines.map((one) => one.product), lines.map((one) => one.quantity), lines.map((one) => one.price)],
  });
  const answer = orderJson({
    id,
    buyer: caller.id,
    lines: lines.map((one) => ({ ...one, price: euros(one.price) })),
    total,
    ...rows[0],
  });
  const payload = JSON.stringify({ order: id, buyer: caller.id, total: answer.total, placedAt: answer.placedAt });
  await client.query({ name: "outbox", text: "insert into outbox (event, payload) values ('OrderPlaced', $1)", values: [payload] });
  await client.query({
    name: "keep",
    text: "update idempotency set status = 201, body = $3 where caller = $1 and key = $2",
    values: [caller.id, key, JSON.stringify(answer)],
  });
  return { status: 201, answer };
}

async function replay(client, caller, key, hash) {
  const { rows } = await client.query({
    name: "replay",
    text: "select request_hash, status, body from idempotency where caller = $1 and key = $2",
    values: [caller.id, key],
  });
  const [kept] = rows;
  if (!kept?.request_hash.equals(hash)) throw new Refusal(422, "The key came with another request.");
  return { status: kept.status, answer: JSON.parse(kept.body) };
}

// The events' relay: each becomes a message, many at a time.
const relay = async () => {
  await pool.query({
    name: "relay",
    text: `with due as (select id from outbox where published_at is null order by id limit 200 for update skip locked),
      sent as (update outbox set published_at = now() from due where outbox.id = due.id returning outbox.payload)
      insert into message (recipient, payload) select payload ->> 'buyer', payload from sent`,
  });
  setTimeout(() => void relay(), 100).unref();
};
await relay();

const url = await app.listen({ port: 0, host: "127.0.0.1" });
process.send?.({ url });
process.on("disconnect", () => process.exit());
