-- Made from the model 4002ca8cb2ccd62fa6987c859f1a608e54c2311042d9328551e3c4136fd15972. Change the model, not this file.
-- The database of monolith.
-- Run it once, in one transaction, as a role that may create schemas and roles: psql -1 -f schema.sql
-- Requests are served by monolith_app, which owns nothing, sees nothing itself, and becomes the role of each operation while that runs.

-- Roles

do $$
declare
  login constant text := 'monolith_app';
  maintenance constant text := 'monolith/maintenance';
  served constant text[] := array[
  'monolith/bookings.cancelBooking',
  'monolith/bookings.closeBooking',
  'monolith/bookings.confirmBooking',
  'monolith/bookings.findBookings',
  'monolith/bookings.getBooking',
  'monolith/bookings.requestBooking',
  'monolith/bookings.setPrice',
  'monolith/customs.clearDeclaration',
  'monolith/customs.draftDeclaration',
  'monolith/customs.holdDeclaration',
  'monolith/customs.lodgeDeclaration',
  'monolith/customs.submit',
  'monolith/documents.draw',
  'monolith/documents.orderDocument',
  'monolith/invoicing.issueInvoice',
  'monolith/invoicing.settleInvoice',
  'monolith/parties.findParties',
  'monolith/parties.registerParty',
  'monolith/pricing.priceBooking',
  'monolith/pricing.quotePrice',
  'monolith/search.putEntry',
  'monolith/search.searchOffice',
  'monolith/tracking.findMovements',
  'monolith/tracking.recordMovement',
  'monolith/tracking.trackBooking',
  'monolith/bookings.Booking',
  'monolith/customs.Declaration',
  'monolith/documents.Document',
  'monolith/identity.Clerk',
  'monolith/invoicing.Invoice',
  'monolith/parties.Party',
  'monolith/pricing.Tariff',
  'monolith/tracking.Movement'
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
grant usage on schema archwright to "monolith_app";
grant select, insert, update, delete on "archwright"."account", "archwright"."session", "archwright"."signing_key", "archwright"."idempotency", "archwright"."outbox", "archwright"."delivery", "archwright"."inbox", "archwright"."message", "archwright"."job", "archwright"."file" to "monolith_app";
grant select on archwright.system to "monolith_app";
create extension if not exists pg_trgm with schema archwright;
select set_config('search_path', (select pg_catalog.quote_ident(nspname) from pg_catalog.pg_extension join pg_catalog.pg_namespace on pg_namespace.oid = extnamespace where extname = 'pg_trgm'), true);

-- Context bookings

create schema "bookings";

-- bookings.Booking

create table "bookings"."booking" (
  "id" text collate "C" not null,
  "party" text collate "C" not null,
  "origin" text not null,
  "destination" text not null,
  "goods" text not null,
  "kilograms" bigint not null,
  "price" bigint,
  "requested_at" timestamptz(3) not null default now(),
  "status" text not null default 'requested',
  constraint "booking_pkey" primary key ("id"),
  constraint "origin_min" check (char_length("origin") >= 5),
  constraint "origin_max" check (char_length("origin") <= 5),
  constraint "destination_min" check (char_length("destination") >= 5),
  constraint "destination_max" check (char_length("destination") <= 5),
  constraint "goods_min" check (char_length("goods") >= 2),
  constraint "goods_max" check (char_length("goods") <= 300),
  constraint "kilograms_min" check ("kilograms" >= 1),
  constraint "kilograms_max" check ("kilograms" <= 30000),
  constraint "status_values" check ("status" in ('requested', 'priced', 'confirmed', 'delivered', 'cancelled'))
);
comment on table "bookings"."booking" is 'bookings.Booking.';
comment on column "bookings"."booking"."party" is 'Id of a row in parties.party, which another context keeps.';
comment on column "bookings"."booking"."price" is 'In minor units of EUR.';
create index "booking_party_id_idx" on "bookings"."booking" ("party", "id");
comment on index "bookings"."booking_party_id_idx" is 'Filter of the policy for customer, in the order of the list.';
create index "booking_party_requested_at_idx" on "bookings"."booking" ("party", "requested_at");
comment on index "bookings"."booking_party_requested_at_idx" is 'The model asks for it: party, requestedAt. Lookup by the parties.Party that it names.';
create index "booking_requested_at_id_idx" on "bookings"."booking" ("requested_at", "id");
comment on index "bookings"."booking_requested_at_id_idx" is 'Filter and order of the pages of bookings.findBookings.';
create index "booking_status_requested_at_idx" on "bookings"."booking" ("status", "requested_at");
comment on index "bookings"."booking_status_requested_at_idx" is 'The model asks for it: status, requestedAt.';
create index "booking_goods_search_idx" on "bookings"."booking" using gin (lower("goods" collate "pg_c_utf8") gin_trgm_ops);
comment on index "bookings"."booking_goods_search_idx" is 'Search for words in goods.';
create trigger "status_moves" before update of "status" on "bookings"."booking" for each row when (old."status" is distinct from new."status")
  execute function archwright.refuse_other_moves('status_moves', 'status', '{"requested":["priced","cancelled"],"priced":["confirmed","cancelled"],"confirmed":["delivered"],"delivered":[],"cancelled":[]}');

-- Context customs

create schema "customs";

-- customs.Declaration

create table "customs"."declaration" (
  "id" text collate "C" not null,
  "booking" text collate "C" not null,
  "tariff_code" text,
  "office_number" text,
  "status" text not null default 'draft',
  "drafted_at" timestamptz(3) not null default now(),
  constraint "declaration_pkey" primary key ("id"),
  constraint "declaration_booking_key" unique ("booking"),
  constraint "tariff_code_max" check (char_length("tariff_code") <= 12),
  constraint "office_number_max" check (char_length("office_number") <= 30),
  constraint "status_values" check ("status" in ('draft', 'lodged', 'held', 'cleared'))
);
comment on table "customs"."declaration" is 'customs.Declaration.';
comment on column "customs"."declaration"."booking" is 'Id of a row in bookings.booking, which another context keeps.';
create index "declaration_office_number_idx" on "customs"."declaration" ("office_number");
comment on index "customs"."declaration_office_number_idx" is 'The model asks for it: officeNumber.';
create index "declaration_status_drafted_at_idx" on "customs"."declaration" ("status", "drafted_at");
comment on index "customs"."declaration_status_drafted_at_idx" is 'The model asks for it: status, draftedAt.';
create trigger "status_moves" before update of "status" on "customs"."declaration" for each row when (old."status" is distinct from new."status")
  execute function archwright.refuse_other_moves('status_moves', 'status', '{"draft":["lodged"],"lodged":["cleared","held"],"held":["cleared"],"cleared":[]}');

-- Context documents

create schema "documents";

-- documents.Document

create table "documents"."document" (
  "id" text collate "C" not null,
  "booking" text collate "C" not null,
  "form" text not null,
  "sheet" text collate "C",
  "ordered_at" timestamptz(3) not null default now(),
  "status" text not null default 'ordered',
  constraint "document_pkey" primary key ("id"),
  constraint "form_values" check ("form" in ('bill of lading', 'packing list', 'delivery note')),
  constraint "status_values" check ("status" in ('ordered', 'drawn'))
);
comment on table "documents"."document" is 'documents.Document.';
comment on column "documents"."document"."booking" is 'Id of a row in bookings.booking, which another context keeps.';
comment on column "documents"."document"."sheet" is 'Id of a file.';
create index "document_booking_ordered_at_idx" on "documents"."document" ("booking", "ordered_at");
comment on index "documents"."document_booking_ordered_at_idx" is 'The model asks for it: booking, orderedAt. Lookup by the bookings.Booking that it names.';
create index "document_sheet_idx" on "documents"."document" ("sheet");
comment on index "documents"."document_sheet_idx" is 'The row that holds a file.';
create trigger "status_moves" before update of "status" on "documents"."document" for each row when (old."status" is distinct from new."status")
  execute function archwright.refuse_other_moves('status_moves', 'status', '{"ordered":["drawn"],"drawn":[]}');

-- Context identity

create schema "identity";

-- identity.Clerk

create table "identity"."clerk" (
  "id" text collate "C" not null,
  "email" text not null,
  "name" text not null,
  "office" text not null,
  constraint "clerk_pkey" primary key ("id"),
  constraint "clerk_email_key" unique ("email"),
  constraint "name_max" check (char_length("name") <= 120),
  constraint "office_max" check (char_length("office") <= 5)
);
comment on table "identity"."clerk" is 'identity.Clerk. Personal data: email, name.';
comment on column "identity"."clerk"."email" is 'Personal data, held for a contract, for 90 days.';
comment on column "identity"."clerk"."name" is 'Personal data, held for a contract, for 90 days.';

-- Context invoicing

create schema "invoicing";

-- invoicing.Invoice

create table "invoicing"."invoice" (
  "id" text collate "C" not null,
  "party" text collate "C" not null,
  "booking" text collate "C" not null,
  "amount" bigint not null,
  "issued_at" timestamptz(3) not null default now(),
  "status" text not null default 'open',
  constraint "invoice_pkey" primary key ("id"),
  constraint "invoice_booking_key" unique ("booking"),
  constraint "status_values" check ("status" in ('open', 'paid'))
);
comment on table "invoicing"."invoice" is 'invoicing.Invoice.';
comment on column "invoicing"."invoice"."party" is 'Id of a row in parties.party, which another context keeps.';
comment on column "invoicing"."invoice"."booking" is 'Id of a row in bookings.booking, which another context keeps.';
comment on column "invoicing"."invoice"."amount" is 'In minor units of EUR.';
create index "invoice_party_id_idx" on "invoicing"."invoice" ("party", "id");
comment on index "invoicing"."invoice_party_id_idx" is 'Filter of the policy for customer, in the order of the list.';
create index "invoice_party_issued_at_idx" on "invoicing"."invoice" ("party", "issued_at");
comment on index "invoicing"."invoice_party_issued_at_idx" is 'The model asks for it: party, issuedAt. Lookup by the parties.Party that it names.';
create index "invoice_status_issued_at_idx" on "invoicing"."invoice" ("status", "issued_at");
comment on index "invoicing"."invoice_status_issued_at_idx" is 'The model asks for it: status, issuedAt.';
create trigger "status_moves" before update of "status" on "invoicing"."invoice" for each row when (old."status" is distinct from new."status")
  execute function archwright.refuse_other_moves('status_moves', 'status', '{"open":["paid"],"paid":[]}');

-- Context parties

create schema "parties";

-- parties.Party

create table "parties"."party" (
  "id" text collate "C" not null,
  "name" text not null,
  "country" text not null,
  "tax_number" text not null,
  "email" text not null,
  constraint "party_pkey" primary key ("id"),
  constraint "party_tax_number_key" unique ("tax_number"),
  constraint "name_min" check (char_length("name") >= 1),
  constraint "name_max" check (char_length("name") <= 200),
  constraint "country_min" check (char_length("country") >= 2),
  constraint "country_max" check (char_length("country") <= 2),
  constraint "tax_number_max" check (char_length("tax_number") <= 30)
);
comment on table "parties"."party" is 'parties.Party. Personal data: email.';
comment on column "parties"."party"."email" is 'Personal data, held for a contract, for 3650 days.';
create index "party_name_id_idx" on "parties"."party" ("name", "id");
comment on index "parties"."party_name_id_idx" is 'Filter and order of the pages of parties.findParties.';
create index "party_name_search_idx" on "parties"."party" using gin (lower("name" collate "pg_c_utf8") gin_trgm_ops);
comment on index "parties"."party_name_search_idx" is 'Search for words in name.';

-- Context pricing

create schema "pricing";

-- pricing.Tariff

create table "pricing"."tariff" (
  "id" text collate "C" not null,
  "origin" text not null,
  "destination" text not null,
  "per_kilogram" bigint not null,
  "surcharge" bigint not null,
  "valid_until" date not null,
  constraint "tariff_pkey" primary key ("id"),
  constraint "origin_min" check (char_length("origin") >= 5),
  constraint "origin_max" check (char_length("origin") <= 5),
  constraint "destination_min" check (char_length("destination") >= 5),
  constraint "destination_max" check (char_length("destination") <= 5),
  constraint "per_kilogram_min" check ("per_kilogram" >= 0),
  constraint "surcharge_min" check ("surcharge" >= 0)
);
comment on table "pricing"."tariff" is 'pricing.Tariff.';
comment on column "pricing"."tariff"."per_kilogram" is 'In minor units of EUR.';
comment on column "pricing"."tariff"."surcharge" is 'In minor units of EUR.';
create index "tariff_origin_destination_valid_until_idx" on "pricing"."tariff" ("origin", "destination", "valid_until");
comment on index "pricing"."tariff_origin_destination_valid_until_idx" is 'The model asks for it: origin, destination, validUntil.';

-- Context search

create schema "search";

-- search.SearchEntry

create table "search"."search_entry" (
  "id" text collate "C" not null,
  "of" text not null,
  "kind" text not null,
  "words" text not null,
  "changed_at" timestamptz(3) not null,
  constraint "search_entry_pkey" primary key ("id"),
  constraint "search_entry_of_key" unique ("of"),
  constraint "of_max" check (char_length("of") <= 40),
  constraint "kind_values" check ("kind" in ('booking', 'party', 'container')),
  constraint "words_max" check (char_length("words") <= 500)
);
comment on table "search"."search_entry" is 'search.SearchEntry.';
create index "search_entry_changed_at_id_idx" on "search"."search_entry" ("changed_at", "id");
comment on index "search"."search_entry_changed_at_id_idx" is 'Filter and order of the pages of search.searchOffice.';
create index "search_entry_kind_changed_at_idx" on "search"."search_entry" ("kind", "changed_at");
comment on index "search"."search_entry_kind_changed_at_idx" is 'The model asks for it: kind, changedAt.';
create index "search_entry_words_search_idx" on "search"."search_entry" using gin (lower("words" collate "pg_c_utf8") gin_trgm_ops);
comment on index "search"."search_entry_words_search_idx" is 'Search for words in words.';

-- Context tracking

create schema "tracking";

-- tracking.Movement

create table "tracking"."movement" (
  "id" text collate "C" not null,
  "booking" text collate "C" not null,
  "notice" text not null,
  "container" text not null,
  "place" text not null,
  "kind" text not null,
  "at" timestamptz(3) not null,
  constraint "movement_pkey" primary key ("id"),
  constraint "movement_notice_key" unique ("notice"),
  constraint "notice_max" check (char_length("notice") <= 80),
  constraint "container_max" check (char_length("container") <= 11),
  constraint "place_max" check (char_length("place") <= 120),
  constraint "kind_values" check ("kind" in ('loaded', 'discharged', 'arrived'))
);
comment on table "tracking"."movement" is 'tracking.Movement.';
comment on column "tracking"."movement"."booking" is 'Id of a row in bookings.booking, which another context keeps.';
create index "movement_at_id_idx" on "tracking"."movement" ("at", "id");
comment on index "tracking"."movement_at_id_idx" is 'Filter and order of the pages of tracking.findMovements.';
create index "movement_booking_at_id_idx" on "tracking"."movement" ("booking", "at", "id");
comment on index "tracking"."movement_booking_at_id_idx" is 'Filter and order of the pages of tracking.trackBooking. The model asks for it: booking, at. Lookup by the bookings.Booking that it names.';
create index "movement_container_search_idx" on "tracking"."movement" using gin (lower("container" collate "pg_c_utf8") gin_trgm_ops);
comment on index "tracking"."movement_container_search_idx" is 'Search for words in container.';

-- Privileges: Operation bookings.cancelBooking

grant usage on schema "archwright", "bookings" to "monolith/bookings.cancelBooking";
grant select, update ("status") on "bookings"."booking" to "monolith/bookings.cancelBooking";

-- Privileges: Operation bookings.closeBooking

grant usage on schema "archwright", "bookings" to "monolith/bookings.closeBooking";
grant select, insert, update, delete on "bookings"."booking" to "monolith/bookings.closeBooking";

-- Privileges: Operation bookings.confirmBooking

grant usage on schema "archwright", "bookings" to "monolith/bookings.confirmBooking";
grant select, update ("status") on "bookings"."booking" to "monolith/bookings.confirmBooking";

-- Privileges: Operation bookings.findBookings

grant usage on schema "archwright", "bookings" to "monolith/bookings.findBookings";
grant select on "bookings"."booking" to "monolith/bookings.findBookings";

-- Privileges: Operation bookings.getBooking

grant usage on schema "archwright", "bookings" to "monolith/bookings.getBooking";
grant select on "bookings"."booking" to "monolith/bookings.getBooking";

-- Privileges: Operation bookings.requestBooking

grant usage on schema "archwright", "bookings" to "monolith/bookings.requestBooking";
grant insert on "bookings"."booking" to "monolith/bookings.requestBooking";

-- Privileges: Operation bookings.setPrice

grant usage on schema "archwright", "bookings" to "monolith/bookings.setPrice";
grant select, update ("price", "status") on "bookings"."booking" to "monolith/bookings.setPrice";

-- Privileges: Operation customs.clearDeclaration

grant usage on schema "archwright", "customs" to "monolith/customs.clearDeclaration";
grant select, update ("status") on "customs"."declaration" to "monolith/customs.clearDeclaration";

-- Privileges: Operation customs.draftDeclaration

grant usage on schema "archwright", "customs" to "monolith/customs.draftDeclaration";
grant insert on "customs"."declaration" to "monolith/customs.draftDeclaration";

-- Privileges: Operation customs.holdDeclaration

grant usage on schema "archwright", "customs" to "monolith/customs.holdDeclaration";
grant select, insert, update, delete on "customs"."declaration" to "monolith/customs.holdDeclaration";

-- Privileges: Operation customs.lodgeDeclaration

grant usage on schema "archwright", "customs" to "monolith/customs.lodgeDeclaration";
grant select, update ("status", "tariff_code") on "customs"."declaration" to "monolith/customs.lodgeDeclaration";

-- Privileges: Operation customs.submit

grant usage on schema "archwright", "customs" to "monolith/customs.submit";
grant select, insert, update, delete on "customs"."declaration" to "monolith/customs.submit";

-- Privileges: Operation documents.draw

grant usage on schema "archwright", "documents" to "monolith/documents.draw";
grant select, insert, update, delete on "documents"."document" to "monolith/documents.draw";

-- Privileges: Operation documents.orderDocument

grant usage on schema "archwright", "documents" to "monolith/documents.orderDocument";
grant insert on "documents"."document" to "monolith/documents.orderDocument";

-- Privileges: Operation invoicing.issueInvoice

grant usage on schema "archwright", "invoicing" to "monolith/invoicing.issueInvoice";
grant insert on "invoicing"."invoice" to "monolith/invoicing.issueInvoice";

-- Privileges: Operation invoicing.settleInvoice

grant usage on schema "archwright", "invoicing" to "monolith/invoicing.settleInvoice";
grant select, update ("status") on "invoicing"."invoice" to "monolith/invoicing.settleInvoice";

-- Privileges: Operation parties.findParties

grant usage on schema "archwright", "parties" to "monolith/parties.findParties";
grant select on "parties"."party" to "monolith/parties.findParties";

-- Privileges: Operation parties.registerParty

grant usage on schema "archwright", "parties" to "monolith/parties.registerParty";
grant insert on "parties"."party" to "monolith/parties.registerParty";

-- Privileges: Operation pricing.priceBooking

grant usage on schema "archwright" to "monolith/pricing.priceBooking";

-- Privileges: Operation pricing.quotePrice

grant usage on schema "archwright", "pricing" to "monolith/pricing.quotePrice";
grant select on "pricing"."tariff" to "monolith/pricing.quotePrice";

-- Privileges: Operation search.putEntry

grant usage on schema "archwright", "search" to "monolith/search.putEntry";
grant select, insert, update, delete on "search"."search_entry" to "monolith/search.putEntry";

-- Privileges: Operation search.searchOffice

grant usage on schema "archwright", "search" to "monolith/search.searchOffice";
grant select on "search"."search_entry" to "monolith/search.searchOffice";

-- Privileges: Operation tracking.findMovements

grant usage on schema "archwright", "tracking" to "monolith/tracking.findMovements";
grant select on "tracking"."movement" to "monolith/tracking.findMovements";

-- Privileges: Operation tracking.recordMovement

grant usage on schema "archwright", "tracking" to "monolith/tracking.recordMovement";
grant select, insert, update, delete on "tracking"."movement" to "monolith/tracking.recordMovement";

-- Privileges: Operation tracking.trackBooking

grant usage on schema "archwright", "tracking" to "monolith/tracking.trackBooking";
grant select on "tracking"."movement" to "monolith/tracking.trackBooking";

-- Privileges: Routes of bookings.Booking

grant usage on schema "archwright", "bookings" to "monolith/bookings.Booking";
grant select on "bookings"."booking" to "monolith/bookings.Booking";

-- Privileges: Routes of customs.Declaration

grant usage on schema "archwright", "customs" to "monolith/customs.Declaration";
grant select on "customs"."declaration" to "monolith/customs.Declaration";

-- Privileges: Routes of documents.Document

grant usage on schema "archwright", "documents" to "monolith/documents.Document";
grant select on "documents"."document" to "monolith/documents.Document";

-- Privileges: Routes of identity.Clerk

grant usage on schema "archwright", "identity" to "monolith/identity.Clerk";
grant select, insert ("email", "id", "name", "office"), update ("email", "name", "office") on "identity"."clerk" to "monolith/identity.Clerk";

-- Privileges: Routes of invoicing.Invoice

grant usage on schema "archwright", "invoicing" to "monolith/invoicing.Invoice";
grant select on "invoicing"."invoice" to "monolith/invoicing.Invoice";

-- Privileges: Routes of parties.Party

grant usage on schema "archwright", "parties" to "monolith/parties.Party";
grant select on "parties"."party" to "monolith/parties.Party";

-- Privileges: Routes of pricing.Tariff

grant usage on schema "archwright", "pricing" to "monolith/pricing.Tariff";
grant select, insert ("destination", "id", "origin", "per_kilogram", "surcharge", "valid_until"), update ("destination", "origin", "per_kilogram", "surcharge", "valid_until") on "pricing"."tariff" to "monolith/pricing.Tariff";

-- Privileges: Routes of tracking.Movement

grant usage on schema "archwright", "tracking" to "monolith/tracking.Movement";
grant select on "tracking"."movement" to "monolith/tracking.Movement";

-- Privileges: Maintenance

grant usage on schema "bookings", "customs", "documents", "identity", "invoicing", "parties", "pricing", "search", "tracking" to "monolith/maintenance";
grant select, insert, update, delete on "bookings"."booking" to "monolith/maintenance";
grant select, insert, update, delete on "customs"."declaration" to "monolith/maintenance";
grant select, insert, update, delete on "documents"."document" to "monolith/maintenance";
grant select, insert, update, delete on "identity"."clerk" to "monolith/maintenance";
grant select, insert, update, delete on "invoicing"."invoice" to "monolith/maintenance";
grant select, insert, update, delete on "parties"."party" to "monolith/maintenance";
grant select, insert, update, delete on "pricing"."tariff" to "monolith/maintenance";
grant select, insert, update, delete on "search"."search_entry" to "monolith/maintenance";
grant select, insert, update, delete on "tracking"."movement" to "monolith/maintenance";

-- Row-level security: bookings.Booking

alter table "bookings"."booking" enable row level security, force row level security;
create policy "operations" on "bookings"."booking" for all to "monolith/bookings.cancelBooking", "monolith/bookings.closeBooking", "monolith/bookings.confirmBooking", "monolith/bookings.findBookings", "monolith/bookings.getBooking", "monolith/bookings.requestBooking", "monolith/bookings.setPrice"
  using (case archwright.role()
    when 'customer' then "booking"."party" = archwright.actor()
    else archwright.role() is not null
  end)
  with check (archwright.role() is not null);
create policy "routes select" on "bookings"."booking" for select to "monolith/bookings.Booking"
  using (case archwright.role()
    when 'clerk' then true
    when 'customer' then "booking"."party" = archwright.actor()
    else false
  end);
create policy "maintenance" on "bookings"."booking" for all to "monolith/maintenance"
  using (true) with check (true);

-- Row-level security: customs.Declaration

alter table "customs"."declaration" enable row level security, force row level security;
create policy "operations" on "customs"."declaration" for all to "monolith/customs.clearDeclaration", "monolith/customs.draftDeclaration", "monolith/customs.holdDeclaration", "monolith/customs.lodgeDeclaration", "monolith/customs.submit"
  using (archwright.role() is not null)
  with check (archwright.role() is not null);
create policy "routes select" on "customs"."declaration" for select to "monolith/customs.Declaration"
  using (archwright.role() in ('clerk'));
create policy "maintenance" on "customs"."declaration" for all to "monolith/maintenance"
  using (true) with check (true);

-- Row-level security: documents.Document

alter table "documents"."document" enable row level security, force row level security;
create policy "operations" on "documents"."document" for all to "monolith/documents.draw", "monolith/documents.orderDocument"
  using (archwright.role() is not null)
  with check (archwright.role() is not null);
create policy "routes select" on "documents"."document" for select to "monolith/documents.Document"
  using (archwright.role() in ('clerk'));
create policy "maintenance" on "documents"."document" for all to "monolith/maintenance"
  using (true) with check (true);

-- Row-level security: identity.Clerk

alter table "identity"."clerk" enable row level security, force row level security;
create policy "routes select" on "identity"."clerk" for select to "monolith/identity.Clerk"
  using (case archwright.role()
    when 'chief' then true
    when 'clerk' then "clerk"."id" = archwright.actor()
    else false
  end);
create policy "routes insert" on "identity"."clerk" for insert to "monolith/identity.Clerk"
  with check (archwright.role() in ('chief'));
create policy "routes update" on "identity"."clerk" for update to "monolith/identity.Clerk"
  using (archwright.role() in ('chief'))
  with check (archwright.role() in ('chief'));
create policy "maintenance" on "identity"."clerk" for all to "monolith/maintenance"
  using (true) with check (true);

-- Row-level security: invoicing.Invoice

alter table "invoicing"."invoice" enable row level security, force row level security;
create policy "operations" on "invoicing"."invoice" for all to "monolith/invoicing.issueInvoice", "monolith/invoicing.settleInvoice"
  using (case archwright.role()
    when 'customer' then "invoice"."party" = archwright.actor()
    else archwright.role() is not null
  end)
  with check (archwright.role() is not null);
create policy "routes select" on "invoicing"."invoice" for select to "monolith/invoicing.Invoice"
  using (case archwright.role()
    when 'clerk' then true
    when 'customer' then "invoice"."party" = archwright.actor()
    else false
  end);
create policy "maintenance" on "invoicing"."invoice" for all to "monolith/maintenance"
  using (true) with check (true);

-- Row-level security: parties.Party

alter table "parties"."party" enable row level security, force row level security;
create policy "operations" on "parties"."party" for all to "monolith/parties.findParties", "monolith/parties.registerParty"
  using (case archwright.role()
    when 'customer' then "party"."id" = archwright.actor()
    else archwright.role() is not null
  end)
  with check (archwright.role() is not null);
create policy "routes select" on "parties"."party" for select to "monolith/parties.Party"
  using (case archwright.role()
    when 'clerk' then true
    when 'customer' then "party"."id" = archwright.actor()
    else false
  end);
create policy "maintenance" on "parties"."party" for all to "monolith/maintenance"
  using (true) with check (true);

-- Row-level security: pricing.Tariff

alter table "pricing"."tariff" enable row level security, force row level security;
create policy "operations" on "pricing"."tariff" for all to "monolith/pricing.quotePrice"
  using (archwright.role() is not null)
  with check (archwright.role() is not null);
create policy "routes select" on "pricing"."tariff" for select to "monolith/pricing.Tariff"
  using (archwright.role() in ('clerk'));
create policy "routes insert" on "pricing"."tariff" for insert to "monolith/pricing.Tariff"
  with check (archwright.role() in ('clerk'));
create policy "routes update" on "pricing"."tariff" for update to "monolith/pricing.Tariff"
  using (archwright.role() in ('clerk'))
  with check (archwright.role() in ('clerk'));
create policy "maintenance" on "pricing"."tariff" for all to "monolith/maintenance"
  using (true) with check (true);

-- Row-level security: search.SearchEntry

alter table "search"."search_entry" enable row level security, force row level security;
create policy "operations" on "search"."search_entry" for all to "monolith/search.putEntry", "monolith/search.searchOffice"
  using (archwright.role() is not null)
  with check (archwright.role() is not null);
create policy "maintenance" on "search"."search_entry" for all to "monolith/maintenance"
  using (true) with check (true);

-- Row-level security: tracking.Movement

alter table "tracking"."movement" enable row level security, force row level security;
create policy "operations" on "tracking"."movement" for all to "monolith/tracking.findMovements", "monolith/tracking.recordMovement", "monolith/tracking.trackBooking"
  using (archwright.role() is not null)
  with check (archwright.role() is not null);
create policy "routes select" on "tracking"."movement" for select to "monolith/tracking.Movement"
  using (archwright.role() in ('clerk'));
create policy "maintenance" on "tracking"."movement" for all to "monolith/maintenance"
  using (true) with check (true);
