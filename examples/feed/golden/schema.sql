-- Made from the model f4f11ff6fc7b0125592d94392c118a9a23b10aa52d4e8b207908a501e5ee4d80. Change the model, not this file.
-- The database of feed.
-- Run it once, in one transaction, as a role that may create schemas and roles: psql -1 -f schema.sql
-- Requests are served by feed_app, which owns nothing, sees nothing itself, and becomes the role of each operation while that runs.

-- Roles

do $$
declare
  login constant text := 'feed_app';
  maintenance constant text := 'feed/maintenance';
  served constant text[] := array[
  'feed/graph.countFollower',
  'feed/graph.follow',
  'feed/graph.getProfile',
  'feed/graph.joinCrowd',
  'feed/graph.listFollowers',
  'feed/people.changeProfile',
  'feed/people.getUser',
  'feed/people.leave',
  'feed/posts.classify',
  'feed/posts.countLike',
  'feed/posts.getPosts',
  'feed/posts.giveLike',
  'feed/posts.publishPost',
  'feed/posts.purge',
  'feed/posts.removePost',
  'feed/posts.searchPosts',
  'feed/posts.showPost',
  'feed/timeline.deliverPost',
  'feed/timeline.getTimeline',
  'feed/timeline.forgetOld',
  'feed/graph.Follow',
  'feed/people.User',
  'feed/posts.Like',
  'feed/posts.Post',
  'feed/timeline.TimelineEntry',
  'feed/sign-up'
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
grant usage on schema archwright to "feed_app";
grant select, insert, update, delete on "archwright"."account", "archwright"."session", "archwright"."signing_key", "archwright"."idempotency", "archwright"."outbox", "archwright"."delivery", "archwright"."inbox", "archwright"."message", "archwright"."job", "archwright"."file" to "feed_app";
grant select on archwright.system to "feed_app";
create extension if not exists pg_trgm with schema archwright;
select set_config('search_path', (select pg_catalog.quote_ident(nspname) from pg_catalog.pg_extension join pg_catalog.pg_namespace on pg_namespace.oid = extnamespace where extname = 'pg_trgm'), true);

-- Context graph

create schema "graph";

-- graph.Crowd

create table "graph"."crowd" (
  "id" text collate "C" not null,
  "of" text collate "C" not null,
  "followers" bigint not null default 0,
  constraint "crowd_pkey" primary key ("id"),
  constraint "crowd_of_key" unique ("of"),
  constraint "followers_min" check ("followers" >= 0)
);
comment on table "graph"."crowd" is 'graph.Crowd.';
comment on column "graph"."crowd"."of" is 'Id of a row in people.user, which another context keeps.';

-- graph.Follow

create table "graph"."follow" (
  "id" text collate "C" not null,
  "follower" text collate "C" not null,
  "of" text collate "C" not null,
  "pair" text not null,
  "since" timestamptz(3) not null default now(),
  constraint "follow_pkey" primary key ("id"),
  constraint "follow_pair_key" unique ("pair"),
  constraint "pair_max" check (char_length("pair") <= 80)
);
comment on table "graph"."follow" is 'graph.Follow.';
comment on column "graph"."follow"."follower" is 'Id of a row in people.user, which another context keeps.';
comment on column "graph"."follow"."of" is 'Id of a row in people.user, which another context keeps.';
create index "follow_follower_id_idx" on "graph"."follow" ("follower", "id");
comment on index "graph"."follow_follower_id_idx" is 'Filter of the policy for person, in the order of the list.';
create index "follow_follower_since_idx" on "graph"."follow" ("follower", "since");
comment on index "graph"."follow_follower_since_idx" is 'The model asks for it: follower, since. Lookup by the people.User that it names.';
create index "follow_of_id_idx" on "graph"."follow" ("of", "id");
comment on index "graph"."follow_of_id_idx" is 'The model asks for it: of, id. Lookup by the people.User that it names.';

-- Context people

create schema "people";

-- people.User

create table "people"."user" (
  "id" text collate "C" not null,
  "email" text not null,
  "handle" text not null,
  "name" text not null,
  "bio" text,
  constraint "user_pkey" primary key ("id"),
  constraint "user_email_key" unique ("email"),
  constraint "user_handle_key" unique ("handle"),
  constraint "handle_min" check (char_length("handle") >= 2),
  constraint "handle_max" check (char_length("handle") <= 30),
  constraint "handle_pattern" check ("handle" collate "C" ~ '^(?:[a-z0-9_]+)$'),
  constraint "name_max" check (char_length("name") <= 60),
  constraint "bio_max" check (char_length("bio") <= 300)
);
comment on table "people"."user" is 'people.User. Personal data: email, name.';
comment on column "people"."user"."email" is 'Personal data, held for a contract, for 30 days.';
comment on column "people"."user"."name" is 'Personal data, held for a contract, for 30 days.';
create index "user_handle_search_idx" on "people"."user" using gin (lower("handle" collate "pg_c_utf8") gin_trgm_ops);
comment on index "people"."user_handle_search_idx" is 'Search for words in handle.';

-- Context posts

create schema "posts";

-- posts.Like

create table "posts"."like" (
  "id" text collate "C" not null,
  "post" text collate "C" not null,
  "by" text collate "C" not null,
  "pair" text not null,
  constraint "like_pkey" primary key ("id"),
  constraint "like_pair_key" unique ("pair"),
  constraint "pair_max" check (char_length("pair") <= 80)
);
comment on table "posts"."like" is 'posts.Like.';
comment on column "posts"."like"."by" is 'Id of a row in people.user, which another context keeps.';
create index "like_by_id_idx" on "posts"."like" ("by", "id");
comment on index "posts"."like_by_id_idx" is 'Filter of the policy for person, in the order of the list. Lookup by the people.User that it names.';
create index "like_post_idx" on "posts"."like" ("post");
comment on index "posts"."like_post_idx" is 'Foreign key to posts.Post.';

-- posts.Post

create table "posts"."post" (
  "id" text collate "C" not null,
  "author" text collate "C" not null,
  "text" text not null,
  "media" text collate "C",
  "likes" bigint not null default 0,
  "status" text not null default 'shown',
  "created_at" timestamptz(3) not null default now(),
  constraint "post_pkey" primary key ("id"),
  constraint "text_max" check (char_length("text") <= 500),
  constraint "likes_min" check ("likes" >= 0),
  constraint "status_values" check ("status" in ('shown', 'hidden', 'removed'))
);
comment on table "posts"."post" is 'posts.Post.';
comment on column "posts"."post"."author" is 'Id of a row in people.user, which another context keeps.';
comment on column "posts"."post"."media" is 'Id of a file.';
create index "post_author_created_at_idx" on "posts"."post" ("author", "created_at");
comment on index "posts"."post_author_created_at_idx" is 'The model asks for it: author, createdAt. Lookup by the people.User that it names.';
create index "post_author_id_idx" on "posts"."post" ("author", "id");
comment on index "posts"."post_author_id_idx" is 'Filter of the policy for person, in the order of the list.';
create index "post_media_idx" on "posts"."post" ("media");
comment on index "posts"."post_media_idx" is 'The row that holds a file.';
create index "post_status_created_at_id_idx" on "posts"."post" ("status", "created_at", "id");
comment on index "posts"."post_status_created_at_id_idx" is 'Filter and order of the pages of posts.searchPosts.';
create index "post_text_search_idx" on "posts"."post" using gin (lower("text" collate "pg_c_utf8") gin_trgm_ops);
comment on index "posts"."post_text_search_idx" is 'Search for words in text.';
create trigger "status_moves" before update of "status" on "posts"."post" for each row when (old."status" is distinct from new."status")
  execute function archwright.refuse_other_moves('status_moves', 'status', '{"shown":["hidden","removed"],"hidden":["shown","removed"],"removed":[]}');

-- Context timeline

create schema "timeline";

-- timeline.TimelineEntry

create table "timeline"."timeline_entry" (
  "id" text collate "C" not null,
  "reader" text collate "C" not null,
  "post" text collate "C" not null,
  "created_at" timestamptz(3) not null,
  constraint "timeline_entry_pkey" primary key ("id")
);
comment on table "timeline"."timeline_entry" is 'timeline.TimelineEntry.';
comment on column "timeline"."timeline_entry"."reader" is 'Id of a row in people.user, which another context keeps.';
comment on column "timeline"."timeline_entry"."post" is 'Id of a row in posts.post, which another context keeps.';
create index "timeline_entry_created_at_idx" on "timeline"."timeline_entry" ("created_at");
comment on index "timeline"."timeline_entry_created_at_idx" is 'The model asks for it: createdAt.';
create index "timeline_entry_post_idx" on "timeline"."timeline_entry" ("post");
comment on index "timeline"."timeline_entry_post_idx" is 'Lookup by the posts.Post that it names.';
create index "timeline_entry_reader_created_at_idx" on "timeline"."timeline_entry" ("reader", "created_at");
comment on index "timeline"."timeline_entry_reader_created_at_idx" is 'The model asks for it: reader, createdAt. Lookup by the people.User that it names.';
create index "timeline_entry_reader_id_idx" on "timeline"."timeline_entry" ("reader", "id");
comment on index "timeline"."timeline_entry_reader_id_idx" is 'Filter of the policy for person, in the order of the list.';

-- References within posts

alter table "posts"."like" add constraint "like_post_fkey" foreign key ("post") references "posts"."post" ("id");

-- Privileges: Operation graph.countFollower

grant usage on schema "archwright", "graph" to "feed/graph.countFollower";
grant select, insert, update, delete on "graph"."crowd" to "feed/graph.countFollower";

-- Privileges: Operation graph.follow

grant usage on schema "archwright", "graph" to "feed/graph.follow";
grant select, insert, update, delete on "graph"."follow" to "feed/graph.follow";

-- Privileges: Operation graph.getProfile

grant usage on schema "archwright", "graph" to "feed/graph.getProfile";
grant select on "graph"."crowd" to "feed/graph.getProfile";

-- Privileges: Operation graph.joinCrowd

grant usage on schema "archwright", "graph" to "feed/graph.joinCrowd";
grant select, update ("followers") on "graph"."crowd" to "feed/graph.joinCrowd";

-- Privileges: Operation graph.listFollowers

grant usage on schema "archwright", "graph" to "feed/graph.listFollowers";
grant select on "graph"."follow" to "feed/graph.listFollowers";

-- Privileges: Operation people.changeProfile

grant usage on schema "archwright", "people" to "feed/people.changeProfile";
grant select, update ("bio", "name") on "people"."user" to "feed/people.changeProfile";

-- Privileges: Operation people.getUser

grant usage on schema "archwright", "people" to "feed/people.getUser";
grant select on "people"."user" to "feed/people.getUser";

-- Privileges: Operation people.leave

grant usage on schema "archwright", "people" to "feed/people.leave";
grant select, delete on "people"."user" to "feed/people.leave";

-- Privileges: Operation posts.classify

grant usage on schema "archwright", "posts" to "feed/posts.classify";
grant select, insert, update, delete on "posts"."post" to "feed/posts.classify";

-- Privileges: Operation posts.countLike

grant usage on schema "archwright", "posts" to "feed/posts.countLike";
grant select, update ("likes") on "posts"."post" to "feed/posts.countLike";

-- Privileges: Operation posts.getPosts

grant usage on schema "archwright", "posts" to "feed/posts.getPosts";
grant select on "posts"."post" to "feed/posts.getPosts";

-- Privileges: Operation posts.giveLike

grant usage on schema "archwright", "posts" to "feed/posts.giveLike";
grant select, insert, update, delete on "posts"."like" to "feed/posts.giveLike";

-- Privileges: Operation posts.publishPost

grant usage on schema "archwright", "posts" to "feed/posts.publishPost";
grant insert on "posts"."post" to "feed/posts.publishPost";

-- Privileges: Operation posts.purge

grant usage on schema "archwright", "posts" to "feed/posts.purge";
grant select on "posts"."post" to "feed/posts.purge";

-- Privileges: Operation posts.removePost

grant usage on schema "archwright", "posts" to "feed/posts.removePost";
grant select, update ("status") on "posts"."post" to "feed/posts.removePost";

-- Privileges: Operation posts.searchPosts

grant usage on schema "archwright", "posts" to "feed/posts.searchPosts";
grant select on "posts"."post" to "feed/posts.searchPosts";

-- Privileges: Operation posts.showPost

grant usage on schema "archwright", "posts" to "feed/posts.showPost";
grant select, update ("status") on "posts"."post" to "feed/posts.showPost";

-- Privileges: Operation timeline.deliverPost

grant usage on schema "archwright", "timeline" to "feed/timeline.deliverPost";
grant select, insert, update, delete on "timeline"."timeline_entry" to "feed/timeline.deliverPost";

-- Privileges: Operation timeline.getTimeline

grant usage on schema "archwright", "timeline" to "feed/timeline.getTimeline";
grant select on "timeline"."timeline_entry" to "feed/timeline.getTimeline";

-- Privileges: Operation timeline.forgetOld

grant usage on schema "archwright", "timeline" to "feed/timeline.forgetOld";
grant select, delete on "timeline"."timeline_entry" to "feed/timeline.forgetOld";

-- Privileges: Routes of graph.Follow

grant usage on schema "archwright", "graph" to "feed/graph.Follow";
grant select, delete on "graph"."follow" to "feed/graph.Follow";

-- Privileges: Routes of people.User

grant usage on schema "archwright", "people" to "feed/people.User";
grant select on "people"."user" to "feed/people.User";

-- Privileges: Routes of posts.Like

grant usage on schema "archwright", "posts" to "feed/posts.Like";
grant select, delete on "posts"."like" to "feed/posts.Like";

-- Privileges: Routes of posts.Post

grant usage on schema "archwright", "posts" to "feed/posts.Post";
grant select on "posts"."post" to "feed/posts.Post";

-- Privileges: Routes of timeline.TimelineEntry

grant usage on schema "archwright", "timeline" to "feed/timeline.TimelineEntry";
grant select on "timeline"."timeline_entry" to "feed/timeline.TimelineEntry";

-- Privileges: Sign-up

grant usage on schema "people" to "feed/sign-up";
grant insert on "people"."user" to "feed/sign-up";

-- Privileges: Maintenance

grant usage on schema "graph", "people", "posts", "timeline" to "feed/maintenance";
grant select, insert, update, delete on "graph"."crowd" to "feed/maintenance";
grant select, insert, update, delete on "graph"."follow" to "feed/maintenance";
grant select, insert, update, delete on "people"."user" to "feed/maintenance";
grant select, insert, update, delete on "posts"."like" to "feed/maintenance";
grant select, insert, update, delete on "posts"."post" to "feed/maintenance";
grant select, insert, update, delete on "timeline"."timeline_entry" to "feed/maintenance";

-- Row-level security: graph.Crowd

alter table "graph"."crowd" enable row level security, force row level security;
create policy "operations" on "graph"."crowd" for all to "feed/graph.countFollower", "feed/graph.getProfile", "feed/graph.joinCrowd"
  using (archwright.role() is not null)
  with check (archwright.role() is not null);
create policy "maintenance" on "graph"."crowd" for all to "feed/maintenance"
  using (true) with check (true);

-- Row-level security: graph.Follow

alter table "graph"."follow" enable row level security, force row level security;
create policy "operations" on "graph"."follow" for all to "feed/graph.follow", "feed/graph.listFollowers"
  using (case archwright.role()
    when 'person' then "follow"."follower" = archwright.actor()
    else archwright.role() is not null
  end)
  with check (archwright.role() is not null);
create policy "routes select" on "graph"."follow" for select to "feed/graph.Follow"
  using (case archwright.role()
    when 'person' then "follow"."follower" = archwright.actor()
    else false
  end);
create policy "routes delete" on "graph"."follow" for delete to "feed/graph.Follow"
  using (case archwright.role()
    when 'person' then "follow"."follower" = archwright.actor()
    else false
  end);
create policy "maintenance" on "graph"."follow" for all to "feed/maintenance"
  using (true) with check (true);

-- Row-level security: people.User

alter table "people"."user" enable row level security, force row level security;
create policy "operations" on "people"."user" for all to "feed/people.changeProfile", "feed/people.getUser", "feed/people.leave"
  using (archwright.role() is not null)
  with check (archwright.role() is not null);
create policy "routes select" on "people"."user" for select to "feed/people.User"
  using (archwright.role() in ('moderator'));
create policy "sign-up insert" on "people"."user" for insert to "feed/sign-up"
  with check (true);
create policy "maintenance" on "people"."user" for all to "feed/maintenance"
  using (true) with check (true);

-- Row-level security: posts.Like

alter table "posts"."like" enable row level security, force row level security;
create policy "operations" on "posts"."like" for all to "feed/posts.giveLike"
  using (case archwright.role()
    when 'person' then "like"."by" = archwright.actor()
    else archwright.role() is not null
  end)
  with check (archwright.role() is not null);
create policy "routes select" on "posts"."like" for select to "feed/posts.Like"
  using (case archwright.role()
    when 'person' then "like"."by" = archwright.actor()
    else false
  end);
create policy "routes delete" on "posts"."like" for delete to "feed/posts.Like"
  using (case archwright.role()
    when 'person' then "like"."by" = archwright.actor()
    else false
  end);
create policy "maintenance" on "posts"."like" for all to "feed/maintenance"
  using (true) with check (true);

-- Row-level security: posts.Post

alter table "posts"."post" enable row level security, force row level security;
create policy "operations" on "posts"."post" for all to "feed/posts.classify", "feed/posts.countLike", "feed/posts.getPosts", "feed/posts.publishPost", "feed/posts.purge", "feed/posts.removePost", "feed/posts.searchPosts", "feed/posts.showPost"
  using (case archwright.role()
    when 'person' then ("post"."author" = archwright.actor()) or ("post"."status" = 'shown')
    else archwright.role() is not null
  end)
  with check (archwright.role() is not null);
create policy "routes select" on "posts"."post" for select to "feed/posts.Post"
  using (case archwright.role()
    when 'moderator' then true
    when 'person' then ("post"."author" = archwright.actor()) or ("post"."status" = 'shown')
    else false
  end);
create policy "maintenance" on "posts"."post" for all to "feed/maintenance"
  using (true) with check (true);

-- Row-level security: timeline.TimelineEntry

alter table "timeline"."timeline_entry" enable row level security, force row level security;
create policy "operations" on "timeline"."timeline_entry" for all to "feed/timeline.deliverPost", "feed/timeline.getTimeline", "feed/timeline.forgetOld"
  using (case archwright.role()
    when 'person' then "timeline_entry"."reader" = archwright.actor()
    else archwright.role() is not null
  end)
  with check (archwright.role() is not null);
create policy "routes select" on "timeline"."timeline_entry" for select to "feed/timeline.TimelineEntry"
  using (case archwright.role()
    when 'person' then "timeline_entry"."reader" = archwright.actor()
    else false
  end);
create policy "maintenance" on "timeline"."timeline_entry" for all to "feed/maintenance"
  using (true) with check (true);
