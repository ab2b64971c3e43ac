-- Made from the model c85b76a7ea11fa6d9b43ae2586121e7e5924efc8f4326150ba9b86122846a3cd. Change the model, not this file.
-- The database of telemetry.
-- Run it once, in one transaction, as a role that may create schemas and roles: psql -1 -f schema.sql
-- Requests are served by telemetry_app, which owns nothing, sees nothing itself, and becomes the role of each operation while that runs.

-- Roles

do $$
declare
  login constant text := 'telemetry_app';
  maintenance constant text := 'telemetry/maintenance';
  served constant text[] := array[
  'telemetry/alerts.acknowledgeAlert',
  'telemetry/alerts.closeAlert',
  'telemetry/alerts.listAlerts',
  'telemetry/alerts.pageOnCall',
  'telemetry/alerts.raiseAlert',
  'telemetry/fleet.activateDevice',
  'telemetry/fleet.getSite',
  'telemetry/fleet.retireDevice',
  'telemetry/readings.ingest',
  'telemetry/readings.showReadings',
  'telemetry/trends.rollUp',
  'telemetry/trends.showTrend',
  'telemetry/alerts.forgetAlerts',
  'telemetry/readings.forgetReadings',
  'telemetry/trends.forgetTrends',
  'telemetry/fleet.Device',
  'telemetry/fleet.Operator',
  'telemetry/fleet.Site'
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
grant usage on schema archwright to "telemetry_app";
grant select, insert, update, delete on "archwright"."account", "archwright"."session", "archwright"."signing_key", "archwright"."idempotency", "archwright"."outbox", "archwright"."delivery", "archwright"."inbox", "archwright"."message", "archwright"."job", "archwright"."file" to "telemetry_app";
grant select on archwright.system to "telemetry_app";
create extension if not exists pg_trgm with schema archwright;
select set_config('search_path', (select pg_catalog.quote_ident(nspname) from pg_catalog.pg_extension join pg_catalog.pg_namespace on pg_namespace.oid = extnamespace where extname = 'pg_trgm'), true);

-- Context alerts

create schema "alerts";

-- alerts.Alert

create table "alerts"."alert" (
  "id" text collate "C" not null,
  "site" text collate "C" not null,
  "device" text collate "C" not null,
  "key" text not null,
  "severity" text not null,
  "text" text not null,
  "raised_at" timestamptz(3) not null default now(),
  "status" text not null default 'open',
  constraint "alert_pkey" primary key ("id"),
  constraint "alert_key_key" unique ("key"),
  constraint "key_max" check (char_length("key") <= 60),
  constraint "severity_values" check ("severity" in ('notice', 'alarm')),
  constraint "text_max" check (char_length("text") <= 200),
  constraint "status_values" check ("status" in ('open', 'seen', 'closed'))
);
comment on table "alerts"."alert" is 'alerts.Alert.';
comment on column "alerts"."alert"."site" is 'Id of a row in fleet.site, which another context keeps.';
comment on column "alerts"."alert"."device" is 'Id of a row in fleet.device, which another context keeps.';
create index "alert_device_idx" on "alerts"."alert" ("device");
comment on index "alerts"."alert_device_idx" is 'Lookup by the fleet.Device that it names.';
create index "alert_raised_at_idx" on "alerts"."alert" ("raised_at");
comment on index "alerts"."alert_raised_at_idx" is 'The model asks for it: raisedAt.';
create index "alert_site_raised_at_id_idx" on "alerts"."alert" ("site", "raised_at", "id");
comment on index "alerts"."alert_site_raised_at_id_idx" is 'Filter and order of the pages of alerts.listAlerts. The model asks for it: site, raisedAt. Lookup by the fleet.Site that it names.';
create trigger "status_moves" before update of "status" on "alerts"."alert" for each row when (old."status" is distinct from new."status")
  execute function archwright.refuse_other_moves('status_moves', 'status', '{"open":["seen"],"seen":["closed"],"closed":[]}');

-- Context fleet

create schema "fleet";

-- fleet.Device

create table "fleet"."device" (
  "id" text collate "C" not null,
  "site" text collate "C" not null,
  "serial" text not null,
  "kind" text not null,
  "firmware" text not null,
  "status" text not null default 'new',
  constraint "device_pkey" primary key ("id"),
  constraint "device_serial_key" unique ("serial"),
  constraint "serial_max" check (char_length("serial") <= 40),
  constraint "kind_values" check ("kind" in ('meter', 'pump', 'valve', 'gateway')),
  constraint "firmware_max" check (char_length("firmware") <= 40),
  constraint "status_values" check ("status" in ('new', 'active', 'retired'))
);
comment on table "fleet"."device" is 'fleet.Device.';
create index "device_site_kind_idx" on "fleet"."device" ("site", "kind");
comment on index "fleet"."device_site_kind_idx" is 'The model asks for it: site, kind. Foreign key to fleet.Site.';
create trigger "status_moves" before update of "status" on "fleet"."device" for each row when (old."status" is distinct from new."status")
  execute function archwright.refuse_other_moves('status_moves', 'status', '{"new":["active"],"active":["retired"],"retired":[]}');

-- fleet.Operator

create table "fleet"."operator" (
  "id" text collate "C" not null,
  "email" text not null,
  "name" text not null,
  constraint "operator_pkey" primary key ("id"),
  constraint "operator_email_key" unique ("email"),
  constraint "name_max" check (char_length("name") <= 120)
);
comment on table "fleet"."operator" is 'fleet.Operator. Personal data: email, name.';
comment on column "fleet"."operator"."email" is 'Personal data, held for a contract, for 90 days.';
comment on column "fleet"."operator"."name" is 'Personal data, held for a contract, for 90 days.';

-- fleet.Site

create table "fleet"."site" (
  "id" text collate "C" not null,
  "name" text not null,
  "zone" text not null,
  constraint "site_pkey" primary key ("id"),
  constraint "name_max" check (char_length("name") <= 120),
  constraint "zone_max" check (char_length("zone") <= 60)
);
comment on table "fleet"."site" is 'fleet.Site.';
create index "site_name_search_idx" on "fleet"."site" using gin (lower("name" collate "pg_c_utf8") gin_trgm_ops);
comment on index "fleet"."site_name_search_idx" is 'Search for words in name.';
create table "fleet"."site_operators" (
  "_parent" text collate "C" not null,
  "_position" integer not null,
  "operator" text collate "C" not null,
  constraint "site_operators_pkey" primary key ("_parent", "_position"),
  constraint "site_operators_parent_fkey" foreign key ("_parent") references "fleet"."site" ("id") on delete cascade,
  constraint "_position_min" check ("_position" >= 1),
  constraint "operators_max" check ("_position" <= 50)
);
comment on table "fleet"."site_operators" is 'operators of fleet.Site, in order.';
create index "site_operators_operator_idx" on "fleet"."site_operators" ("operator");
comment on index "fleet"."site_operators_operator_idx" is 'Foreign key to fleet.Operator.';

-- Context readings

create schema "readings";

-- readings.Reading

create table "readings"."reading" (
  "id" text collate "C" not null,
  "device" text collate "C" not null,
  "metric" text not null,
  "value" numeric(12, 4) not null,
  "measured_at" timestamptz(3) not null,
  "received_at" timestamptz(3) not null default now(),
  constraint "reading_pkey" primary key ("id"),
  constraint "metric_values" check ("metric" in ('flow', 'pressure', 'temperature', 'voltage'))
);
comment on table "readings"."reading" is 'readings.Reading.';
comment on column "readings"."reading"."device" is 'Id of a row in fleet.device, which another context keeps.';
create index "reading_device_metric_measured_at_idx" on "readings"."reading" ("device", "metric", "measured_at");
comment on index "readings"."reading_device_metric_measured_at_idx" is 'The model asks for it: device, metric, measuredAt. Lookup by the fleet.Device that it names.';
create index "reading_measured_at_idx" on "readings"."reading" ("measured_at");
comment on index "readings"."reading_measured_at_idx" is 'The model asks for it: measuredAt.';

-- Context trends

create schema "trends";

-- trends.HourlyTrend

create table "trends"."hourly_trend" (
  "id" text collate "C" not null,
  "device" text collate "C" not null,
  "metric" text not null,
  "hour" timestamptz(3) not null,
  "low" numeric(12, 4) not null,
  "high" numeric(12, 4) not null,
  "mean" numeric(12, 4) not null,
  "readings" bigint not null,
  constraint "hourly_trend_pkey" primary key ("id"),
  constraint "metric_values" check ("metric" in ('flow', 'pressure', 'temperature', 'voltage')),
  constraint "readings_min" check ("readings" >= 1)
);
comment on table "trends"."hourly_trend" is 'trends.HourlyTrend.';
comment on column "trends"."hourly_trend"."device" is 'Id of a row in fleet.device, which another context keeps.';
create index "hourly_trend_device_metric_hour_idx" on "trends"."hourly_trend" ("device", "metric", "hour");
comment on index "trends"."hourly_trend_device_metric_hour_idx" is 'The model asks for it: device, metric, hour. Lookup by the fleet.Device that it names.';
create index "hourly_trend_hour_idx" on "trends"."hourly_trend" ("hour");
comment on index "trends"."hourly_trend_hour_idx" is 'The model asks for it: hour.';

-- References within fleet

alter table "fleet"."device" add constraint "device_site_fkey" foreign key ("site") references "fleet"."site" ("id");
alter table "fleet"."site_operators" add constraint "site_operators_operator_fkey" foreign key ("operator") references "fleet"."operator" ("id");

-- Privileges: Operation alerts.acknowledgeAlert

grant usage on schema "archwright", "alerts" to "telemetry/alerts.acknowledgeAlert";
grant select, update ("status") on "alerts"."alert" to "telemetry/alerts.acknowledgeAlert";

-- Privileges: Operation alerts.closeAlert

grant usage on schema "archwright", "alerts" to "telemetry/alerts.closeAlert";
grant select, update ("status") on "alerts"."alert" to "telemetry/alerts.closeAlert";

-- Privileges: Operation alerts.listAlerts

grant usage on schema "archwright", "alerts" to "telemetry/alerts.listAlerts";
grant select on "alerts"."alert" to "telemetry/alerts.listAlerts";

-- Privileges: Operation alerts.pageOnCall

grant usage on schema "archwright" to "telemetry/alerts.pageOnCall";

-- Privileges: Operation alerts.raiseAlert

grant usage on schema "archwright", "alerts" to "telemetry/alerts.raiseAlert";
grant insert on "alerts"."alert" to "telemetry/alerts.raiseAlert";

-- Privileges: Operation fleet.activateDevice

grant usage on schema "archwright", "fleet" to "telemetry/fleet.activateDevice";
grant select, update ("status") on "fleet"."device" to "telemetry/fleet.activateDevice";

-- Privileges: Operation fleet.getSite

grant usage on schema "archwright", "fleet" to "telemetry/fleet.getSite";
grant select on "fleet"."device" to "telemetry/fleet.getSite";

-- Privileges: Operation fleet.retireDevice

grant usage on schema "archwright", "fleet" to "telemetry/fleet.retireDevice";
grant select, update ("status") on "fleet"."device" to "telemetry/fleet.retireDevice";

-- Privileges: Operation readings.ingest

grant usage on schema "archwright", "readings" to "telemetry/readings.ingest";
grant insert on "readings"."reading" to "telemetry/readings.ingest";

-- Privileges: Operation readings.showReadings

grant usage on schema "archwright", "readings" to "telemetry/readings.showReadings";
grant select on "readings"."reading" to "telemetry/readings.showReadings";

-- Privileges: Operation trends.rollUp

grant usage on schema "archwright", "trends" to "telemetry/trends.rollUp";
grant select, insert, update, delete on "trends"."hourly_trend" to "telemetry/trends.rollUp";

-- Privileges: Operation trends.showTrend

grant usage on schema "archwright", "trends" to "telemetry/trends.showTrend";
grant select on "trends"."hourly_trend" to "telemetry/trends.showTrend";

-- Privileges: Operation alerts.forgetAlerts

grant usage on schema "archwright", "alerts" to "telemetry/alerts.forgetAlerts";
grant select, delete on "alerts"."alert" to "telemetry/alerts.forgetAlerts";

-- Privileges: Operation readings.forgetReadings

grant usage on schema "archwright", "readings" to "telemetry/readings.forgetReadings";
grant select, delete on "readings"."reading" to "telemetry/readings.forgetReadings";

-- Privileges: Operation trends.forgetTrends

grant usage on schema "archwright", "trends" to "telemetry/trends.forgetTrends";
grant select, delete on "trends"."hourly_trend" to "telemetry/trends.forgetTrends";

-- Privileges: Routes of fleet.Device

grant usage on schema "archwright", "fleet" to "telemetry/fleet.Device";
grant select, insert ("firmware", "id", "kind", "serial", "site", "status"), update ("firmware", "kind", "site") on "fleet"."device" to "telemetry/fleet.Device";

-- Privileges: Routes of fleet.Operator

grant usage on schema "archwright", "fleet" to "telemetry/fleet.Operator";
grant select, insert ("email", "id", "name"), update ("email", "name") on "fleet"."operator" to "telemetry/fleet.Operator";

-- Privileges: Routes of fleet.Site

grant usage on schema "archwright", "fleet" to "telemetry/fleet.Site";
grant select, insert ("id", "name", "zone"), update ("name", "zone") on "fleet"."site" to "telemetry/fleet.Site";
grant select, insert, delete on "fleet"."site_operators" to "telemetry/fleet.Site";

-- Privileges: Maintenance

grant usage on schema "alerts", "fleet", "readings", "trends" to "telemetry/maintenance";
grant select, insert, update, delete on "alerts"."alert" to "telemetry/maintenance";
grant select, insert, update, delete on "fleet"."device" to "telemetry/maintenance";
grant select, insert, update, delete on "fleet"."operator" to "telemetry/maintenance";
grant select, insert, update, delete on "fleet"."site" to "telemetry/maintenance";
grant select, insert, update, delete on "fleet"."site_operators" to "telemetry/maintenance";
grant select, insert, update, delete on "readings"."reading" to "telemetry/maintenance";
grant select, insert, update, delete on "trends"."hourly_trend" to "telemetry/maintenance";

-- Row-level security: alerts.Alert

alter table "alerts"."alert" enable row level security, force row level security;
create policy "operations" on "alerts"."alert" for all to "telemetry/alerts.acknowledgeAlert", "telemetry/alerts.closeAlert", "telemetry/alerts.listAlerts", "telemetry/alerts.raiseAlert", "telemetry/alerts.forgetAlerts"
  using (archwright.role() is not null)
  with check (archwright.role() is not null);
create policy "maintenance" on "alerts"."alert" for all to "telemetry/maintenance"
  using (true) with check (true);

-- Row-level security: fleet.Device

alter table "fleet"."device" enable row level security, force row level security;
create policy "operations" on "fleet"."device" for all to "telemetry/fleet.activateDevice", "telemetry/fleet.getSite", "telemetry/fleet.retireDevice"
  using (case archwright.role()
    when 'device' then "device"."id" = archwright.actor()
    else archwright.role() is not null
  end)
  with check (archwright.role() is not null);
create policy "routes select" on "fleet"."device" for select to "telemetry/fleet.Device"
  using (case archwright.role()
    when 'device' then "device"."id" = archwright.actor()
    when 'installer' then true
    else false
  end);
create policy "routes insert" on "fleet"."device" for insert to "telemetry/fleet.Device"
  with check (archwright.role() in ('installer'));
create policy "routes update" on "fleet"."device" for update to "telemetry/fleet.Device"
  using (archwright.role() in ('installer'))
  with check (archwright.role() in ('installer'));
create policy "maintenance" on "fleet"."device" for all to "telemetry/maintenance"
  using (true) with check (true);

-- Row-level security: fleet.Operator

alter table "fleet"."operator" enable row level security, force row level security;
create policy "routes select" on "fleet"."operator" for select to "telemetry/fleet.Operator"
  using (case archwright.role()
    when 'installer' then true
    when 'operator' then "operator"."id" = archwright.actor()
    else false
  end);
create policy "routes insert" on "fleet"."operator" for insert to "telemetry/fleet.Operator"
  with check (archwright.role() in ('installer'));
create policy "routes update" on "fleet"."operator" for update to "telemetry/fleet.Operator"
  using (archwright.role() in ('installer'))
  with check (archwright.role() in ('installer'));
create policy "maintenance" on "fleet"."operator" for all to "telemetry/maintenance"
  using (true) with check (true);

-- Row-level security: fleet.Site

create function "fleet"."site_look_1"(text) returns boolean language sql stable security definer
  return true = any (select "item1"."operator" = archwright.actor() from "fleet"."site_operators" as "item1" where "item1"."_parent" = $1);
grant create on schema "fleet" to "telemetry/maintenance";
alter function "fleet"."site_look_1"(text) owner to "telemetry/maintenance";
revoke create on schema "fleet" from "telemetry/maintenance";
revoke execute on function "fleet"."site_look_1"(text) from public;
grant execute on function "fleet"."site_look_1"(text) to "telemetry/fleet.Site";
alter table "fleet"."site" enable row level security, force row level security;
create policy "routes select" on "fleet"."site" for select to "telemetry/fleet.Site"
  using (case archwright.role()
    when 'installer' then true
    when 'operator' then "fleet"."site_look_1"("site"."id")
    else false
  end);
create policy "routes insert" on "fleet"."site" for insert to "telemetry/fleet.Site"
  with check (archwright.role() in ('installer'));
create policy "routes update" on "fleet"."site" for update to "telemetry/fleet.Site"
  using (archwright.role() in ('installer'))
  with check (archwright.role() in ('installer'));
create policy "maintenance" on "fleet"."site" for all to "telemetry/maintenance"
  using (true) with check (true);
alter table "fleet"."site_operators" enable row level security, force row level security;
create policy "routes select" on "fleet"."site_operators" for select to "telemetry/fleet.Site"
  using (exists (select from "fleet"."site" where "site"."id" = "site_operators"."_parent"));
create policy "routes insert" on "fleet"."site_operators" for insert to "telemetry/fleet.Site"
  with check (exists (select from "fleet"."site" where "site"."id" = "site_operators"."_parent" and archwright.role() in ('installer')));
create policy "routes delete" on "fleet"."site_operators" for delete to "telemetry/fleet.Site"
  using (exists (select from "fleet"."site" where "site"."id" = "site_operators"."_parent" and archwright.role() in ('installer')));
create policy "maintenance" on "fleet"."site_operators" for all to "telemetry/maintenance"
  using (true) with check (true);

-- Row-level security: readings.Reading

alter table "readings"."reading" enable row level security, force row level security;
create policy "operations" on "readings"."reading" for all to "telemetry/readings.ingest", "telemetry/readings.showReadings", "telemetry/readings.forgetReadings"
  using (archwright.role() is not null)
  with check (archwright.role() is not null);
create policy "maintenance" on "readings"."reading" for all to "telemetry/maintenance"
  using (true) with check (true);

-- Row-level security: trends.HourlyTrend

alter table "trends"."hourly_trend" enable row level security, force row level security;
create policy "operations" on "trends"."hourly_trend" for all to "telemetry/trends.rollUp", "telemetry/trends.showTrend", "telemetry/trends.forgetTrends"
  using (archwright.role() is not null)
  with check (archwright.role() is not null);
create policy "maintenance" on "trends"."hourly_trend" for all to "telemetry/maintenance"
  using (true) with check (true);
