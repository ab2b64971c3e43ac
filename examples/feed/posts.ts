import { context, integration, t } from "archwright";
import { moderator, person, User } from "./people.ts";

// posts: written once, read thousands of times. What is in a picture is served by the CDN and never by us.
export const Posts = context("posts", { owner: "content", domain: "core" });
const media = t.file({ max: "50MB", types: ["image/jpeg", "image/webp", "video/mp4"] });
export const Post = Posts.entity("Post", {
  id: t.id("pst"), author: t.ref(User).readonly(), text: t.text().max(500).search(), media: media.optional(), likes: t.int().min(0).default(0),
  status: t.state({ shown: ["hidden", "removed"], hidden: ["shown", "removed"], removed: [] }), createdAt: t.time().now(),
}, {
  index: [["author", "createdAt"]], expect: { rows: 12_000_000_000, growth: "300/s", most: 400_000 },
  access: [
    { role: person, can: ["read", "list"], where: (row, me) => row.author.eq(me.id) },
    { role: person, can: ["read"], where: (row) => row.status.eq("shown") },
    { role: moderator, can: ["read", "list"] },
  ],
  accept: { "schema/policy-field-is-indexed": "a post is read by its id here, and the status of one row is looked at" },
});
export const Like = Posts.entity("Like", {
  id: t.id("lik"), post: t.ref(Post).readonly(), by: t.ref(User).readonly(), pair: t.text().max(80).unique().readonly(),
}, {
  expect: { rows: 40_000_000_000, growth: "2000/s", most: 6_000_000 },
  access: [{ role: person, can: ["read", "list", "delete"], where: (row, me) => row.by.eq(me.id) }],
});
export const PostPublished = Posts.event("PostPublished", { post: t.ref(Post), author: t.ref(User), createdAt: t.time() });
export const PostRemoved = Posts.event("PostRemoved", { post: t.ref(Post), author: t.ref(User) });
export const publishPost = Posts.command("publishPost", {
  http: "POST /posts", allow: [person], input: { text: t.text().max(500), media: media.optional() }, returns: Post, idempotent: "required",
  slo: { p99: "400ms", availability: "99.95%" },
  body: ({ input, me, create, emit }) => {
    const post = create(Post, { author: me.id, text: input.text, media: input.media });
    emit(PostPublished, { post: post.id, author: me.id, createdAt: post.createdAt });
    return post;
  },
});
export const countLike = Posts.command("countLike", {
  allow: "system", input: { post: t.ref(Post) }, body: ({ input, increase }) => void increase(Post, input.post, { likes: 1 }),
});
export const giveLike = Posts.command("giveLike", {
  http: "POST /posts/:post/like", allow: [person], input: { post: t.ref(Post) }, reads: [Like], writes: [Like], atomic: [countLike],
  idempotent: "natural", slo: { p99: "300ms" },
  async handle({ input, me, db, atomic }) {
    const pair = `${me.id}:${input.post}`;
    if (await db.Like.find({ where: (row) => row.pair.eq(pair) })) return;
    await db.Like.create({ post: input.post, by: me.id, pair });
    await atomic.countLike({ post: input.post });
  },
});
export const shown = { post: t.ref(Post), author: t.ref(User), text: t.text().max(500), media: media.optional(), likes: t.int(), createdAt: t.time() };
export const getPosts = Posts.query("getPosts", {
  allow: [person], input: { posts: t.list({ post: t.ref(Post) }).max(50) }, returns: { posts: t.list(shown).max(50) }, reads: [Post], slo: { p99: "60ms" },
  async handle({ input, db }) {
    const wanted = input.posts.map(({ post }) => post);
    const found = await db.Post.list({ where: (row) => row.id.in(wanted).and(row.status.eq("shown")), limit: 50 });
    return { posts: found.map(({ id, author, text, media: file, likes, createdAt }) => ({ post: id, author, text, media: file, likes, createdAt })) };
  },
});
export const searchPosts = Posts.query("searchPosts", {
  http: "GET /posts/search", allow: [person], input: { words: t.text().min(2).max(80) }, returns: t.page(Post), slo: { p99: "500ms" }, stale: "30s",
  body: ({ input, page }) => page(Post, { where: (row) => row.text.matches(input.words).and(row.status.eq("shown")), sort: "-createdAt" }),
});

// moderation: every post is looked at after it is out, because nobody waits two seconds to speak
export const Classifier = integration("classifier", {
  calls: {
    classifyPost: {
      input: { post: t.ref(Post), text: t.text().max(500), media: media.optional() }, returns: { forbidden: t.bool() },
      p50: "300ms", p99: "2s", limit: "2000/s", availability: "99.9%",
    },
  },
  onFailure: { timeout: "5s", retries: 0, breaker: { open: "30%", over: "30s" }, then: "fail" },
});
export const Cdn = integration("cdn", {
  calls: { purgeMedia: { input: { media }, p50: "80ms", p99: "600ms", limit: "200/s", availability: "99.99%", idempotencyKey: true } },
  onFailure: { timeout: "3s", retries: 0, then: "fail" },
});
export const removePost = Posts.command("removePost", {
  http: "POST /posts/:post/remove", allow: [moderator], input: { post: t.ref(Post) }, errors: { AlreadyRemoved: 409 },
  body: ({ input, transition, emit, fail }) => {
    const { id, author } = transition(Post, input.post, { status: "removed" }, fail("AlreadyRemoved"));
    emit(PostRemoved, { post: id, author });
  },
});
export const showPost = Posts.command("showPost", {
  http: "POST /posts/:post/show", allow: [moderator], input: { post: t.ref(Post) }, errors: { NotHidden: 409 },
  body: ({ input, transition, fail }) => void transition(Post, input.post, { status: "shown" }, fail("NotHidden")),
});
export const classify = Posts.command("classify", {
  allow: "system", input: { post: t.ref(Post) }, reads: [Post], writes: [Post], calls: [Classifier.classifyPost], idempotent: "natural",
  async handle({ input, db, calls }) {
    const { id, text, media: file, status } = await db.Post.get(input.post);
    if (status !== "shown") return;
    const { forbidden } = await calls.classifyPost({ post: id, text, media: file });
    if (forbidden) await db.Post.transition(id, { status: "hidden" });
  },
});
export const purge = Posts.command("purge", {
  allow: "system", input: { post: t.ref(Post) }, reads: [Post], calls: [Cdn.purgeMedia], idempotent: "natural",
  async handle({ input, db, calls }) {
    const { media: file } = await db.Post.get(input.post);
    if (file) await calls.purgeMedia({ media: file });
  },
});
Posts.on(PostPublished, classify, (event) => ({ post: event.post }));
Posts.on(PostRemoved, purge, (event) => ({ post: event.post }));
