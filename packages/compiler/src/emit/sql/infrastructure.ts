import { literal, list, loginRole, name, raw, sql, whiteSpaceClass, type Sql } from "@archwright/model";

/** The schema of the machinery: who calls, accounts and sessions, events on their way, jobs, files. The same for every model. */
export function infrastructure(system: string): readonly Sql[] {
  const login = name(loginRole(system));
  return [
    raw("create schema if not exists archwright"),
    ...functions,
    ...tables.map(raw),
    ...comments.map(([on, text]) => sql`comment on ${raw(on)} is ${literal(text)}`),
    sql`grant usage on schema archwright to ${login}`,
    sql`grant select, insert, update, delete on ${list(servedTables.map((table) => name("archwright", table)))} to ${login}`,
    sql`grant select on archwright.system to ${login}`,
  ];
}

/** Trigram search, wherever the extension lives: the search path of this transaction finds its operators. */
export const textSearch: readonly Sql[] = [
  raw("create extension if not exists pg_trgm with schema archwright"),
  raw(
    `select set_config('search_path', (select pg_catalog.quote_ident(nspname) from pg_catalog.pg_extension join pg_catalog.pg_namespace on pg_namespace.oid = extnamespace where extname = 'pg_trgm'), true)`,
  ),
];

const servedTables = ["account", "session", "signing_key", "idempotency", "outbox", "delivery", "inbox", "message", "job", "file"];

// Each body is parsed where it is created, so that no search path of a caller can put other functions under it.
const functions: readonly Sql[] = [
  raw(`create function archwright.actor() returns text language sql stable parallel safe
  return nullif(current_setting('archwright.actor', true), '')`),
  raw(`create function archwright.role() returns text language sql stable parallel safe
  return nullif(current_setting('archwright.role', true), '')`),
  sql`create function archwright.patterns(words text) returns text[] language sql immutable strict parallel safe
  return array(
    select '%' || regexp_replace(word, '([\\\\%_])', '\\\\\\1', 'g') || '%'
    from regexp_split_to_table(lower(words collate "pg_c_utf8"), ${literal(whiteSpaceClass)}) as word
    where word <> '')`,
  raw(`create function archwright.matches(searched text, words text) returns boolean language sql immutable parallel safe
  return lower(searched collate "pg_c_utf8") like all (archwright.patterns(words))
    and lower(searched collate "pg_c_utf8") like coalesce((archwright.patterns(words))[1], '%')`),
  raw(`create function archwright.milliseconds(duration text) returns bigint language sql immutable strict parallel safe
  return round(substring(duration from '^[0-9.]+')::numeric * case substring(duration from '[a-z]+$')
    when 'ms' then 1 when 's' then 1000 when 'm' then 60000 when 'h' then 3600000 when 'd' then 86400000 end)::bigint`),
  raw(`create function archwright.refuse_other_moves() returns trigger language plpgsql set search_path = '' as $$
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
$$`),
];

const tables: readonly string[] = [
  `create table archwright.account (
  id text collate "C" primary key,
  role text not null,
  actor text collate "C" not null unique,
  email text not null unique check (email = lower(email)),
  password_hash text not null,
  created_at timestamptz not null default now(),
  disabled_at timestamptz
)`,
  `create table archwright.session (
  id text collate "C" primary key,
  account text collate "C" not null references archwright.account (id) on delete cascade,
  family text collate "C" not null,
  token_hash bytea not null unique,
  issued_at timestamptz not null default now(),
  expires_at timestamptz not null,
  replaced_at timestamptz,
  revoked_at timestamptz
)`,
  "create index session_account_idx on archwright.session (account)",
  "create index session_family_idx on archwright.session (family)",
  `create table archwright.signing_key (
  id text collate "C" primary key,
  private_key bytea not null,
  public_jwk jsonb not null,
  created_at timestamptz not null default now(),
  retires_at timestamptz
)`,
  `create table archwright.idempotency (
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
)`,
  "create index idempotency_created_at_idx on archwright.idempotency (created_at)",
  `create table archwright.outbox (
  id text collate "C" primary key,
  event text not null,
  payload jsonb not null,
  caller text,
  occurred_at timestamptz not null default now()
)`,
  "create index outbox_occurred_at_idx on archwright.outbox (occurred_at)",
  `create table archwright.delivery (
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
)`,
  "create index delivery_due_at_idx on archwright.delivery (due_at) where state = 'waiting'",
  "create index delivery_outbox_id_idx on archwright.delivery (outbox_id)",
  `create table archwright.inbox (
  integration text not null,
  external_id text not null,
  received_at timestamptz not null default now(),
  primary key (integration, external_id)
)`,
  `create table archwright.message (
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
)`,
  "create index message_due_at_idx on archwright.message (due_at) where state = 'waiting'",
  `create table archwright.job (
  id text primary key,
  due_at timestamptz not null,
  leased_until timestamptz,
  lease bigint not null default 0,
  last_run_at timestamptz,
  last_error text
)`,
  `create table archwright.file (
  id text collate "C" primary key,
  media_type text not null,
  bytes integer not null,
  content bytea not null,
  uploaded_by text,
  created_at timestamptz not null default now(),
  used_at timestamptz
)`,
  // Uncompressed, so that a part of it is read without the rest.
  "alter table archwright.file alter column content set storage external",
  "create index file_created_at_idx on archwright.file (created_at) where used_at is null",
  `create table archwright.system (
  name text primary key,
  schema_hash text not null,
  model_hash text not null,
  applied_at timestamptz not null default now()
)`,
];

const comments: readonly (readonly [on: string, text: string])[] = [
  ["function archwright.actor()", "The id of who calls, set for each transaction."],
  ["function archwright.role()", "The role of who calls: its name, 'anyone' or 'system'. Unset, nothing is visible."],
  [
    "function archwright.matches(text, text)",
    "Every word occurs in the text, whatever its case. The planner puts its body in its place and so finds the search index.",
  ],
  ["table archwright.account", "Who may sign in. An account has one role and is one actor."],
  ["table archwright.session", "Refresh tokens, by their hash. A family descends from one sign-in; a token used twice revokes its family."],
  ["table archwright.signing_key", "Keys of access tokens. The private half is encrypted."],
  ["table archwright.idempotency", "Answers to requests with an Idempotency-Key, to be repeated word for word."],
  ["table archwright.outbox", "Events, written in the transaction that they tell of."],
  ["table archwright.delivery", "One event on its way to one reaction."],
  ["table archwright.inbox", "Webhook events that were received, so that a repeated one has no effect."],
  ["table archwright.message", "What was sent, or is to be sent, to whom."],
  ["table archwright.job", "When each job is due, and who runs it."],
  ["table archwright.file", "Contents of uploaded files. One that no row ever used is forgotten."],
  ["table archwright.system", "Which model this database was made for."],
  ["index archwright.session_account_idx", "The sessions of an account, and its removal."],
  ["index archwright.session_family_idx", "Revokes every session of a family."],
  ["index archwright.idempotency_created_at_idx", "Forgets old answers."],
  ["index archwright.outbox_occurred_at_idx", "Forgets old events."],
  ["index archwright.delivery_due_at_idx", "Finds what is due among what waits."],
  ["index archwright.message_due_at_idx", "Finds what is due among what waits."],
  ["index archwright.file_created_at_idx", "Forgets files that nothing uses."],
  ["index archwright.delivery_outbox_id_idx", "The deliveries of an event, and its removal."],
];
