-- Made from the model 1530cffcdfa270e73e8564b8e0f4138505f177e0347b3241739f21685071ae83. Change the model, not this file.
-- The database of shop.
-- Run it once, in one transaction, as a role that may create schemas and roles: psql -1 -f schema.sql
-- Requests are served by shop_app, which owns nothing, sees nothing itself, and becomes the role of each operation while that runs.

-- Roles

do $$
declare
  login constant text := 'shop_app';
  maintenance constant text := 'shop/maintenance';
  served constant text[] := array[
  'shop/catalog.reserveStock',
  'shop/catalog.searchProducts',
  'shop/orders.cancelOrder',
  'shop/orders.getOrder',
  'shop/orders.markPaid',
  'shop/orders.placeOrder',
  'shop/payments.startPayment',
  'shop/catalog.Product',
  'shop/identity.User',
  'shop/orders.Order',
  'shop/sign-up'
]::text[];
  created text;
begin
  foreach created in array served || maintenance || login loop
    if not exists (select from pg_catalog.pg_roles where rolname = created) then
      begin
        execute pg_catalog.format('create role %I %s noinherit', created, case when created = login then 'login' else 'nologin' end);
      exception when duplicate_object or unique_violation then null;
      end;
    end if;
    if exists (select from pg_catalog.pg_roles where rolname = created and (rolsuper or rolbypassrls)) then
      raise exception 'The role "%" is a superuser or bypasses row security. Drop it, or take that right from it, and run the script again.', created;
    end if;
  end loop;
  foreach created in array served loop
    if not exists (
      select from pg_catalog.pg_auth_members
      where roleid = (select oid from pg_catalog.pg_roles where rolname = created) and member = (select oid from pg_catalog.pg_roles where rolname = login)
    ) then
      begin
        execute pg_catalog.format('grant %I to %I with inherit false, set true', created, login);
      exception when unique_violation then null;
      end;
    end if;
  end loop;
  if not pg_catalog.pg_has_role(current_user, maintenance, 'SET') then
    execute pg_catalog.format('grant %I to current_user with inherit true, set true', maintenance);
  end if;
end
$$;

-- Infrastructure

create schema if not exists archwright;
create function archwright.actor() returns text language sql stable parallel safe
  return nullif(current_setting('archwright.actor', true), '');
create function archwright.role() returns text language sql stable parallel safe
  return nullif(current_setting('archwright.role', true), '');
create function archwright.patterns(words text) returns text[] language sql immutable strict parallel safe
  return array(
    select '%' || regexp_replace(word, '([\\%_])', '\\\1', 'g') || '%'
    from regexp_split_to_table(lower(words collate "pg_c_utf8"), '[\t\n\u000b\f\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]+') as word
    where word <> '');
create function archwright.matches(searched text, words text) returns boolean language sql immutable parallel safe
  return lower(searched collate "pg_c_utf8") like all (archwright.patterns(words))
    and lower(searched collate "pg_c_utf8") like coalesce((archwright.patterns(words))[1], '%');
create function archwright.milliseconds(duration text) returns bigint language sql immutable strict parallel safe
  return round(substring(duration from '^[0-9.]+')::numeric * case substring(duration from '[a-z]+$')
    when 'ms' then 1 when 's' then 1000 when 'm' then 60000 when 'h' then 3600000 when 'd' then 86400000 end)::bigint;
create function archwright.refuse_other_moves() returns trigger language plpgsql set search_path = '' as $$
declare
  state_before text := to_jsonb(old) ->> tg_argv[1];
  state_after text := to_jsonb(new) ->> tg_argv[1];
begin
  if (tg_argv[2]::jsonb -> state_before) ? state_after then
    return new;
  end if;
  raise exception using errcode = '23514', schema = tg_table_schema, table = tg_table_name, constraint = tg_argv[0], column = tg_argv[1],
    message = format('%s of %s.%s does not move from %s to %s.', tg_argv[1], tg_table_schema, tg_table_name, coalesce(state_before, 'nothing'), coalesce(state_after, 'nothing'));
end
$$;
create table archwright.account (
  id text collate "C" primary key,
  role text not null,
  actor text collate "C" not null unique,
  email text not null unique check (email = lower(email)),
  password_hash text not null,
  created_at timestamptz not null default now(),
  disabled_at timestamptz
);
create table archwright.session (
  id text collate "C" primary key,
  account text collate "C" not null references archwright.account (id) on delete cascade,
  family text collate "C" not null,
  token_hash bytea not null unique,
  issued_at timestamptz not null default now(),
  expires_at timestamptz not null,
  replaced_at timestamptz,
  revoked_at timestamptz
);
create index session_account_idx on archwright.session (account);
create index session_family_idx on archwright.session (family);
create table archwright.signing_key (
  id text collate "C" primary key,
  private_key bytea not null,
  public_jwk jsonb not null,
  created_at timestamptz not null default now(),
  retires_at timestamptz
);
create table archwright.idempotency (
  caller text not null,
  operation text not null,
  key text not null,
  request_hash bytea not null,
  state text not null check (state in ('running', 'done')),
  leased_until timestamptz not null,
  status integer,
  body text,
  created_at timestamptz not null default now(),
  primary key (caller, operation, key)
);
create index idempotency_created_at_idx on archwright.idempotency (created_at);
create table archwright.outbox (
  id text collate "C" primary key,
  event text not null,
  payload jsonb not null,
  caller text,
  occurred_at timestamptz not null default now()
);
create index outbox_occurred_at_idx on archwright.outbox (occurred_at);
create table archwright.delivery (
  id bigint generated always as identity primary key,
  outbox_id text collate "C" not null references archwright.outbox (id) on delete cascade,
  reaction text not null,
  state text not null default 'waiting' check (state in ('waiting', 'done', 'dead')),
  attempts integer not null default 0,
  due_at timestamptz not null default now(),
  leased_until timestamptz,
  lease bigint not null default 0,
  last_error text,
  done_at timestamptz
);
create index delivery_due_at_idx on archwright.delivery (due_at) where state = 'waiting';
create index delivery_outbox_id_idx on archwright.delivery (outbox_id);
create table archwright.inbox (
  integration text not null,
  external_id text not null,
  received_at timestamptz not null default now(),
  primary key (integration, external_id)
);
create table archwright.message (
  id text collate "C" primary key,
  message text not null,
  recipient text not null,
  channel text not null,
  address text,
  subject text not null,
  body text not null,
  state text not null check (state in ('waiting', 'sent', 'failed', 'no-channel')),
  attempts integer not null default 0,
  due_at timestamptz not null default now(),
  created_at timestamptz not null default now(),
  sent_at timestamptz,
  error text
);
create index message_due_at_idx on archwright.message (due_at) where state = 'waiting';
create table archwright.job (
  id text primary key,
  due_at timestamptz not null,
  leased_until timestamptz,
  lease bigint not null default 0,
  last_run_at timestamptz,
  last_error text
);
create table archwright.file (
  id text collate "C" primary key,
  media_type text not null,
  bytes integer not null,
  content bytea not null,
  uploaded_by text,
  created_at timestamptz not null default now(),
  used_at timestamptz
);
alter table archwright.file alter column content set storage external;
create index file_created_at_idx on archwright.file (created_at) where used_at is null;
create table archwright.system (
  name text primary key,
  schema_hash text not null,
  model_hash text not null,
  applied_at timestamptz not null default now()
);
comment on function archwright.actor() is 'The id of who calls, set for each transaction.';
comment on function archwright.role() is 'The role of who calls: its name, ''anyone'' or ''system''. Unset, nothing is visible.';
comment on function archwright.matches(text, text) is 'Every word occurs in the text, whatever its case. The planner puts its body in its place and so finds the search index.';
comment on table archwright.account is 'Who may sign in. An account has one role and is one actor.';
comment on table archwright.session is 'Refresh tokens, by their hash. A family descends from one sign-in; a token used twice revokes its family.';
comment on table archwright.signing_key is 'Keys of access tokens. The private half is encrypted.';
comment on table archwright.idempotency is 'Answers to requests with an Idempotency-Key, to be repeated word for word.';
comment on table archwright.outbox is 'Events, written in the transaction that they tell of.';
comment on table archwright.delivery is 'One event on its way to one reaction.';
comment on table archwright.inbox is 'Webhook events that were received, so that a repeated one has no effect.';
comment on table archwright.message is 'What was sent, or is to be sent, to whom.';
comment on table archwright.job is 'When each job is due, and who runs it.';
comment on table archwright.file is 'Contents of uploaded files. One that no row ever used is forgotten.';
comment on table archwright.system is 'Which model this database was made for.';
comment on index archwright.session_account_idx is 'The sessions of an account, and its removal.';
comment on index archwright.session_family_idx is 'Revokes every session of a family.';
comment on index archwright.idempotency_created_at_idx is 'Forgets old answers.';
comment on index archwright.outbox_occurred_at_idx is 'Forgets old events.';
comment on index archwright.delivery_due_at_idx is 'Finds what is due among what waits.';
comment on index archwright.message_due_at_idx is 'Finds what is due among what waits.';
comment on index archwright.file_created_at_idx is 'Forgets files that nothing uses.';
comment on index archwright.delivery_outbox_id_idx is 'The deliveries of an event, and its removal.';
grant usage on schema archwright to "shop_app";
grant select, insert, update, delete on "archwright"."account", "archwright"."session", "archwright"."signing_key", "archwright"."idempotency", "archwright"."outbox", "archwright"."delivery", "archwright"."inbox", "archwright"."message", "archwright"."job", "archwright"."file" to "shop_app";
grant select on archwright.system to "shop_app";
create extension if not exists pg_trgm with schema archwright;
select set_config('search_path', (select pg_catalog.quote_ident(nspname) from pg_catalog.pg_extension join pg_catalog.pg_namespace on pg_namespace.oid = extnamespace where extname = 'pg_trgm'), true);

-- Context catalog

create schema "catalog";

-- catalog.Product

create table "catalog"."product" (
  "id" text collate "C" not null,
  "name" text not null,
  "price" bigint not null,
  "stock" bigint not null,
  constraint "product_pkey" primary key ("id"),
  constraint "name_max" check (char_length("name") <= 200),
  constraint "price_min" check ("price" >= 0),
  constraint "stock_min" check ("stock" >= 0)
);
comment on table "catalog"."product" is 'catalog.Product.';
comment on column "catalog"."product"."price" is 'In minor units of EUR.';
create index "product_name_id_idx" on "catalog"."product" ("name", "id");
comment on index "catalog"."product_name_id_idx" is 'Filter and order of the pages of catalog.searchProducts.';
create index "product_name_search_idx" on "catalog"."product" using gin (lower("name" collate "pg_c_utf8") gin_trgm_ops);
comment on index "catalog"."product_name_search_idx" is 'Search for words in name.';

-- Context identity

create schema "identity";

-- identity.User

create table "identity"."user" (
  "id" text collate "C" not null,
  "email" text not null,
  "name" text not null,
  constraint "user_pkey" primary key ("id"),
  constraint "user_email_key" unique ("email"),
  constraint "name_max" check (char_length("name") <= 120)
);
comment on table "identity"."user" is 'identity.User. Personal data: email, name.';
comment on column "identity"."user"."email" is 'Personal data, held for a contract, for 90 days.';
comment on column "identity"."user"."name" is 'Personal data, held for a contract, for 90 days.';

-- Context orders

create schema "orders";

-- orders.Order

create table "orders"."order" (
  "id" text collate "C" not null,
  "buyer" text collate "C" not null,
  "total" bigint not null,
  "placed_at" timestamptz(3) not null default now(),
  "status" text not null default 'pending',
  constraint "order_pkey" primary key ("id"),
  constraint "status_values" check ("status" in ('pending', 'paid', 'shipped', 'cancelled', 'refunded'))
);
comment on table "orders"."order" is 'orders.Order.';
comment on column "orders"."order"."buyer" is 'Id of a row in identity.user, which another context keeps.';
comment on column "orders"."order"."total" is 'In minor units of EUR.';
create index "order_buyer_id_idx" on "orders"."order" ("buyer", "id");
comment on index "orders"."order_buyer_id_idx" is 'Filter of the policy for customer, in the order of the list. Lookup by the identity.User that it names.';
create trigger "status_moves" before update of "status" on "orders"."order" for each row when (old."status" is distinct from new."status")
  execute function archwright.refuse_other_moves('status_moves', 'status', '{"pending":["paid","cancelled"],"paid":["shipped","refunded"],"shipped":[],"cancelled":[],"refunded":[]}');
create table "orders"."order_lines" (
  "_parent" text collate "C" not null,
  "_position" integer not null,
  "product" text collate "C" not null,
  "quantity" bigint not null,
  "price" bigint not null,
  constraint "order_lines_pkey" primary key ("_parent", "_position"),
  constraint "order_lines_parent_fkey" foreign key ("_parent") references "orders"."order" ("id") on delete cascade,
  constraint "_position_min" check ("_position" >= 1),
  constraint "quantity_min" check ("quantity" >= 1)
);
comment on table "orders"."order_lines" is 'lines of orders.Order, in order.';
comment on column "orders"."order_lines"."product" is 'Id of a row in catalog.product, which another context keeps.';
comment on column "orders"."order_lines"."price" is 'In minor units of EUR.';

-- Context payments

create schema "payments";

-- payments.Payment

create table "payments"."payment" (
  "id" text collate "C" not null,
  "order" text collate "C" not null,
  "intent" text not null,
  "amount" bigint not null,
  constraint "payment_pkey" primary key ("id"),
  constraint "payment_order_key" unique ("order")
);
comment on table "payments"."payment" is 'payments.Payment.';
comment on column "payments"."payment"."order" is 'Id of a row in orders.order, which another context keeps.';
comment on column "payments"."payment"."amount" is 'In minor units of EUR.';

-- Promises over the lists of orders.Order

create function "orders"."order_invariants"() returns trigger language plpgsql security definer set search_path = '' as $$
declare
  ids text[];
begin
  if tg_table_name = 'order' then
    ids := array[new."id"];
  else
    ids := array[new."_parent", old."_parent"];
  end if;
  if exists (select from "orders"."order" as "row" where "row"."id" = any (ids) and ("row"."total" = (select coalesce(sum("item1"."price" * "item1"."quantity"), 0) from "orders"."order_lines" as "item1" where "item1"."_parent" = "row"."id")) is false) then
    raise exception using errcode = '23514', schema = 'orders', table = 'order', constraint = 'the total is the sum of the lines', message = 'A promise of orders.Order is broken: the total is the sum of the lines.';
  end if;
  return null;
end
$$;
grant create on schema "orders" to "shop/maintenance";
alter function "orders"."order_invariants"() owner to "shop/maintenance";
revoke create on schema "orders" from "shop/maintenance";
create constraint trigger "order_invariants" after insert or update of "total" on "orders"."order"
  deferrable initially deferred for each row execute function "orders"."order_invariants"();
create constraint trigger "order_lines_invariants" after insert or update or delete on "orders"."order_lines"
  deferrable initially deferred for each row execute function "orders"."order_invariants"();

-- Privileges: Operation catalog.reserveStock

grant usage on schema "archwright", "catalog" to "shop/catalog.reserveStock";
grant select, update ("stock") on "catalog"."product" to "shop/catalog.reserveStock";

-- Privileges: Operation catalog.searchProducts

grant usage on schema "archwright", "catalog" to "shop/catalog.searchProducts";
grant select on "catalog"."product" to "shop/catalog.searchProducts";

-- Privileges: Operation orders.cancelOrder

grant usage on schema "archwright", "orders" to "shop/orders.cancelOrder";
grant select, update ("status") on "orders"."order" to "shop/orders.cancelOrder";
grant select on "orders"."order_lines" to "shop/orders.cancelOrder";

-- Privileges: Operation orders.getOrder

grant usage on schema "archwright", "orders" to "shop/orders.getOrder";
grant select on "orders"."order" to "shop/orders.getOrder";
grant select on "orders"."order_lines" to "shop/orders.getOrder";

-- Privileges: Operation orders.markPaid

grant usage on schema "archwright", "orders" to "shop/orders.markPaid";
grant select, update ("status") on "orders"."order" to "shop/orders.markPaid";
grant select on "orders"."order_lines" to "shop/orders.markPaid";

-- Privileges: Operation orders.placeOrder

grant usage on schema "archwright", "orders" to "shop/orders.placeOrder";
grant insert on "orders"."order" to "shop/orders.placeOrder";
grant insert on "orders"."order_lines" to "shop/orders.placeOrder";

-- Privileges: Operation payments.startPayment

grant usage on schema "archwright", "payments" to "shop/payments.startPayment";
grant select, insert, update, delete on "payments"."payment" to "shop/payments.startPayment";

-- Privileges: Routes of catalog.Product

grant usage on schema "archwright", "catalog" to "shop/catalog.Product";
grant select, insert ("id", "name", "price", "stock"), update ("name", "price", "stock") on "catalog"."product" to "shop/catalog.Product";

-- Privileges: Routes of identity.User

grant usage on schema "archwright", "identity" to "shop/identity.User";
grant select, update ("email", "name") on "identity"."user" to "shop/identity.User";

-- Privileges: Routes of orders.Order

grant usage on schema "archwright", "orders" to "shop/orders.Order";
grant select on "orders"."order" to "shop/orders.Order";
grant select on "orders"."order_lines" to "shop/orders.Order";

-- Privileges: Sign-up

grant usage on schema "identity" to "shop/sign-up";
grant insert on "identity"."user" to "shop/sign-up";

-- Privileges: Maintenance

grant usage on schema "catalog", "identity", "orders", "payments" to "shop/maintenance";
grant select, insert, update, delete on "catalog"."product" to "shop/maintenance";
grant select, insert, update, delete on "identity"."user" to "shop/maintenance";
grant select, insert, update, delete on "orders"."order" to "shop/maintenance";
grant select, insert, update, delete on "orders"."order_lines" to "shop/maintenance";
grant select, insert, update, delete on "payments"."payment" to "shop/maintenance";

-- Row-level security: catalog.Product

alter table "catalog"."product" enable row level security, force row level security;
create policy "operations" on "catalog"."product" for all to "shop/catalog.reserveStock", "shop/catalog.searchProducts"
  using (archwright.role() is not null)
  with check (archwright.role() is not null);
create policy "routes select" on "catalog"."product" for select to "shop/catalog.Product"
  using (archwright.role() in ('staff'));
create policy "routes insert" on "catalog"."product" for insert to "shop/catalog.Product"
  with check (archwright.role() in ('staff'));
create policy "routes update" on "catalog"."product" for update to "shop/catalog.Product"
  using (archwright.role() in ('staff'))
  with check (archwright.role() in ('staff'));
create policy "maintenance" on "catalog"."product" for all to "shop/maintenance"
  using (true) with check (true);

-- Row-level security: identity.User

alter table "identity"."user" enable row level security, force row level security;
create policy "routes select" on "identity"."user" for select to "shop/identity.User"
  using (case archwright.role()
    when 'customer' then "user"."id" = archwright.actor()
    else false
  end);
create policy "routes update" on "identity"."user" for update to "shop/identity.User"
  using (case archwright.role()
    when 'customer' then "user"."id" = archwright.actor()
    else false
  end)
  with check (case archwright.role()
    when 'customer' then "user"."id" = archwright.actor()
    else false
  end);
create policy "sign-up insert" on "identity"."user" for insert to "shop/sign-up"
  with check (true);
create policy "maintenance" on "identity"."user" for all to "shop/maintenance"
  using (true) with check (true);

-- Row-level security: orders.Order

alter table "orders"."order" enable row level security, force row level security;
create policy "operations" on "orders"."order" for all to "shop/orders.cancelOrder", "shop/orders.getOrder", "shop/orders.markPaid", "shop/orders.placeOrder"
  using (case archwright.role()
    when 'customer' then "order"."buyer" = archwright.actor()
    else archwright.role() is not null
  end)
  with check (archwright.role() is not null);
create policy "routes select" on "orders"."order" for select to "shop/orders.Order"
  using (case archwright.role()
    when 'customer' then "order"."buyer" = archwright.actor()
    when 'staff' then true
    else false
  end);
create policy "maintenance" on "orders"."order" for all to "shop/maintenance"
  using (true) with check (true);
alter table "orders"."order_lines" enable row level security, force row level security;
create policy "operations select" on "orders"."order_lines" for select to "shop/orders.cancelOrder", "shop/orders.getOrder", "shop/orders.markPaid"
  using (exists (select from "orders"."order" where "order"."id" = "order_lines"."_parent"));
create policy "operations insert" on "orders"."order_lines" for insert to "shop/orders.placeOrder"
  with check (archwright.role() is not null);
create policy "routes select" on "orders"."order_lines" for select to "shop/orders.Order"
  using (exists (select from "orders"."order" where "order"."id" = "order_lines"."_parent"));
create policy "maintenance" on "orders"."order_lines" for all to "shop/maintenance"
  using (true) with check (true);

-- Row-level security: payments.Payment

alter table "payments"."payment" enable row level security, force row level security;
create policy "operations" on "payments"."payment" for all to "shop/payments.startPayment"
  using (archwright.role() is not null)
  with check (archwright.role() is not null);
create policy "maintenance" on "payments"."payment" for all to "shop/maintenance"
  using (true) with check (true);
