-- What a careful engineer would write by hand for the same shop: the same tables, checks, indexes and row-level security.
create table product (
  id text collate "C" primary key,
  name text not null check (char_length(name) <= 200),
  price bigint not null check (price >= 0),
  stock bigint not null check (stock >= 0)
);
create table orders (
  id text collate "C" primary key,
  buyer text collate "C" not null,
  total bigint not null,
  placed_at timestamptz(3) not null default now(),
  status text not null default 'pending' check (status in ('pending', 'paid', 'shipped', 'cancelled', 'refunded'))
);
create index on orders (buyer, id);
create table order_line (
  order_id text collate "C" not null references orders (id) on delete cascade,
  position integer not null,
  product text collate "C" not null,
  quantity bigint not null check (quantity >= 1),
  price bigint not null,
  primary key (order_id, position)
);
create table idempotency (
  caller text not null,
  key text not null,
  request_hash bytea not null,
  status integer,
  body text,
  created_at timestamptz not null default now(),
  primary key (caller, key)
);
create table outbox (
  id bigint generated always as identity primary key,
  event text not null,
  payload jsonb not null,
  occurred_at timestamptz not null default now(),
  published_at timestamptz
);
create index on outbox (id) where published_at is null;
create table message (id bigint generated always as identity primary key, recipient text not null, payload jsonb not null, created_at timestamptz not null default now());

create role shop_peer login password 'peer' nobypassrls;
grant select, insert, update on product, orders, order_line, idempotency, outbox to shop_peer;
grant insert on message to shop_peer;
alter table orders enable row level security;
create policy readers on orders using (
  (select current_setting('app.role', true)) = 'staff' or buyer = (select current_setting('app.actor', true))
);
alter table order_line enable row level security;
create policy readers on order_line using (exists (select from orders where orders.id = order_line.order_id)) with check (true);
alter table product enable row level security;
create policy readers on product for select using ((select current_setting('app.role', true)) in ('staff', 'customer', 'anyone'));
create policy writers on product for insert with check ((select current_setting('app.role', true)) = 'staff');
create policy sellers on product for update using ((select current_setting('app.role', true)) in ('staff', 'customer'));
