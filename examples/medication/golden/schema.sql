-- Made from the model 3008f17db43c9ad28b882866bb3fed0e89721e9c964d13258849b4a6582b9b51. Change the model, not this file.
-- The database of medication.
-- Run it once, in one transaction, as a role that may create schemas and roles: psql -1 -f schema.sql
-- Requests are served by medication_app, which owns nothing, sees nothing itself, and becomes the role of each operation while that runs.

-- Roles

do $$
declare
  login constant text := 'medication_app';
  maintenance constant text := 'medication/maintenance';
  served constant text[] := array[
  'medication/documents.confirmPrescription',
  'medication/documents.forgetDocuments',
  'medication/documents.readPrescription',
  'medication/documents.uploadPrescription',
  'medication/families.deleteSignIn',
  'medication/families.eraseAfterSignIn',
  'medication/families.eraseFamily',
  'medication/medicines.addMedicine',
  'medication/medicines.forgetMedicines',
  'medication/medicines.listDoses',
  'medication/medicines.remindDue',
  'medication/medicines.syncDoses',
  'medication/families.forgetFamilies',
  'medication/medicines.remind',
  'medication/documents.Prescription',
  'medication/families.Family',
  'medication/medicines.Dose',
  'medication/medicines.Medicine',
  'medication/medicines.Person',
  'medication/medicines.Schedule',
  'medication/sign-up'
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
grant usage on schema archwright to "medication_app";
grant select, insert, update, delete on "archwright"."account", "archwright"."session", "archwright"."signing_key", "archwright"."idempotency", "archwright"."outbox", "archwright"."delivery", "archwright"."inbox", "archwright"."message", "archwright"."job", "archwright"."file" to "medication_app";
grant select on archwright.system to "medication_app";

-- Context documents

create schema "documents";

-- documents.Prescription

create table "documents"."prescription" (
  "id" text collate "C" not null,
  "family" text collate "C" not null,
  "person" text collate "C" not null,
  "photograph" text collate "C" not null,
  "status" text not null default 'uploaded',
  "uploaded_at" timestamptz(3) not null default now(),
  constraint "prescription_pkey" primary key ("id"),
  constraint "status_values" check ("status" in ('uploaded', 'read', 'unreadable', 'confirmed'))
);
comment on table "documents"."prescription" is 'documents.Prescription. Each row belongs to the tenant in family. Personal data: photograph.';
comment on column "documents"."prescription"."family" is 'Id of a row in families.family, which another context keeps.';
comment on column "documents"."prescription"."person" is 'Id of a row in medicines.person, which another context keeps.';
comment on column "documents"."prescription"."photograph" is 'Id of a file. Personal data, held for a consent, for 30 days.';
create index "prescription_family_id_idx" on "documents"."prescription" ("family", "id");
comment on index "documents"."prescription_family_id_idx" is 'Filter of the policy for family, in the order of the list. Lookup by the families.Family that it names.';
create index "prescription_person_idx" on "documents"."prescription" ("person");
comment on index "documents"."prescription_person_idx" is 'Lookup by the medicines.Person that it names.';
create index "prescription_photograph_idx" on "documents"."prescription" ("photograph");
comment on index "documents"."prescription_photograph_idx" is 'The row that holds a file.';
create trigger "status_moves" before update of "status" on "documents"."prescription" for each row when (old."status" is distinct from new."status")
  execute function archwright.refuse_other_moves('status_moves', 'status', '{"uploaded":["read","unreadable"],"read":["confirmed"],"unreadable":[],"confirmed":[]}');
create table "documents"."prescription_medicines" (
  "_parent" text collate "C" not null,
  "_position" integer not null,
  "name" text not null,
  "dose" text not null,
  constraint "prescription_medicines_pkey" primary key ("_parent", "_position"),
  constraint "prescription_medicines_parent_fkey" foreign key ("_parent") references "documents"."prescription" ("id") on delete cascade,
  constraint "_position_min" check ("_position" >= 1),
  constraint "medicines_max" check ("_position" <= 20),
  constraint "name_min" check (char_length("name") >= 1),
  constraint "name_max" check (char_length("name") <= 120),
  constraint "dose_max" check (char_length("dose") <= 120)
);
comment on table "documents"."prescription_medicines" is 'medicines of documents.Prescription, in order. Personal data: name, dose.';
comment on column "documents"."prescription_medicines"."name" is 'Personal data, held for a consent, for 30 days.';
comment on column "documents"."prescription_medicines"."dose" is 'Personal data, held for a consent, for 30 days.';

-- Context families

create schema "families";

-- families.Family

create table "families"."family" (
  "id" text collate "C" not null,
  "email" text not null,
  "name" text not null,
  "status" text not null default 'active',
  constraint "family_pkey" primary key ("id"),
  constraint "family_email_key" unique ("email"),
  constraint "name_min" check (char_length("name") >= 1),
  constraint "name_max" check (char_length("name") <= 80),
  constraint "status_values" check ("status" in ('active', 'erased'))
);
comment on table "families"."family" is 'families.Family. Personal data: email, name.';
comment on column "families"."family"."email" is 'Personal data, held for a contract, for 30 days.';
comment on column "families"."family"."name" is 'Personal data, held for a contract, for 30 days.';
create index "family_status_idx" on "families"."family" ("status");
comment on index "families"."family_status_idx" is 'The model asks for it: status.';
create trigger "status_moves" before update of "status" on "families"."family" for each row when (old."status" is distinct from new."status")
  execute function archwright.refuse_other_moves('status_moves', 'status', '{"active":["erased"],"erased":[]}');

-- Context medicines

create schema "medicines";

-- medicines.Dose

create table "medicines"."dose" (
  "id" text collate "C" not null,
  "family" text collate "C" not null,
  "key" text not null,
  "due_at" timestamptz(3) not null,
  "taken_at" timestamptz(3),
  "medicine" text collate "C" not null,
  "received_at" timestamptz(3) not null default now(),
  constraint "dose_pkey" primary key ("id"),
  constraint "dose_key_key" unique ("family", "key"),
  constraint "key_min" check (char_length("key") >= 16),
  constraint "key_max" check (char_length("key") <= 40)
);
comment on table "medicines"."dose" is 'medicines.Dose. Each row belongs to the tenant in family. Personal data: takenAt.';
comment on column "medicines"."dose"."family" is 'Id of a row in families.family, which another context keeps.';
comment on column "medicines"."dose"."taken_at" is 'Personal data, held for a consent, for 30 days.';
create index "dose_family_id_idx" on "medicines"."dose" ("family", "id");
comment on index "medicines"."dose_family_id_idx" is 'Filter of the policy for family, in the order of the list.';
create index "dose_family_received_at_id_idx" on "medicines"."dose" ("family", "received_at", "id");
comment on index "medicines"."dose_family_received_at_id_idx" is 'Filter and order of the pages of medicines.listDoses. The model asks for it: family, receivedAt. Lookup by the families.Family that it names.';
create index "dose_medicine_idx" on "medicines"."dose" ("medicine");
comment on index "medicines"."dose_medicine_idx" is 'Foreign key to medicines.Medicine.';

-- medicines.Medicine

create table "medicines"."medicine" (
  "id" text collate "C" not null,
  "family" text collate "C" not null,
  "person" text collate "C" not null,
  "name" text not null,
  "dose" text not null,
  "left" bigint not null default 0,
  constraint "medicine_pkey" primary key ("id"),
  constraint "name_min" check (char_length("name") >= 1),
  constraint "name_max" check (char_length("name") <= 120),
  constraint "dose_max" check (char_length("dose") <= 120),
  constraint "left_min" check ("left" >= 0),
  constraint "left_max" check ("left" <= 10000)
);
comment on table "medicines"."medicine" is 'medicines.Medicine. Each row belongs to the tenant in family. Personal data: name, dose.';
comment on column "medicines"."medicine"."family" is 'Id of a row in families.family, which another context keeps.';
comment on column "medicines"."medicine"."name" is 'Personal data, held for a consent, for 30 days.';
comment on column "medicines"."medicine"."dose" is 'Personal data, held for a consent, for 30 days.';
create index "medicine_family_id_idx" on "medicines"."medicine" ("family", "id");
comment on index "medicines"."medicine_family_id_idx" is 'Filter of the policy for family, in the order of the list. Lookup by the families.Family that it names.';
create index "medicine_person_idx" on "medicines"."medicine" ("person");
comment on index "medicines"."medicine_person_idx" is 'Foreign key to medicines.Person.';

-- medicines.Person

create table "medicines"."person" (
  "id" text collate "C" not null,
  "family" text collate "C" not null,
  "name" text not null,
  "birthday" date,
  constraint "person_pkey" primary key ("id"),
  constraint "name_min" check (char_length("name") >= 1),
  constraint "name_max" check (char_length("name") <= 80)
);
comment on table "medicines"."person" is 'medicines.Person. Each row belongs to the tenant in family. Personal data: name, birthday.';
comment on column "medicines"."person"."family" is 'Id of a row in families.family, which another context keeps.';
comment on column "medicines"."person"."name" is 'Personal data, held for a consent, for 30 days.';
comment on column "medicines"."person"."birthday" is 'Personal data, held for a consent, for 30 days.';
create index "person_family_id_idx" on "medicines"."person" ("family", "id");
comment on index "medicines"."person_family_id_idx" is 'Filter of the policy for family, in the order of the list. Lookup by the families.Family that it names.';

-- medicines.Schedule

create table "medicines"."schedule" (
  "id" text collate "C" not null,
  "family" text collate "C" not null,
  "medicine" text collate "C" not null,
  "every_hours" bigint not null,
  "next_at" timestamptz(3) not null,
  "until" timestamptz(3) not null,
  constraint "schedule_pkey" primary key ("id"),
  constraint "every_hours_min" check ("every_hours" >= 1),
  constraint "every_hours_max" check ("every_hours" <= 720)
);
comment on table "medicines"."schedule" is 'medicines.Schedule. Each row belongs to the tenant in family.';
comment on column "medicines"."schedule"."family" is 'Id of a row in families.family, which another context keeps.';
create index "schedule_family_id_idx" on "medicines"."schedule" ("family", "id");
comment on index "medicines"."schedule_family_id_idx" is 'Filter of the policy for family, in the order of the list.';
create index "schedule_family_next_at_idx" on "medicines"."schedule" ("family", "next_at");
comment on index "medicines"."schedule_family_next_at_idx" is 'The model asks for it: nextAt. Lookup by the families.Family that it names.';
create index "schedule_medicine_idx" on "medicines"."schedule" ("medicine");
comment on index "medicines"."schedule_medicine_idx" is 'Foreign key to medicines.Medicine.';

-- References within medicines

alter table "medicines"."dose" add constraint "dose_medicine_fkey" foreign key ("medicine") references "medicines"."medicine" ("id");
alter table "medicines"."medicine" add constraint "medicine_person_fkey" foreign key ("person") references "medicines"."person" ("id");
alter table "medicines"."schedule" add constraint "schedule_medicine_fkey" foreign key ("medicine") references "medicines"."medicine" ("id");

-- Privileges: Operation documents.confirmPrescription

grant usage on schema "archwright", "documents" to "medication/documents.confirmPrescription";
grant select, update ("status") on "documents"."prescription" to "medication/documents.confirmPrescription";
grant select on "documents"."prescription_medicines" to "medication/documents.confirmPrescription";

-- Privileges: Operation documents.forgetDocuments

grant usage on schema "archwright", "documents" to "medication/documents.forgetDocuments";
grant select, delete on "documents"."prescription" to "medication/documents.forgetDocuments";
grant select on "documents"."prescription_medicines" to "medication/documents.forgetDocuments";

-- Privileges: Operation documents.readPrescription

grant usage on schema "archwright", "documents" to "medication/documents.readPrescription";
grant select, insert, update, delete on "documents"."prescription" to "medication/documents.readPrescription";
grant select, insert, update ("_position", "dose", "name"), delete on "documents"."prescription_medicines" to "medication/documents.readPrescription";

-- Privileges: Operation documents.uploadPrescription

grant usage on schema "archwright", "documents" to "medication/documents.uploadPrescription";
grant insert on "documents"."prescription" to "medication/documents.uploadPrescription";
grant insert on "documents"."prescription_medicines" to "medication/documents.uploadPrescription";

-- Privileges: Operation families.deleteSignIn

grant usage on schema "archwright" to "medication/families.deleteSignIn";

-- Privileges: Operation families.eraseAfterSignIn

grant usage on schema "archwright", "families" to "medication/families.eraseAfterSignIn";
grant select, insert, update, delete on "families"."family" to "medication/families.eraseAfterSignIn";

-- Privileges: Operation families.eraseFamily

grant usage on schema "archwright", "families" to "medication/families.eraseFamily";
grant select, update ("status") on "families"."family" to "medication/families.eraseFamily";

-- Privileges: Operation medicines.addMedicine

grant usage on schema "archwright", "medicines" to "medication/medicines.addMedicine";
grant insert on "medicines"."medicine" to "medication/medicines.addMedicine";

-- Privileges: Operation medicines.forgetMedicines

grant usage on schema "archwright", "medicines" to "medication/medicines.forgetMedicines";
grant select, delete on "medicines"."dose" to "medication/medicines.forgetMedicines";
grant select, delete on "medicines"."medicine" to "medication/medicines.forgetMedicines";
grant select, delete on "medicines"."person" to "medication/medicines.forgetMedicines";
grant select, delete on "medicines"."schedule" to "medication/medicines.forgetMedicines";

-- Privileges: Operation medicines.listDoses

grant usage on schema "archwright", "medicines" to "medication/medicines.listDoses";
grant select on "medicines"."dose" to "medication/medicines.listDoses";

-- Privileges: Operation medicines.remindDue

grant usage on schema "archwright", "medicines" to "medication/medicines.remindDue";
grant select, insert, update, delete on "medicines"."schedule" to "medication/medicines.remindDue";

-- Privileges: Operation medicines.syncDoses

grant usage on schema "archwright", "medicines" to "medication/medicines.syncDoses";
grant select, insert, update, delete on "medicines"."dose" to "medication/medicines.syncDoses";
grant select, insert, update, delete on "medicines"."medicine" to "medication/medicines.syncDoses";

-- Privileges: Operation families.forgetFamilies

grant usage on schema "archwright", "families" to "medication/families.forgetFamilies";
grant select, delete on "families"."family" to "medication/families.forgetFamilies";

-- Privileges: Operation medicines.remind

grant usage on schema "archwright" to "medication/medicines.remind";

-- Privileges: Routes of documents.Prescription

grant usage on schema "archwright", "documents" to "medication/documents.Prescription";
grant select, delete on "documents"."prescription" to "medication/documents.Prescription";
grant select on "documents"."prescription_medicines" to "medication/documents.Prescription";

-- Privileges: Routes of families.Family

grant usage on schema "archwright", "families" to "medication/families.Family";
grant select, update ("name") on "families"."family" to "medication/families.Family";

-- Privileges: Routes of medicines.Dose

grant usage on schema "archwright", "medicines" to "medication/medicines.Dose";
grant select on "medicines"."dose" to "medication/medicines.Dose";

-- Privileges: Routes of medicines.Medicine

grant usage on schema "archwright", "medicines" to "medication/medicines.Medicine";
grant select, insert ("dose", "family", "id", "left", "name", "person"), update ("dose", "left", "name", "person"), delete on "medicines"."medicine" to "medication/medicines.Medicine";

-- Privileges: Routes of medicines.Person

grant usage on schema "archwright", "medicines" to "medication/medicines.Person";
grant select, insert ("birthday", "family", "id", "name"), update ("birthday", "name"), delete on "medicines"."person" to "medication/medicines.Person";

-- Privileges: Routes of medicines.Schedule

grant usage on schema "archwright", "medicines" to "medication/medicines.Schedule";
grant select, insert ("every_hours", "family", "id", "medicine", "next_at", "until"), update ("every_hours", "medicine", "next_at", "until"), delete on "medicines"."schedule" to "medication/medicines.Schedule";

-- Privileges: Sign-up

grant usage on schema "families" to "medication/sign-up";
grant insert on "families"."family" to "medication/sign-up";

-- Privileges: Maintenance

grant usage on schema "documents", "families", "medicines" to "medication/maintenance";
grant select, insert, update, delete on "documents"."prescription" to "medication/maintenance";
grant select, insert, update, delete on "documents"."prescription_medicines" to "medication/maintenance";
grant select, insert, update, delete on "families"."family" to "medication/maintenance";
grant select, insert, update, delete on "medicines"."dose" to "medication/maintenance";
grant select, insert, update, delete on "medicines"."medicine" to "medication/maintenance";
grant select, insert, update, delete on "medicines"."person" to "medication/maintenance";
grant select, insert, update, delete on "medicines"."schedule" to "medication/maintenance";

-- Row-level security: documents.Prescription

alter table "documents"."prescription" enable row level security, force row level security;
create policy "operations" on "documents"."prescription" for all to "medication/documents.confirmPrescription", "medication/documents.forgetDocuments", "medication/documents.readPrescription", "medication/documents.uploadPrescription"
  using (case archwright.role()
    when 'family' then "prescription"."family" = archwright.actor()
    else archwright.role() is not null
  end)
  with check (archwright.role() is not null);
create policy "routes select" on "documents"."prescription" for select to "medication/documents.Prescription"
  using (case archwright.role()
    when 'family' then "prescription"."family" = archwright.actor()
    else false
  end);
create policy "routes delete" on "documents"."prescription" for delete to "medication/documents.Prescription"
  using (case archwright.role()
    when 'family' then "prescription"."family" = archwright.actor()
    else false
  end);
create policy "maintenance" on "documents"."prescription" for all to "medication/maintenance"
  using (true) with check (true);
alter table "documents"."prescription_medicines" enable row level security, force row level security;
create policy "operations select" on "documents"."prescription_medicines" for select to "medication/documents.confirmPrescription", "medication/documents.forgetDocuments", "medication/documents.readPrescription"
  using (exists (select from "documents"."prescription" where "prescription"."id" = "prescription_medicines"."_parent"));
create policy "operations insert" on "documents"."prescription_medicines" for insert to "medication/documents.readPrescription", "medication/documents.uploadPrescription"
  with check (archwright.role() is not null);
create policy "operations update" on "documents"."prescription_medicines" for update to "medication/documents.readPrescription"
  using (exists (select from "documents"."prescription" where "prescription"."id" = "prescription_medicines"."_parent"));
create policy "operations delete" on "documents"."prescription_medicines" for delete to "medication/documents.readPrescription"
  using (exists (select from "documents"."prescription" where "prescription"."id" = "prescription_medicines"."_parent"));
create policy "routes select" on "documents"."prescription_medicines" for select to "medication/documents.Prescription"
  using (exists (select from "documents"."prescription" where "prescription"."id" = "prescription_medicines"."_parent"));
create policy "maintenance" on "documents"."prescription_medicines" for all to "medication/maintenance"
  using (true) with check (true);

-- Row-level security: families.Family

alter table "families"."family" enable row level security, force row level security;
create policy "operations" on "families"."family" for all to "medication/families.eraseAfterSignIn", "medication/families.eraseFamily", "medication/families.forgetFamilies"
  using (case archwright.role()
    when 'family' then "family"."id" = archwright.actor()
    else archwright.role() is not null
  end)
  with check (archwright.role() is not null);
create policy "routes select" on "families"."family" for select to "medication/families.Family"
  using (case archwright.role()
    when 'family' then "family"."id" = archwright.actor()
    else false
  end);
create policy "routes update" on "families"."family" for update to "medication/families.Family"
  using (case archwright.role()
    when 'family' then "family"."id" = archwright.actor()
    else false
  end)
  with check (case archwright.role()
    when 'family' then "family"."id" = archwright.actor()
    else false
  end);
create policy "sign-up insert" on "families"."family" for insert to "medication/sign-up"
  with check (true);
create policy "maintenance" on "families"."family" for all to "medication/maintenance"
  using (true) with check (true);

-- Row-level security: medicines.Dose

alter table "medicines"."dose" enable row level security, force row level security;
create policy "operations" on "medicines"."dose" for all to "medication/medicines.forgetMedicines", "medication/medicines.listDoses", "medication/medicines.syncDoses"
  using (case archwright.role()
    when 'family' then "dose"."family" = archwright.actor()
    else archwright.role() is not null
  end)
  with check (archwright.role() is not null);
create policy "routes select" on "medicines"."dose" for select to "medication/medicines.Dose"
  using (case archwright.role()
    when 'family' then "dose"."family" = archwright.actor()
    else false
  end);
create policy "maintenance" on "medicines"."dose" for all to "medication/maintenance"
  using (true) with check (true);

-- Row-level security: medicines.Medicine

alter table "medicines"."medicine" enable row level security, force row level security;
create policy "operations" on "medicines"."medicine" for all to "medication/medicines.addMedicine", "medication/medicines.forgetMedicines", "medication/medicines.syncDoses"
  using (case archwright.role()
    when 'family' then "medicine"."family" = archwright.actor()
    else archwright.role() is not null
  end)
  with check (archwright.role() is not null);
create policy "routes select" on "medicines"."medicine" for select to "medication/medicines.Medicine"
  using (case archwright.role()
    when 'family' then "medicine"."family" = archwright.actor()
    else false
  end);
create policy "routes insert" on "medicines"."medicine" for insert to "medication/medicines.Medicine"
  with check (case archwright.role()
    when 'family' then "medicine"."family" = archwright.actor()
    else false
  end);
create policy "routes update" on "medicines"."medicine" for update to "medication/medicines.Medicine"
  using (case archwright.role()
    when 'family' then "medicine"."family" = archwright.actor()
    else false
  end)
  with check (case archwright.role()
    when 'family' then "medicine"."family" = archwright.actor()
    else false
  end);
create policy "routes delete" on "medicines"."medicine" for delete to "medication/medicines.Medicine"
  using (case archwright.role()
    when 'family' then "medicine"."family" = archwright.actor()
    else false
  end);
create policy "maintenance" on "medicines"."medicine" for all to "medication/maintenance"
  using (true) with check (true);

-- Row-level security: medicines.Person

alter table "medicines"."person" enable row level security, force row level security;
create policy "operations" on "medicines"."person" for all to "medication/medicines.forgetMedicines"
  using (case archwright.role()
    when 'family' then "person"."family" = archwright.actor()
    else archwright.role() is not null
  end)
  with check (archwright.role() is not null);
create policy "routes select" on "medicines"."person" for select to "medication/medicines.Person"
  using (case archwright.role()
    when 'family' then "person"."family" = archwright.actor()
    else false
  end);
create policy "routes insert" on "medicines"."person" for insert to "medication/medicines.Person"
  with check (case archwright.role()
    when 'family' then "person"."family" = archwright.actor()
    else false
  end);
create policy "routes update" on "medicines"."person" for update to "medication/medicines.Person"
  using (case archwright.role()
    when 'family' then "person"."family" = archwright.actor()
    else false
  end)
  with check (case archwright.role()
    when 'family' then "person"."family" = archwright.actor()
    else false
  end);
create policy "routes delete" on "medicines"."person" for delete to "medication/medicines.Person"
  using (case archwright.role()
    when 'family' then "person"."family" = archwright.actor()
    else false
  end);
create policy "maintenance" on "medicines"."person" for all to "medication/maintenance"
  using (true) with check (true);

-- Row-level security: medicines.Schedule

alter table "medicines"."schedule" enable row level security, force row level security;
create policy "operations" on "medicines"."schedule" for all to "medication/medicines.forgetMedicines", "medication/medicines.remindDue"
  using (case archwright.role()
    when 'family' then "schedule"."family" = archwright.actor()
    else archwright.role() is not null
  end)
  with check (archwright.role() is not null);
create policy "routes select" on "medicines"."schedule" for select to "medication/medicines.Schedule"
  using (case archwright.role()
    when 'family' then "schedule"."family" = archwright.actor()
    else false
  end);
create policy "routes insert" on "medicines"."schedule" for insert to "medication/medicines.Schedule"
  with check (case archwright.role()
    when 'family' then "schedule"."family" = archwright.actor()
    else false
  end);
create policy "routes update" on "medicines"."schedule" for update to "medication/medicines.Schedule"
  using (case archwright.role()
    when 'family' then "schedule"."family" = archwright.actor()
    else false
  end)
  with check (case archwright.role()
    when 'family' then "schedule"."family" = archwright.actor()
    else false
  end);
create policy "routes delete" on "medicines"."schedule" for delete to "medication/medicines.Schedule"
  using (case archwright.role()
    when 'family' then "schedule"."family" = archwright.actor()
    else false
  end);
create policy "maintenance" on "medicines"."schedule" for all to "medication/maintenance"
  using (true) with check (true);
