import fastify from "fastify";
import pg from "pg";

// The least that an engineer writes by hand to answer a list of products: plain Fastify, plain pg, one query, a serializer from a schema.

const pool = new pg.Pool({ connectionString: process.env["DATABASE_URL"] });
const app = fastify({ logger: true });

const price = { type: "object", properties: { amount: { type: "integer" }, currency: { type: "string" } } };
const product = { type: "object", properties: { id: { type: "string" }, name: { type: "string" }, price, stock: { type: "integer" } } };
const page = { type: "object", properties: { items: { type: "array", items: product }, next: { type: "null" } } };
const words = { type: "object", required: ["words"], properties: { words: { type: "string", maxLength: 80 } } };

app.get("/products", { schema: { querystring: words, response: { 200: page } } }, async (request) => {
  const { rows } = await pool.query(
    "select id, name, price, stock from product where name ilike '%' || $1 || '%' order by name, id limit 50",
    [Object(request.query).words],
  );
  return { items: rows.map((row) => ({ ...row, price: { amount: row.price, currency: "EUR" } })), next: null };
});

process.once("SIGINT", () => void app.close().then(() => pool.end()));
const url = await app.listen({ port: 0, host: "127.0.0.1" });
console.log(`listening at ${url}`);
