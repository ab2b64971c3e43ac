-- Made from the model b33745bf9a689cb3e12447787a770ec8e0dc63c0528afd353c9d9bfda043b7d2. Change the model, not this file.
-- The database of purchases.
-- Run it once, in one transaction, as a role that may create schemas and roles: psql -1 -f schema.sql
-- Requests are served by purchases_app, which owns nothing, sees nothing itself, and becomes the role of each operation while that runs.

-- Roles

do $$
declare
  login constant text := 'purchases_app';
  maintenance constant text := 'purchases/maintenance';
  served constant text[] := array[
  'purchases/entitlements.getEntitlements',
  'purchases/entitlements.setEntitlement',
  'purchases/plans.findPlan',
  'purchases/plans.getPlan',
  'purchases/plans.listPlans',
  'purchases/purchases.acknowledge',
  'purchases/purchases.activateOnline',
  'purchases/purchases.applyNotification',
  'purchases/purchases.buyOnline',
  'purchases/purchases.findSilentPurchases',
  'purchases/purchases.noteRefund',
  'purchases/purchases.redeemPurchase',
  'purchases/purchases.refreshPurchase',
  'purchases/purchases.refundOnline',
  'purchases/purchases.findSilent',
  'purchases/purchases.forgetNotifications',
  'purchases/entitlements.Entitlement',
  'purchases/identity.User',
  'purchases/plans.Plan',
  'purchases/purchases.Purchase',
  'purchases/purchases.StoreNotification',
  'purchases/sign-up'
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
grant usage on schema archwright to "purchases_app";
grant select, insert, update, delete on "archwright"."account", "archwright"."session", "archwright"."signing_key", "archwright"."idempotency", "archwright"."outbox", "archwright"."delivery", "archwright"."inbox", "archwright"."message", "archwright"."job", "archwright"."file" to "purchases_app";
grant select on archwright.system to "purchases_app";

-- Context entitlements

create schema "entitlements";

-- entitlements.Entitlement

create table "entitlements"."entitlement" (
  "id" text collate "C" not null,
  "holder" text collate "C" not null,
  "plan" text collate "C" not null,
  "source" text not null,
  "until" timestamptz(3) not null,
  constraint "entitlement_pkey" primary key ("id"),
  constraint "entitlement_source_key" unique ("source"),
  constraint "source_max" check (char_length("source") <= 60)
);
comment on table "entitlements"."entitlement" is 'entitlements.Entitlement.';
comment on column "entitlements"."entitlement"."holder" is 'Id of a row in identity.user, which another context keeps.';
comment on column "entitlements"."entitlement"."plan" is 'Id of a row in plans.plan, which another context keeps.';
create index "entitlement_holder_id_idx" on "entitlements"."entitlement" ("holder", "id");
comment on index "entitlements"."entitlement_holder_id_idx" is 'Filter of the policy for customer, in the order of the list. Filter and order of the pages of entitlements.getEntitlements.';
create index "entitlement_holder_until_idx" on "entitlements"."entitlement" ("holder", "until");
comment on index "entitlements"."entitlement_holder_until_idx" is 'The model asks for it: holder, until. Lookup by the identity.User that it names.';
create index "entitlement_plan_idx" on "entitlements"."entitlement" ("plan");
comment on index "entitlements"."entitlement_plan_idx" is 'Lookup by the plans.Plan that it names.';

-- Context identity

create schema "identity";

-- identity.User

create table "identity"."user" (
  "id" text collate "C" not null,
  "email" text not null,
  constraint "user_pkey" primary key ("id"),
  constraint "user_email_key" unique ("email")
);
comment on table "identity"."user" is 'identity.User. Personal data: email.';
comment on column "identity"."user"."email" is 'Personal data, held for a contract, for 90 days.';

-- Context plans

create schema "plans";

-- plans.Plan

create table "plans"."plan" (
  "id" text collate "C" not null,
  "name" text not null,
  "days" bigint not null,
  "price" bigint not null,
  "apple_product" text not null,
  "google_product" text not null,
  constraint "plan_pkey" primary key ("id"),
  constraint "plan_apple_product_key" unique ("apple_product"),
  constraint "plan_google_product_key" unique ("google_product"),
  constraint "name_max" check (char_length("name") <= 80),
  constraint "days_min" check ("days" >= 1),
  constraint "price_min" check ("price" >= 0),
  constraint "apple_product_max" check (char_length("apple_product") <= 100),
  constraint "google_product_max" check (char_length("google_product") <= 100)
);
comment on table "plans"."plan" is 'plans.Plan.';
comment on column "plans"."plan"."price" is 'In minor units of EUR.';
create index "plan_price_id_idx" on "plans"."plan" ("price", "id");
comment on index "plans"."plan_price_id_idx" is 'Filter and order of the pages of plans.listPlans.';

-- Context purchases

create schema "purchases";

-- purchases.Purchase

create table "purchases"."purchase" (
  "id" text collate "C" not null,
  "buyer" text collate "C" not null,
  "plan" text collate "C" not null,
  "store" text not null,
  "transaction" text not null,
  "until" timestamptz(3) not null,
  "told_at" timestamptz(3) not null,
  "status" text not null default 'pending',
  constraint "purchase_pkey" primary key ("id"),
  constraint "purchase_transaction_key" unique ("transaction"),
  constraint "store_values" check ("store" in ('apple', 'google', 'stripe')),
  constraint "transaction_min" check (char_length("transaction") >= 1),
  constraint "transaction_max" check (char_length("transaction") <= 300),
  constraint "status_values" check ("status" in ('pending', 'active', 'expired', 'refunded'))
);
comment on table "purchases"."purchase" is 'purchases.Purchase.';
comment on column "purchases"."purchase"."buyer" is 'Id of a row in identity.user, which another context keeps.';
comment on column "purchases"."purchase"."plan" is 'Id of a row in plans.plan, which another context keeps.';
create index "purchase_buyer_id_idx" on "purchases"."purchase" ("buyer", "id");
comment on index "purchases"."purchase_buyer_id_idx" is 'Filter of the policy for customer, in the order of the list. Lookup by the identity.User that it names.';
create index "purchase_plan_idx" on "purchases"."purchase" ("plan");
comment on index "purchases"."purchase_plan_idx" is 'Lookup by the plans.Plan that it names.';
create index "purchase_status_until_idx" on "purchases"."purchase" ("status", "until");
comment on index "purchases"."purchase_status_until_idx" is 'The model asks for it: status, until.';
create trigger "status_moves" before update of "status" on "purchases"."purchase" for each row when (old."status" is distinct from new."status")
  execute function archwright.refuse_other_moves('status_moves', 'status', '{"pending":["active"],"active":["expired","refunded"],"expired":["active","refunded"],"refunded":[]}');

-- purchases.StoreNotification

create table "purchases"."store_notification" (
  "id" text collate "C" not null,
  "notification" text not null,
  "transaction" text not null,
  "kind" text not null,
  "at" timestamptz(3) not null,
  "received_at" timestamptz(3) not null default now(),
  constraint "store_notification_pkey" primary key ("id"),
  constraint "store_notification_notification_key" unique ("notification"),
  constraint "notification_max" check (char_length("notification") <= 120),
  constraint "transaction_min" check (char_length("transaction") >= 1),
  constraint "transaction_max" check (char_length("transaction") <= 300),
  constraint "kind_values" check ("kind" in ('renewed', 'expired', 'refunded'))
);
comment on table "purchases"."store_notification" is 'purchases.StoreNotification.';
create index "store_notification_received_at_idx" on "purchases"."store_notification" ("received_at");
comment on index "purchases"."store_notification_received_at_idx" is 'The model asks for it: receivedAt.';
create index "store_notification_transaction_idx" on "purchases"."store_notification" ("transaction");
comment on index "purchases"."store_notification_transaction_idx" is 'The model asks for it: transaction.';

-- Privileges: Operation entitlements.getEntitlements

grant usage on schema "archwright", "entitlements" to "purchases/entitlements.getEntitlements";
grant select on "entitlements"."entitlement" to "purchases/entitlements.getEntitlements";

-- Privileges: Operation entitlements.setEntitlement

grant usage on schema "archwright", "entitlements" to "purchases/entitlements.setEntitlement";
grant select, insert, update, delete on "entitlements"."entitlement" to "purchases/entitlements.setEntitlement";

-- Privileges: Operation plans.findPlan

grant usage on schema "archwright", "plans" to "purchases/plans.findPlan";
grant select on "plans"."plan" to "purchases/plans.findPlan";

-- Privileges: Operation plans.getPlan

grant usage on schema "archwright", "plans" to "purchases/plans.getPlan";
grant select on "plans"."plan" to "purchases/plans.getPlan";

-- Privileges: Operation plans.listPlans

grant usage on schema "archwright", "plans" to "purchases/plans.listPlans";
grant select on "plans"."plan" to "purchases/plans.listPlans";

-- Privileges: Operation purchases.acknowledge

grant usage on schema "archwright", "purchases" to "purchases/purchases.acknowledge";
grant select on "purchases"."purchase" to "purchases/purchases.acknowledge";

-- Privileges: Operation purchases.activateOnline

grant usage on schema "archwright", "purchases" to "purchases/purchases.activateOnline";
grant select, insert, update, delete on "purchases"."purchase" to "purchases/purchases.activateOnline";

-- Privileges: Operation purchases.applyNotification

grant usage on schema "archwright", "purchases" to "purchases/purchases.applyNotification";
grant select, insert, update, delete on "purchases"."purchase" to "purchases/purchases.applyNotification";
grant select, insert, update, delete on "purchases"."store_notification" to "purchases/purchases.applyNotification";

-- Privileges: Operation purchases.buyOnline

grant usage on schema "archwright", "purchases" to "purchases/purchases.buyOnline";
grant select, insert, update, delete on "purchases"."purchase" to "purchases/purchases.buyOnline";

-- Privileges: Operation purchases.findSilentPurchases

grant usage on schema "archwright", "purchases" to "purchases/purchases.findSilentPurchases";
grant select on "purchases"."purchase" to "purchases/purchases.findSilentPurchases";

-- Privileges: Operation purchases.noteRefund

grant usage on schema "archwright", "purchases" to "purchases/purchases.noteRefund";
grant select, insert, update, delete on "purchases"."purchase" to "purchases/purchases.noteRefund";

-- Privileges: Operation purchases.redeemPurchase

grant usage on schema "archwright", "purchases" to "purchases/purchases.redeemPurchase";
grant select, insert, update, delete on "purchases"."purchase" to "purchases/purchases.redeemPurchase";

-- Privileges: Operation purchases.refreshPurchase

grant usage on schema "archwright", "purchases" to "purchases/purchases.refreshPurchase";
grant select, insert, update, delete on "purchases"."purchase" to "purchases/purchases.refreshPurchase";

-- Privileges: Operation purchases.refundOnline

grant usage on schema "archwright", "purchases" to "purchases/purchases.refundOnline";
grant select on "purchases"."purchase" to "purchases/purchases.refundOnline";

-- Privileges: Operation purchases.findSilent

grant usage on schema "archwright" to "purchases/purchases.findSilent";

-- Privileges: Operation purchases.forgetNotifications

grant usage on schema "archwright", "purchases" to "purchases/purchases.forgetNotifications";
grant select, delete on "purchases"."store_notification" to "purchases/purchases.forgetNotifications";

-- Privileges: Routes of entitlements.Entitlement

grant usage on schema "archwright", "entitlements" to "purchases/entitlements.Entitlement";
grant select on "entitlements"."entitlement" to "purchases/entitlements.Entitlement";

-- Privileges: Routes of identity.User

grant usage on schema "archwright", "identity" to "purchases/identity.User";
grant select, update ("email"), delete on "identity"."user" to "purchases/identity.User";

-- Privileges: Routes of plans.Plan

grant usage on schema "archwright", "plans" to "purchases/plans.Plan";
grant select, insert ("apple_product", "days", "google_product", "id", "name", "price"), update ("apple_product", "days", "google_product", "name", "price") on "plans"."plan" to "purchases/plans.Plan";

-- Privileges: Routes of purchases.Purchase

grant usage on schema "archwright", "purchases" to "purchases/purchases.Purchase";
grant select on "purchases"."purchase" to "purchases/purchases.Purchase";

-- Privileges: Routes of purchases.StoreNotification

grant usage on schema "archwright", "purchases" to "purchases/purchases.StoreNotification";
grant select on "purchases"."store_notification" to "purchases/purchases.StoreNotification";

-- Privileges: Sign-up

grant usage on schema "identity" to "purchases/sign-up";
grant insert on "identity"."user" to "purchases/sign-up";

-- Privileges: Maintenance

grant usage on schema "entitlements", "identity", "plans", "purchases" to "purchases/maintenance";
grant select, insert, update, delete on "entitlements"."entitlement" to "purchases/maintenance";
grant select, insert, update, delete on "identity"."user" to "purchases/maintenance";
grant select, insert, update, delete on "plans"."plan" to "purchases/maintenance";
grant select, insert, update, delete on "purchases"."purchase" to "purchases/maintenance";
grant select, insert, update, delete on "purchases"."store_notification" to "purchases/maintenance";

-- Row-level security: entitlements.Entitlement

alter table "entitlements"."entitlement" enable row level security, force row level security;
create policy "operations" on "entitlements"."entitlement" for all to "purchases/entitlements.getEntitlements", "purchases/entitlements.setEntitlement"
  using (case archwright.role()
    when 'customer' then "entitlement"."holder" = archwright.actor()
    else archwright.role() is not null
  end)
  with check (archwright.role() is not null);
create policy "routes select" on "entitlements"."entitlement" for select to "purchases/entitlements.Entitlement"
  using (case archwright.role()
    when 'customer' then "entitlement"."holder" = archwright.actor()
    when 'support' then true
    else false
  end);
create policy "maintenance" on "entitlements"."entitlement" for all to "purchases/maintenance"
  using (true) with check (true);

-- Row-level security: identity.User

alter table "identity"."user" enable row level security, force row level security;
create policy "routes select" on "identity"."user" for select to "purchases/identity.User"
  using (case archwright.role()
    when 'customer' then "user"."id" = archwright.actor()
    when 'support' then true
    else false
  end);
create policy "routes update" on "identity"."user" for update to "purchases/identity.User"
  using (case archwright.role()
    when 'customer' then "user"."id" = archwright.actor()
    else false
  end)
  with check (case archwright.role()
    when 'customer' then "user"."id" = archwright.actor()
    else false
  end);
create policy "routes delete" on "identity"."user" for delete to "purchases/identity.User"
  using (case archwright.role()
    when 'customer' then "user"."id" = archwright.actor()
    else false
  end);
create policy "sign-up insert" on "identity"."user" for insert to "purchases/sign-up"
  with check (true);
create policy "maintenance" on "identity"."user" for all to "purchases/maintenance"
  using (true) with check (true);

-- Row-level security: plans.Plan

alter table "plans"."plan" enable row level security, force row level security;
create policy "operations" on "plans"."plan" for all to "purchases/plans.findPlan", "purchases/plans.getPlan", "purchases/plans.listPlans"
  using (archwright.role() is not null)
  with check (archwright.role() is not null);
create policy "routes select" on "plans"."plan" for select to "purchases/plans.Plan"
  using (archwright.role() in ('support'));
create policy "routes insert" on "plans"."plan" for insert to "purchases/plans.Plan"
  with check (archwright.role() in ('support'));
create policy "routes update" on "plans"."plan" for update to "purchases/plans.Plan"
  using (archwright.role() in ('support'))
  with check (archwright.role() in ('support'));
create policy "maintenance" on "plans"."plan" for all to "purchases/maintenance"
  using (true) with check (true);

-- Row-level security: purchases.Purchase

alter table "purchases"."purchase" enable row level security, force row level security;
create policy "operations" on "purchases"."purchase" for all to "purchases/purchases.acknowledge", "purchases/purchases.activateOnline", "purchases/purchases.applyNotification", "purchases/purchases.buyOnline", "purchases/purchases.findSilentPurchases", "purchases/purchases.noteRefund", "purchases/purchases.redeemPurchase", "purchases/purchases.refreshPurchase", "purchases/purchases.refundOnline"
  using (case archwright.role()
    when 'customer' then "purchase"."buyer" = archwright.actor()
    else archwright.role() is not null
  end)
  with check (archwright.role() is not null);
create policy "routes select" on "purchases"."purchase" for select to "purchases/purchases.Purchase"
  using (case archwright.role()
    when 'customer' then "purchase"."buyer" = archwright.actor()
    when 'support' then true
    else false
  end);
create policy "maintenance" on "purchases"."purchase" for all to "purchases/maintenance"
  using (true) with check (true);

-- Row-level security: purchases.StoreNotification

alter table "purchases"."store_notification" enable row level security, force row level security;
create policy "operations" on "purchases"."store_notification" for all to "purchases/purchases.applyNotification", "purchases/purchases.forgetNotifications"
  using (archwright.role() is not null)
  with check (archwright.role() is not null);
create policy "routes select" on "purchases"."store_notification" for select to "purchases/purchases.StoreNotification"
  using (archwright.role() in ('support'));
create policy "maintenance" on "purchases"."store_notification" for all to "purchases/maintenance"
  using (true) with check (true);
