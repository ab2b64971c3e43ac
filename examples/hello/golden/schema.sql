-- Made from the model c928644362b34e90881fd28796241f48450a16b6e43b5f5b179cf9d37046197b. Change the model, not this file.
-- The database of hello.
-- Run it once, in one transaction, as a role that may create schemas and roles: psql -1 -f schema.sql
-- Requests are served by hello_app, which owns nothing, sees nothing itself, and becomes the role of each operation while that runs.

-- Roles

do $$
declare
  login constant text := 'hello_app';
  maintenance constant text := 'hello/maintenance';
  served constant text[] := array[
  'hello/notes.pin',
  'hello/notes.Note'
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
grant usage on schema archwright to "hello_app";
grant select, insert, update, delete on "archwright"."account", "archwright"."session", "archwright"."signing_key", "archwright"."idempotency", "archwright"."outbox", "archwright"."delivery", "archwright"."inbox", "archwright"."message", "archwright"."job", "archwright"."file" to "hello_app";
grant select on archwright.system to "hello_app";

-- Context notes

create schema "notes";

-- notes.Note

create table "notes"."note" (
  "id" text collate "C" not null,
  "text" text not null,
  "pinned" boolean not null default false,
  constraint "note_pkey" primary key ("id"),
  constraint "text_max" check (char_length("text") <= 500)
);
comment on table "notes"."note" is 'notes.Note.';

-- Privileges: Operation notes.pin

grant usage on schema "archwright", "notes" to "hello/notes.pin";
grant select, update ("pinned") on "notes"."note" to "hello/notes.pin";

-- Privileges: Routes of notes.Note

grant usage on schema "archwright", "notes" to "hello/notes.Note";
grant select, insert ("id", "pinned", "text"), update ("pinned", "text"), delete on "notes"."note" to "hello/notes.Note";

-- Privileges: Maintenance

grant usage on schema "notes" to "hello/maintenance";
grant select, insert, update, delete on "notes"."note" to "hello/maintenance";

-- Row-level security: notes.Note

alter table "notes"."note" enable row level security, force row level security;
create policy "operations" on "notes"."note" for all to "hello/notes.pin"
  using (archwright.role() is not null)
  with check (archwright.role() is not null);
create policy "routes select" on "notes"."note" for select to "hello/notes.Note"
  using (archwright.role() in ('anyone'));
create policy "routes insert" on "notes"."note" for insert to "hello/notes.Note"
  with check (archwright.role() in ('anyone'));
create policy "routes update" on "notes"."note" for update to "hello/notes.Note"
  using (archwright.role() in ('anyone'))
  with check (archwright.role() in ('anyone'));
create policy "routes delete" on "notes"."note" for delete to "hello/notes.Note"
  using (archwright.role() in ('anyone'));
create policy "maintenance" on "notes"."note" for all to "hello/maintenance"
  using (true) with check (true);
