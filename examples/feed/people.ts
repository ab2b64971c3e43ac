import { context, role, t } from "archwright";

// people: thirty million accounts were ever made, five million of them are used in a month
export const People = context("people", { owner: "identity", domain: "generic" });
const profile = { name: t.text().max(60).pii("contract", "30d"), bio: t.text().max(300).optional() };
export const User = People.entity("User", {
  id: t.id("usr"), email: t.email().unique().pii("contract", "30d"), handle: t.text().min(2).max(30).pattern(/[a-z0-9_]+/).unique().search(),
  ...profile,
}, { expect: { rows: 30_000_000, growth: "9000/day" } });
export const person = role("person", User, { signUp: true }), moderator = role("moderator");
People.access(User, [{ role: moderator, can: ["read", "list"] }]);
export const changeProfile = People.command("changeProfile", {
  http: "PUT /profiles/mine", allow: [person], input: profile, body: ({ input, me, update }) => void update(User, me.id, input),
});
export const leave = People.command("leave", { http: "DELETE /profiles/mine", allow: [person], body: ({ me, remove }) => remove(User, me.id) });
export const getUser = People.query("getUser", {
  http: "GET /users/:user/name", allow: [person], input: { user: t.ref(User) }, returns: { handle: t.text(), ...profile }, slo: { p99: "40ms" },
  body: ({ input, get }) => {
    const { handle, name, bio } = get(User, input.user);
    return { handle, name, bio };
  },
});

// graph: who follows whom. Most have a dozen followers; the one whom most follow has two thirds of all accounts.
export const Graph = context("graph", { owner: "feed", domain: "core" });
export const Follow = Graph.entity("Follow", {
  id: t.id("fol"), follower: t.ref(User).readonly(), of: t.ref(User).readonly(), pair: t.text().max(80).unique().readonly(), since: t.time().now(),
}, {
  index: [["of", "id"], ["follower", "since"]], expect: { rows: 400_000_000, growth: "60/s", most: 20_000_000 },
  access: [{ role: person, can: ["read", "list", "delete"], where: (row, me) => row.follower.eq(me.id) }],
});
export const Followed = Graph.event("Followed", { of: t.ref(User), follower: t.ref(User) });
export const follow = Graph.command("follow", {
  http: "POST /users/:user/follow", allow: [person], input: { user: t.ref(User) }, slo: { p99: "300ms" },
  reads: [Follow], writes: [Follow], emits: [Followed], idempotent: "natural",
  async handle({ input, me, db, emit }) {
    const pair = `${me.id}:${input.user}`;
    if (await db.Follow.find({ where: (row) => row.pair.eq(pair) })) return;
    await db.Follow.create({ follower: me.id, of: input.user, pair });
    emit(Followed, { of: input.user, follower: me.id });
  },
});
export const listFollowers = Graph.query("listFollowers", {
  allow: "system", input: { user: t.ref(User), after: t.text().max(200).optional() }, reads: [Follow],
  returns: { followers: t.list({ follower: t.ref(User) }).max(1_000), next: t.text().max(200).optional() },
  async handle({ input, db }) {
    const { items, next } = await db.Follow.page({ where: (row) => row.of.eq(input.user), sort: "id", limit: 1_000 }, input.after ?? undefined);
    return { followers: items.map(({ follower }) => ({ follower })), next };
  },
});
// Counted apart, because nobody counts twenty million rows to show one number.
export const Crowd = Graph.entity("Crowd", {
  id: t.id("crw"), of: t.ref(User).unique().readonly(), followers: t.int().min(0).default(0),
}, { expect: { rows: 30_000_000, growth: "9000/day" } });
export const joinCrowd = Graph.command("joinCrowd", {
  allow: "system", input: { crowd: t.ref(Crowd) }, body: ({ input, increase }) => void increase(Crowd, input.crowd, { followers: 1 }),
});
export const countFollower = Graph.command("countFollower", {
  allow: "system", input: { of: t.ref(User) }, reads: [Crowd], writes: [Crowd], atomic: [joinCrowd],
  async handle({ input, db, atomic }) {
    const crowd = await db.Crowd.find({ where: (row) => row.of.eq(input.of) });
    if (crowd) await atomic.joinCrowd({ crowd: crowd.id });
    else await db.Crowd.create({ of: input.of, followers: 1 });
  },
});
Graph.on(Followed, countFollower, (event) => ({ of: event.of }));
export const getProfile = Graph.query("getProfile", {
  http: "GET /profiles/:user", allow: [person], input: { user: t.ref(User) }, returns: { handle: t.text(), ...profile, followers: t.int() },
  reads: [Crowd], calls: [getUser], slo: { p99: "150ms" }, stale: "1m",
  async handle({ input, db, calls }) {
    const crowd = await db.Crowd.find({ where: (row) => row.of.eq(input.user) });
    return { ...(await calls.getUser(input)), followers: crowd?.followers ?? 0 };
  },
});
