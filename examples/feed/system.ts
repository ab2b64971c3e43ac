import { context, system, t, unknown } from "archwright";
import { follow, Followed, getProfile, Graph, listFollowers, People, person, User } from "./people.ts";
import { getPosts, giveLike, Post, PostPublished, PostRemoved, Posts, publishPost, searchPosts, shown } from "./posts.ts";

// timeline: the newest of those whom one follows. Written ahead for each follower, or gathered when it is read: for a celebrity's
// twenty million followers only the second is possible, for everybody else's only the first is fast enough. Two days are kept ahead.
export const Timeline = context("timeline", { owner: "feed", domain: "core", availability: "99.99%" });
export const TimelineEntry = Timeline.entity("TimelineEntry", {
  id: t.id("tle"), reader: t.ref(User).readonly(), post: t.ref(Post).readonly(), createdAt: t.time().readonly().index(),
}, {
  index: [["reader", "createdAt"]],
  expect: {
    rows: 4_000_000_000, growth: unknown("How many timelines a second do all new posts reach?", "24000/s", ["4000/s", "90000/s"]), most: 20_000,
  },
  access: [{ role: person, can: ["read", "list"], where: (row, me) => row.reader.eq(me.id) }],
});
export const getTimeline = Timeline.query("getTimeline", {
  http: "GET /timeline", allow: [person], input: { before: t.time().optional() }, returns: { posts: t.list(shown).max(50) },
  reads: [TimelineEntry], calls: [getPosts], slo: { p50: "60ms", p99: "250ms", availability: "99.99%" }, stale: "10s",
  async handle({ input, me, now, db, calls }) {
    const before = input.before ?? now;
    const entries = await db.TimelineEntry.list({ where: (row) => row.reader.eq(me.id).and(row.createdAt.below(before)), sort: "-createdAt", limit: 50 });
    return calls.getPosts({ posts: entries.map(({ post }) => ({ post })) });
  },
});
export const deliverPost = Timeline.command("deliverPost", {
  allow: "system", input: { post: t.ref(Post), author: t.ref(User), createdAt: t.time() }, writes: [TimelineEntry], calls: [listFollowers],
  idempotent: "natural",
});
Timeline.on(PostPublished, deliverPost);
Timeline.job("forgetOld", {
  every: "1h", body: ({ remove }) => remove(TimelineEntry, (row) => row.createdAt.olderThan("2d")),
});

// notifications
export const Notifications = context("notifications", { owner: "growth", domain: "supporting", availability: "99%" });
export const followed = Notifications.message("followed", {
  on: Followed, to: (event) => event.of, by: ["push"], within: "5m", optOut: true, subject: "Somebody new follows you", text: "See who it is.",
});
export const removed = Notifications.message("removed", {
  on: PostRemoved, to: (event) => event.author, by: ["email"], within: "1h",
  subject: "We have removed a post of yours", text: "It is against the rules: {post}.",
});

export default system("feed", {
  contexts: [People, Graph, Posts, Timeline, Notifications],
  users: 5_000_000, clients: ["mobile", "web"], team: 40, skills: ["java", "go", "kafka", "kubernetes"],
  budget: "120000 USD/month", region: "us", comply: ["gdpr", "soc2"], availability: "99.95%", rpo: "10s", rto: "10m", growth: "35%",
  load: [
    { on: getTimeline, mean: "12000/s", peak: "40000/s" },
    { on: publishPost, mean: "300/s", peak: unknown("How many people post in the second after a goal in a final?", "1500/s", ["600/s", "5000/s"]) },
    { on: giveLike, mean: "2000/s", peak: "9000/s" },
    { on: follow, mean: "60/s", peak: unknown("How many people follow a celebrity in the first second?", "4000/s", ["500/s", "20000/s"]) },
    { on: getProfile, mean: "1500/s", peak: "5000/s" },
    { on: searchPosts, mean: "800/s", peak: "3000/s" },
  ],
});
