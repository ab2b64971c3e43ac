-- Made from the model fabfd6d338ba90d4a97b912cbd3ae681cbc14bd495fd6f96199ccc6ef5aa5c7b. Change the model, not this file.
-- The database of saas.
-- Run it once, in one transaction, as a role that may create schemas and roles: psql -1 -f schema.sql
-- Requests are served by saas_app, which owns nothing, sees nothing itself, and becomes the role of each operation while that runs.

-- Roles

do $$
declare
  login constant text := 'saas_app';
  maintenance constant text := 'saas/maintenance';
  served constant text[] := array[
  'saas/accounts.addMember',
  'saas/accounts.takeInvoiceNumber',
  'saas/audit.recordInvoice',
  'saas/audit.recordMember',
  'saas/audit.recordRejection',
  'saas/invoicing.deliverInvoice',
  'saas/invoicing.issueInvoice',
  'saas/invoicing.listInvoices',
  'saas/invoicing.markPaid',
  'saas/invoicing.noteDelivery',
  'saas/invoicing.noteRejection',
  'saas/work.addTask',
  'saas/work.billTime',
  'saas/work.closeProject',
  'saas/work.findUnbilledTime',
  'saas/work.finishTask',
  'saas/work.recordTime',
  'saas/work.reopenProject',
  'saas/work.showBoard',
  'saas/work.startTask',
  'saas/accounts.Agency',
  'saas/accounts.Member',
  'saas/audit.AuditEntry',
  'saas/invoicing.Invoice',
  'saas/work.Client',
  'saas/work.Project',
  'saas/work.Task',
  'saas/work.TimeEntry',
  'saas/sign-up'
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
grant usage on schema archwright to "saas_app";
grant select, insert, update, delete on "archwright"."account", "archwright"."session", "archwright"."signing_key", "archwright"."idempotency", "archwright"."outbox", "archwright"."delivery", "archwright"."inbox", "archwright"."message", "archwright"."job", "archwright"."file" to "saas_app";
grant select on archwright.system to "saas_app";

-- Context accounts

create schema "accounts";

-- accounts.Agency

create table "accounts"."agency" (
  "id" text collate "C" not null,
  "name" text not null,
  "email" text not null,
  "last_invoice" bigint not null default 0,
  constraint "agency_pkey" primary key ("id"),
  constraint "agency_email_key" unique ("email"),
  constraint "name_min" check (char_length("name") >= 1),
  constraint "name_max" check (char_length("name") <= 120),
  constraint "last_invoice_min" check ("last_invoice" >= 0)
);
comment on table "accounts"."agency" is 'accounts.Agency. Personal data: name, email.';
comment on column "accounts"."agency"."name" is 'Personal data, held for a contract, for 90 days.';
comment on column "accounts"."agency"."email" is 'Personal data, held for a contract, for 90 days.';

-- accounts.Member

create table "accounts"."member" (
  "id" text collate "C" not null,
  "agency" text collate "C" not null,
  "email" text not null,
  "name" text not null,
  constraint "member_pkey" primary key ("id"),
  constraint "member_email_key" unique ("agency", "email"),
  constraint "name_max" check (char_length("name") <= 120)
);
comment on table "accounts"."member" is 'accounts.Member. Each row belongs to the tenant in agency. Personal data: email, name.';
comment on column "accounts"."member"."email" is 'Personal data, held for a contract, for 90 days.';
comment on column "accounts"."member"."name" is 'Personal data, held for a contract, for 90 days.';
create index "member_agency_id_idx" on "accounts"."member" ("agency", "id");
comment on index "accounts"."member_agency_id_idx" is 'Filter of the policy for agency, in the order of the list. Foreign key to accounts.Agency.';

-- Context audit

create schema "audit";

-- audit.AuditEntry

create table "audit"."audit_entry" (
  "id" text collate "C" not null,
  "agency" text collate "C" not null,
  "of" text not null,
  "at" timestamptz(3) not null default now(),
  "deed" text not null,
  constraint "audit_entry_pkey" primary key ("id"),
  constraint "of_max" check (char_length("of") <= 60),
  constraint "deed_values" check ("deed" in ('member added', 'invoice issued', 'invoice rejected'))
);
comment on table "audit"."audit_entry" is 'audit.AuditEntry. Each row belongs to the tenant in agency.';
comment on column "audit"."audit_entry"."agency" is 'Id of a row in accounts.agency, which another context keeps.';
create index "audit_entry_agency_at_idx" on "audit"."audit_entry" ("agency", "at");
comment on index "audit"."audit_entry_agency_at_idx" is 'The model asks for it: agency, at. Lookup by the accounts.Agency that it names.';
create index "audit_entry_agency_id_idx" on "audit"."audit_entry" ("agency", "id");
comment on index "audit"."audit_entry_agency_id_idx" is 'Filter of the policy for agency, in the order of the list.';

-- Context invoicing

create schema "invoicing";

-- invoicing.Invoice

create table "invoicing"."invoice" (
  "id" text collate "C" not null,
  "agency" text collate "C" not null,
  "client" text collate "C" not null,
  "project" text collate "C" not null,
  "number" bigint not null,
  "total" bigint not null,
  "issued_at" timestamptz(3) not null default now(),
  "delivered_at" timestamptz(3),
  "rejection" text,
  "status" text not null default 'issued',
  constraint "invoice_pkey" primary key ("id"),
  constraint "invoice_number_key" unique ("agency", "number"),
  constraint "number_min" check ("number" >= 1),
  constraint "rejection_max" check (char_length("rejection") <= 500),
  constraint "status_values" check ("status" in ('issued', 'paid'))
);
comment on table "invoicing"."invoice" is 'invoicing.Invoice. Each row belongs to the tenant in agency.';
comment on column "invoicing"."invoice"."agency" is 'Id of a row in accounts.agency, which another context keeps.';
comment on column "invoicing"."invoice"."client" is 'Id of a row in work.client, which another context keeps.';
comment on column "invoicing"."invoice"."project" is 'Id of a row in work.project, which another context keeps.';
comment on column "invoicing"."invoice"."total" is 'In minor units of EUR.';
create index "invoice_agency_id_idx" on "invoicing"."invoice" ("agency", "id");
comment on index "invoicing"."invoice_agency_id_idx" is 'Filter of the policy for agency, in the order of the list.';
create index "invoice_agency_issued_at_id_idx" on "invoicing"."invoice" ("agency", "issued_at", "id");
comment on index "invoicing"."invoice_agency_issued_at_id_idx" is 'Filter and order of the pages of invoicing.listInvoices. The model asks for it: agency, issuedAt. Lookup by the accounts.Agency that it names.';
create index "invoice_client_idx" on "invoicing"."invoice" ("client");
comment on index "invoicing"."invoice_client_idx" is 'Lookup by the work.Client that it names.';
create index "invoice_project_idx" on "invoicing"."invoice" ("project");
comment on index "invoicing"."invoice_project_idx" is 'Lookup by the work.Project that it names.';
create trigger "status_moves" before update of "status" on "invoicing"."invoice" for each row when (old."status" is distinct from new."status")
  execute function archwright.refuse_other_moves('status_moves', 'status', '{"issued":["paid"],"paid":[]}');
create table "invoicing"."invoice_lines" (
  "_parent" text collate "C" not null,
  "_position" integer not null,
  "day" date not null,
  "quarters" bigint not null,
  "note" text,
  "amount" bigint not null,
  constraint "invoice_lines_pkey" primary key ("_parent", "_position"),
  constraint "invoice_lines_parent_fkey" foreign key ("_parent") references "invoicing"."invoice" ("id") on delete cascade,
  constraint "_position_min" check ("_position" >= 1),
  constraint "lines_max" check ("_position" <= 500),
  constraint "quarters_min" check ("quarters" >= 1),
  constraint "note_max" check (char_length("note") <= 300)
);
comment on table "invoicing"."invoice_lines" is 'lines of invoicing.Invoice, in order.';
comment on column "invoicing"."invoice_lines"."amount" is 'In minor units of EUR.';

-- Context work

create schema "work";

-- work.Client

create table "work"."client" (
  "id" text collate "C" not null,
  "agency" text collate "C" not null,
  "name" text not null,
  "tax_number" text not null,
  constraint "client_pkey" primary key ("id"),
  constraint "client_tax_number_key" unique ("agency", "tax_number"),
  constraint "name_min" check (char_length("name") >= 1),
  constraint "name_max" check (char_length("name") <= 160),
  constraint "tax_number_max" check (char_length("tax_number") <= 20)
);
comment on table "work"."client" is 'work.Client. Each row belongs to the tenant in agency.';
comment on column "work"."client"."agency" is 'Id of a row in accounts.agency, which another context keeps.';
create index "client_agency_id_idx" on "work"."client" ("agency", "id");
comment on index "work"."client_agency_id_idx" is 'Filter of the policy for agency, in the order of the list. Lookup by the accounts.Agency that it names.';

-- work.Project

create table "work"."project" (
  "id" text collate "C" not null,
  "agency" text collate "C" not null,
  "client" text collate "C" not null,
  "name" text not null,
  "quarter_hour" bigint not null,
  "status" text not null default 'active',
  constraint "project_pkey" primary key ("id"),
  constraint "name_min" check (char_length("name") >= 1),
  constraint "name_max" check (char_length("name") <= 160),
  constraint "quarter_hour_min" check ("quarter_hour" >= 0),
  constraint "status_values" check ("status" in ('active', 'closed'))
);
comment on table "work"."project" is 'work.Project. Each row belongs to the tenant in agency.';
comment on column "work"."project"."agency" is 'Id of a row in accounts.agency, which another context keeps.';
comment on column "work"."project"."quarter_hour" is 'In minor units of EUR.';
create index "project_agency_id_idx" on "work"."project" ("agency", "id");
comment on index "work"."project_agency_id_idx" is 'Filter of the policy for agency, in the order of the list. Lookup by the accounts.Agency that it names.';
create index "project_client_idx" on "work"."project" ("client");
comment on index "work"."project_client_idx" is 'Foreign key to work.Client.';
create trigger "status_moves" before update of "status" on "work"."project" for each row when (old."status" is distinct from new."status")
  execute function archwright.refuse_other_moves('status_moves', 'status', '{"active":["closed"],"closed":["active"]}');
create table "work"."project_team" (
  "_parent" text collate "C" not null,
  "_position" integer not null,
  "member" text collate "C" not null,
  constraint "project_team_pkey" primary key ("_parent", "_position"),
  constraint "project_team_parent_fkey" foreign key ("_parent") references "work"."project" ("id") on delete cascade,
  constraint "_position_min" check ("_position" >= 1),
  constraint "team_max" check ("_position" <= 60)
);
comment on table "work"."project_team" is 'team of work.Project, in order.';
comment on column "work"."project_team"."member" is 'Id of a row in accounts.member, which another context keeps.';

-- work.Task

create table "work"."task" (
  "id" text collate "C" not null,
  "agency" text collate "C" not null,
  "project" text collate "C" not null,
  "title" text not null,
  "assignee" text collate "C",
  "due" date,
  "status" text not null default 'open',
  constraint "task_pkey" primary key ("id"),
  constraint "title_min" check (char_length("title") >= 1),
  constraint "title_max" check (char_length("title") <= 200),
  constraint "status_values" check ("status" in ('open', 'doing', 'done'))
);
comment on table "work"."task" is 'work.Task. Each row belongs to the tenant in agency.';
comment on column "work"."task"."agency" is 'Id of a row in accounts.agency, which another context keeps.';
comment on column "work"."task"."assignee" is 'Id of a row in accounts.member, which another context keeps.';
create index "task_agency_id_idx" on "work"."task" ("agency", "id");
comment on index "work"."task_agency_id_idx" is 'Filter of the policy for agency, in the order of the list.';
create index "task_agency_project_status_idx" on "work"."task" ("agency", "project", "status");
comment on index "work"."task_agency_project_status_idx" is 'The model asks for it: project, status. Lookup by the accounts.Agency that it names.';
create index "task_assignee_idx" on "work"."task" ("assignee");
comment on index "work"."task_assignee_idx" is 'Lookup by the accounts.Member that it names.';
create index "task_project_due_id_idx" on "work"."task" ("project", "due", "id");
comment on index "work"."task_project_due_id_idx" is 'Filter and order of the pages of work.showBoard. Foreign key to work.Project.';
create trigger "status_moves" before update of "status" on "work"."task" for each row when (old."status" is distinct from new."status")
  execute function archwright.refuse_other_moves('status_moves', 'status', '{"open":["doing"],"doing":["done"],"done":["doing"]}');

-- work.TimeEntry

create table "work"."time_entry" (
  "id" text collate "C" not null,
  "agency" text collate "C" not null,
  "project" text collate "C" not null,
  "task" text collate "C" not null,
  "member" text collate "C" not null,
  "day" date not null,
  "quarters" bigint not null,
  "note" text,
  "status" text not null default 'open',
  constraint "time_entry_pkey" primary key ("id"),
  constraint "quarters_min" check ("quarters" >= 1),
  constraint "quarters_max" check ("quarters" <= 96),
  constraint "note_max" check (char_length("note") <= 300),
  constraint "status_values" check ("status" in ('open', 'billed'))
);
comment on table "work"."time_entry" is 'work.TimeEntry. Each row belongs to the tenant in agency.';
comment on column "work"."time_entry"."agency" is 'Id of a row in accounts.agency, which another context keeps.';
comment on column "work"."time_entry"."member" is 'Id of a row in accounts.member, which another context keeps.';
create index "time_entry_agency_id_idx" on "work"."time_entry" ("agency", "id");
comment on index "work"."time_entry_agency_id_idx" is 'Filter of the policy for agency, in the order of the list.';
create index "time_entry_agency_member_day_idx" on "work"."time_entry" ("agency", "member", "day");
comment on index "work"."time_entry_agency_member_day_idx" is 'The model asks for it: member, day.';
create index "time_entry_agency_project_day_idx" on "work"."time_entry" ("agency", "project", "day");
comment on index "work"."time_entry_agency_project_day_idx" is 'The model asks for it: project, day. Lookup by the accounts.Agency that it names.';
create index "time_entry_member_id_idx" on "work"."time_entry" ("member", "id");
comment on index "work"."time_entry_member_id_idx" is 'Filter of the policy for member, in the order of the list. Lookup by the accounts.Member that it names.';
create index "time_entry_project_idx" on "work"."time_entry" ("project");
comment on index "work"."time_entry_project_idx" is 'Foreign key to work.Project.';
create index "time_entry_task_idx" on "work"."time_entry" ("task");
comment on index "work"."time_entry_task_idx" is 'Foreign key to work.Task.';
create trigger "status_moves" before update of "status" on "work"."time_entry" for each row when (old."status" is distinct from new."status")
  execute function archwright.refuse_other_moves('status_moves', 'status', '{"open":["billed"],"billed":[]}');

-- References within accounts

alter table "accounts"."member" add constraint "member_agency_fkey" foreign key ("agency") references "accounts"."agency" ("id");

-- References within work

alter table "work"."project" add constraint "project_client_fkey" foreign key ("client") references "work"."client" ("id");
alter table "work"."task" add constraint "task_project_fkey" foreign key ("project") references "work"."project" ("id");
alter table "work"."time_entry" add constraint "time_entry_project_fkey" foreign key ("project") references "work"."project" ("id");
alter table "work"."time_entry" add constraint "time_entry_task_fkey" foreign key ("task") references "work"."task" ("id");

-- Promises over the lists of invoicing.Invoice

create function "invoicing"."invoice_invariants"() returns trigger language plpgsql security definer set search_path = '' as $$
declare
  ids text[];
begin
  if tg_table_name = 'invoice' then
    ids := array[new."id"];
  else
    ids := array[new."_parent", old."_parent"];
  end if;
  if exists (select from "invoicing"."invoice" as "row" where "row"."id" = any (ids) and ("row"."total" = (select coalesce(sum("item2"."amount"), 0) from "invoicing"."invoice_lines" as "item2" where "item2"."_parent" = "row"."id")) is false) then
    raise exception using errcode = '23514', schema = 'invoicing', table = 'invoice', constraint = 'the total is the sum of the lines', message = 'A promise of invoicing.Invoice is broken: the total is the sum of the lines.';
  end if;
  return null;
end
$$;
grant create on schema "invoicing" to "saas/maintenance";
alter function "invoicing"."invoice_invariants"() owner to "saas/maintenance";
revoke create on schema "invoicing" from "saas/maintenance";
create constraint trigger "invoice_invariants" after insert or update of "total" on "invoicing"."invoice"
  deferrable initially deferred for each row execute function "invoicing"."invoice_invariants"();
create constraint trigger "invoice_lines_invariants" after insert or update or delete on "invoicing"."invoice_lines"
  deferrable initially deferred for each row execute function "invoicing"."invoice_invariants"();

-- Privileges: Operation accounts.addMember

grant usage on schema "archwright", "accounts" to "saas/accounts.addMember";
grant insert on "accounts"."member" to "saas/accounts.addMember";

-- Privileges: Operation accounts.takeInvoiceNumber

grant usage on schema "archwright", "accounts" to "saas/accounts.takeInvoiceNumber";
grant select, update ("last_invoice") on "accounts"."agency" to "saas/accounts.takeInvoiceNumber";

-- Privileges: Operation audit.recordInvoice

grant usage on schema "archwright", "audit" to "saas/audit.recordInvoice";
grant insert on "audit"."audit_entry" to "saas/audit.recordInvoice";

-- Privileges: Operation audit.recordMember

grant usage on schema "archwright", "audit" to "saas/audit.recordMember";
grant insert on "audit"."audit_entry" to "saas/audit.recordMember";

-- Privileges: Operation audit.recordRejection

grant usage on schema "archwright", "audit" to "saas/audit.recordRejection";
grant insert on "audit"."audit_entry" to "saas/audit.recordRejection";

-- Privileges: Operation invoicing.deliverInvoice

grant usage on schema "archwright", "invoicing" to "saas/invoicing.deliverInvoice";
grant select on "invoicing"."invoice" to "saas/invoicing.deliverInvoice";
grant select on "invoicing"."invoice_lines" to "saas/invoicing.deliverInvoice";

-- Privileges: Operation invoicing.issueInvoice

grant usage on schema "archwright", "invoicing" to "saas/invoicing.issueInvoice";
grant select, insert, update, delete on "invoicing"."invoice" to "saas/invoicing.issueInvoice";
grant select, insert, update ("_position", "amount", "day", "note", "quarters"), delete on "invoicing"."invoice_lines" to "saas/invoicing.issueInvoice";

-- Privileges: Operation invoicing.listInvoices

grant usage on schema "archwright", "invoicing" to "saas/invoicing.listInvoices";
grant select on "invoicing"."invoice" to "saas/invoicing.listInvoices";
grant select on "invoicing"."invoice_lines" to "saas/invoicing.listInvoices";

-- Privileges: Operation invoicing.markPaid

grant usage on schema "archwright", "invoicing" to "saas/invoicing.markPaid";
grant select, update ("status") on "invoicing"."invoice" to "saas/invoicing.markPaid";
grant select on "invoicing"."invoice_lines" to "saas/invoicing.markPaid";

-- Privileges: Operation invoicing.noteDelivery

grant usage on schema "archwright", "invoicing" to "saas/invoicing.noteDelivery";
grant select, update ("delivered_at") on "invoicing"."invoice" to "saas/invoicing.noteDelivery";
grant select on "invoicing"."invoice_lines" to "saas/invoicing.noteDelivery";

-- Privileges: Operation invoicing.noteRejection

grant usage on schema "archwright", "invoicing" to "saas/invoicing.noteRejection";
grant select, update ("rejection") on "invoicing"."invoice" to "saas/invoicing.noteRejection";
grant select on "invoicing"."invoice_lines" to "saas/invoicing.noteRejection";

-- Privileges: Operation work.addTask

grant usage on schema "archwright", "work" to "saas/work.addTask";
grant select on "work"."project" to "saas/work.addTask";
grant select on "work"."project_team" to "saas/work.addTask";
grant insert on "work"."task" to "saas/work.addTask";

-- Privileges: Operation work.billTime

grant usage on schema "archwright", "work" to "saas/work.billTime";
grant select, update ("status") on "work"."time_entry" to "saas/work.billTime";

-- Privileges: Operation work.closeProject

grant usage on schema "archwright", "work" to "saas/work.closeProject";
grant select, update ("status") on "work"."project" to "saas/work.closeProject";
grant select on "work"."project_team" to "saas/work.closeProject";

-- Privileges: Operation work.findUnbilledTime

grant usage on schema "archwright", "work" to "saas/work.findUnbilledTime";
grant select on "work"."client" to "saas/work.findUnbilledTime";
grant select on "work"."project" to "saas/work.findUnbilledTime";
grant select on "work"."project_team" to "saas/work.findUnbilledTime";
grant select on "work"."time_entry" to "saas/work.findUnbilledTime";

-- Privileges: Operation work.finishTask

grant usage on schema "archwright", "work" to "saas/work.finishTask";
grant select, update ("status") on "work"."task" to "saas/work.finishTask";

-- Privileges: Operation work.recordTime

grant usage on schema "archwright", "work" to "saas/work.recordTime";
grant select on "work"."task" to "saas/work.recordTime";
grant insert on "work"."time_entry" to "saas/work.recordTime";

-- Privileges: Operation work.reopenProject

grant usage on schema "archwright", "work" to "saas/work.reopenProject";
grant select, update ("status") on "work"."project" to "saas/work.reopenProject";
grant select on "work"."project_team" to "saas/work.reopenProject";

-- Privileges: Operation work.showBoard

grant usage on schema "archwright", "work" to "saas/work.showBoard";
grant select on "work"."task" to "saas/work.showBoard";

-- Privileges: Operation work.startTask

grant usage on schema "archwright", "work" to "saas/work.startTask";
grant select, update ("status") on "work"."task" to "saas/work.startTask";

-- Privileges: Routes of accounts.Agency

grant usage on schema "archwright", "accounts" to "saas/accounts.Agency";
grant select, update ("email", "name") on "accounts"."agency" to "saas/accounts.Agency";

-- Privileges: Routes of accounts.Member

grant usage on schema "archwright", "accounts" to "saas/accounts.Member";
grant select, update ("email", "name"), delete on "accounts"."member" to "saas/accounts.Member";

-- Privileges: Routes of audit.AuditEntry

grant usage on schema "archwright", "audit" to "saas/audit.AuditEntry";
grant select on "audit"."audit_entry" to "saas/audit.AuditEntry";

-- Privileges: Routes of invoicing.Invoice

grant usage on schema "archwright", "invoicing" to "saas/invoicing.Invoice";
grant select on "invoicing"."invoice" to "saas/invoicing.Invoice";
grant select on "invoicing"."invoice_lines" to "saas/invoicing.Invoice";

-- Privileges: Routes of work.Client

grant usage on schema "archwright", "work" to "saas/work.Client";
grant select, insert ("agency", "id", "name", "tax_number"), update ("name", "tax_number") on "work"."client" to "saas/work.Client";

-- Privileges: Routes of work.Project

grant usage on schema "archwright", "work" to "saas/work.Project";
grant select, insert ("agency", "client", "id", "name", "quarter_hour", "status"), update ("client", "name", "quarter_hour") on "work"."project" to "saas/work.Project";
grant select, insert, delete on "work"."project_team" to "saas/work.Project";

-- Privileges: Routes of work.Task

grant usage on schema "archwright", "work" to "saas/work.Task";
grant select, delete on "work"."task" to "saas/work.Task";

-- Privileges: Routes of work.TimeEntry

grant usage on schema "archwright", "work" to "saas/work.TimeEntry";
grant select on "work"."time_entry" to "saas/work.TimeEntry";

-- Privileges: Sign-up

grant usage on schema "accounts" to "saas/sign-up";
grant insert on "accounts"."agency" to "saas/sign-up";

-- Privileges: Maintenance

grant usage on schema "accounts", "audit", "invoicing", "work" to "saas/maintenance";
grant select, insert, update, delete on "accounts"."agency" to "saas/maintenance";
grant select, insert, update, delete on "accounts"."member" to "saas/maintenance";
grant select, insert, update, delete on "audit"."audit_entry" to "saas/maintenance";
grant select, insert, update, delete on "invoicing"."invoice" to "saas/maintenance";
grant select, insert, update, delete on "invoicing"."invoice_lines" to "saas/maintenance";
grant select, insert, update, delete on "work"."client" to "saas/maintenance";
grant select, insert, update, delete on "work"."project" to "saas/maintenance";
grant select, insert, update, delete on "work"."project_team" to "saas/maintenance";
grant select, insert, update, delete on "work"."task" to "saas/maintenance";
grant select, insert, update, delete on "work"."time_entry" to "saas/maintenance";

-- Row-level security: accounts.Agency

alter table "accounts"."agency" enable row level security, force row level security;
create policy "operations" on "accounts"."agency" for all to "saas/accounts.takeInvoiceNumber"
  using (case archwright.role()
    when 'agency' then "agency"."id" = archwright.actor()
    else archwright.role() is not null
  end)
  with check (archwright.role() is not null);
create policy "routes select" on "accounts"."agency" for select to "saas/accounts.Agency"
  using (case archwright.role()
    when 'agency' then "agency"."id" = archwright.actor()
    else false
  end);
create policy "routes update" on "accounts"."agency" for update to "saas/accounts.Agency"
  using (case archwright.role()
    when 'agency' then "agency"."id" = archwright.actor()
    else false
  end)
  with check (case archwright.role()
    when 'agency' then "agency"."id" = archwright.actor()
    else false
  end);
create policy "sign-up insert" on "accounts"."agency" for insert to "saas/sign-up"
  with check (true);
create policy "maintenance" on "accounts"."agency" for all to "saas/maintenance"
  using (true) with check (true);

-- Row-level security: accounts.Member

alter table "accounts"."member" enable row level security, force row level security;
create policy "operations" on "accounts"."member" for all to "saas/accounts.addMember"
  using (case archwright.role()
    when 'agency' then "member"."agency" = archwright.actor()
    else archwright.role() is not null
  end)
  with check (archwright.role() is not null);
create policy "routes select" on "accounts"."member" for select to "saas/accounts.Member"
  using (case archwright.role()
    when 'agency' then "member"."agency" = archwright.actor()
    else false
  end);
create policy "routes update" on "accounts"."member" for update to "saas/accounts.Member"
  using (case archwright.role()
    when 'agency' then "member"."agency" = archwright.actor()
    else false
  end)
  with check (case archwright.role()
    when 'agency' then "member"."agency" = archwright.actor()
    else false
  end);
create policy "routes delete" on "accounts"."member" for delete to "saas/accounts.Member"
  using (case archwright.role()
    when 'agency' then "member"."agency" = archwright.actor()
    else false
  end);
create policy "maintenance" on "accounts"."member" for all to "saas/maintenance"
  using (true) with check (true);

-- Row-level security: audit.AuditEntry

alter table "audit"."audit_entry" enable row level security, force row level security;
create policy "operations" on "audit"."audit_entry" for all to "saas/audit.recordInvoice", "saas/audit.recordMember", "saas/audit.recordRejection"
  using (case archwright.role()
    when 'agency' then "audit_entry"."agency" = archwright.actor()
    else archwright.role() is not null
  end)
  with check (archwright.role() is not null);
create policy "routes select" on "audit"."audit_entry" for select to "saas/audit.AuditEntry"
  using (case archwright.role()
    when 'agency' then "audit_entry"."agency" = archwright.actor()
    else false
  end);
create policy "maintenance" on "audit"."audit_entry" for all to "saas/maintenance"
  using (true) with check (true);

-- Row-level security: invoicing.Invoice

alter table "invoicing"."invoice" enable row level security, force row level security;
create policy "operations" on "invoicing"."invoice" for all to "saas/invoicing.deliverInvoice", "saas/invoicing.issueInvoice", "saas/invoicing.listInvoices", "saas/invoicing.markPaid", "saas/invoicing.noteDelivery", "saas/invoicing.noteRejection"
  using (case archwright.role()
    when 'agency' then "invoice"."agency" = archwright.actor()
    else archwright.role() is not null
  end)
  with check (archwright.role() is not null);
create policy "routes select" on "invoicing"."invoice" for select to "saas/invoicing.Invoice"
  using (case archwright.role()
    when 'agency' then "invoice"."agency" = archwright.actor()
    else false
  end);
create policy "maintenance" on "invoicing"."invoice" for all to "saas/maintenance"
  using (true) with check (true);
alter table "invoicing"."invoice_lines" enable row level security, force row level security;
create policy "operations select" on "invoicing"."invoice_lines" for select to "saas/invoicing.deliverInvoice", "saas/invoicing.issueInvoice", "saas/invoicing.listInvoices", "saas/invoicing.markPaid", "saas/invoicing.noteDelivery", "saas/invoicing.noteRejection"
  using (exists (select from "invoicing"."invoice" where "invoice"."id" = "invoice_lines"."_parent"));
create policy "operations insert" on "invoicing"."invoice_lines" for insert to "saas/invoicing.issueInvoice"
  with check (archwright.role() is not null);
create policy "operations update" on "invoicing"."invoice_lines" for update to "saas/invoicing.issueInvoice"
  using (exists (select from "invoicing"."invoice" where "invoice"."id" = "invoice_lines"."_parent"));
create policy "operations delete" on "invoicing"."invoice_lines" for delete to "saas/invoicing.issueInvoice"
  using (exists (select from "invoicing"."invoice" where "invoice"."id" = "invoice_lines"."_parent"));
create policy "routes select" on "invoicing"."invoice_lines" for select to "saas/invoicing.Invoice"
  using (exists (select from "invoicing"."invoice" where "invoice"."id" = "invoice_lines"."_parent"));
create policy "maintenance" on "invoicing"."invoice_lines" for all to "saas/maintenance"
  using (true) with check (true);

-- Row-level security: work.Client

alter table "work"."client" enable row level security, force row level security;
create policy "operations" on "work"."client" for all to "saas/work.findUnbilledTime"
  using (case archwright.role()
    when 'agency' then "client"."agency" = archwright.actor()
    else archwright.role() is not null
  end)
  with check (archwright.role() is not null);
create policy "routes select" on "work"."client" for select to "saas/work.Client"
  using (case archwright.role()
    when 'agency' then "client"."agency" = archwright.actor()
    else false
  end);
create policy "routes insert" on "work"."client" for insert to "saas/work.Client"
  with check (case archwright.role()
    when 'agency' then "client"."agency" = archwright.actor()
    else false
  end);
create policy "routes update" on "work"."client" for update to "saas/work.Client"
  using (case archwright.role()
    when 'agency' then "client"."agency" = archwright.actor()
    else false
  end)
  with check (case archwright.role()
    when 'agency' then "client"."agency" = archwright.actor()
    else false
  end);
create policy "maintenance" on "work"."client" for all to "saas/maintenance"
  using (true) with check (true);

-- Row-level security: work.Project

create function "work"."project_look_1"(text) returns boolean language sql stable security definer
  return true = any (select "item1"."member" = archwright.actor() from "work"."project_team" as "item1" where "item1"."_parent" = $1);
grant create on schema "work" to "saas/maintenance";
alter function "work"."project_look_1"(text) owner to "saas/maintenance";
revoke create on schema "work" from "saas/maintenance";
revoke execute on function "work"."project_look_1"(text) from public;
grant execute on function "work"."project_look_1"(text) to "saas/work.addTask", "saas/work.closeProject", "saas/work.findUnbilledTime", "saas/work.reopenProject", "saas/work.Project";
alter table "work"."project" enable row level security, force row level security;
create policy "operations" on "work"."project" for all to "saas/work.addTask", "saas/work.closeProject", "saas/work.findUnbilledTime", "saas/work.reopenProject"
  using (case archwright.role()
    when 'agency' then "project"."agency" = archwright.actor()
    when 'member' then "work"."project_look_1"("project"."id")
    else archwright.role() is not null
  end)
  with check (archwright.role() is not null);
create policy "routes select" on "work"."project" for select to "saas/work.Project"
  using (case archwright.role()
    when 'agency' then "project"."agency" = archwright.actor()
    when 'member' then "work"."project_look_1"("project"."id")
    else false
  end);
create policy "routes insert" on "work"."project" for insert to "saas/work.Project"
  with check (case archwright.role()
    when 'agency' then "project"."agency" = archwright.actor()
    else false
  end);
create policy "routes update" on "work"."project" for update to "saas/work.Project"
  using (case archwright.role()
    when 'agency' then "project"."agency" = archwright.actor()
    else false
  end)
  with check (case archwright.role()
    when 'agency' then "project"."agency" = archwright.actor()
    else false
  end);
create policy "maintenance" on "work"."project" for all to "saas/maintenance"
  using (true) with check (true);
alter table "work"."project_team" enable row level security, force row level security;
create policy "operations select" on "work"."project_team" for select to "saas/work.addTask", "saas/work.closeProject", "saas/work.findUnbilledTime", "saas/work.reopenProject"
  using (exists (select from "work"."project" where "project"."id" = "project_team"."_parent"));
create policy "routes select" on "work"."project_team" for select to "saas/work.Project"
  using (exists (select from "work"."project" where "project"."id" = "project_team"."_parent"));
create policy "routes insert" on "work"."project_team" for insert to "saas/work.Project"
  with check (exists (select from "work"."project" where "project"."id" = "project_team"."_parent" and case archwright.role()
    when 'agency' then ("project"."agency" = archwright.actor()) or ("project"."agency" = archwright.actor())
    else false
  end));
create policy "routes delete" on "work"."project_team" for delete to "saas/work.Project"
  using (exists (select from "work"."project" where "project"."id" = "project_team"."_parent" and case archwright.role()
    when 'agency' then "project"."agency" = archwright.actor()
    else false
  end));
create policy "maintenance" on "work"."project_team" for all to "saas/maintenance"
  using (true) with check (true);

-- Row-level security: work.Task

alter table "work"."task" enable row level security, force row level security;
create policy "operations" on "work"."task" for all to "saas/work.addTask", "saas/work.finishTask", "saas/work.recordTime", "saas/work.showBoard", "saas/work.startTask"
  using (case archwright.role()
    when 'agency' then "task"."agency" = archwright.actor()
    else archwright.role() is not null
  end)
  with check (archwright.role() is not null);
create policy "routes select" on "work"."task" for select to "saas/work.Task"
  using (case archwright.role()
    when 'agency' then "task"."agency" = archwright.actor()
    else false
  end);
create policy "routes delete" on "work"."task" for delete to "saas/work.Task"
  using (case archwright.role()
    when 'agency' then "task"."agency" = archwright.actor()
    else false
  end);
create policy "maintenance" on "work"."task" for all to "saas/maintenance"
  using (true) with check (true);

-- Row-level security: work.TimeEntry

alter table "work"."time_entry" enable row level security, force row level security;
create policy "operations" on "work"."time_entry" for all to "saas/work.billTime", "saas/work.findUnbilledTime", "saas/work.recordTime"
  using (case archwright.role()
    when 'agency' then "time_entry"."agency" = archwright.actor()
    when 'member' then "time_entry"."member" = archwright.actor()
    else archwright.role() is not null
  end)
  with check (archwright.role() is not null);
create policy "routes select" on "work"."time_entry" for select to "saas/work.TimeEntry"
  using (case archwright.role()
    when 'agency' then "time_entry"."agency" = archwright.actor()
    when 'member' then "time_entry"."member" = archwright.actor()
    else false
  end);
create policy "maintenance" on "work"."time_entry" for all to "saas/maintenance"
  using (true) with check (true);
