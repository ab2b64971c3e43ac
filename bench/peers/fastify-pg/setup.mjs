import pg from "pg";

// Makes the peer's table in the empty database of DATABASE_URL. A server of its own does not do so at each start either.

const client = new pg.Client({ connectionString: process.env["DATABASE_URL"] });
await client.connect();
await client.query(`
  create table if not exists product (id text primary key, name text not null, price bigint not null, stock bigint not null);
  insert into product select 'prd_' || n, 'Tea number ' || n, 100 + n, 1000 from generate_series(1, 50) n on conflict do nothing;
`);
await client.end();
