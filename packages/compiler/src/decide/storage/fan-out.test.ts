import { context, role, t } from "@archwright/model/language";
import { expect, test } from "vitest";
import { modelOf, sample } from "../../lint/testing.ts";
import { undecided } from "../deciding.ts";
import { verdictOf } from "../testing.ts";
import { fanOut } from "./fan-out.ts";

/** Authors who follow each other, with a feed or without. */
function circle({ feed = true, most }: { feed?: boolean; most?: number } = {}) {
  const Circle = context("circle");
  const Author = Circle.entity("Author", { id: t.id("aut"), email: t.email().pii("contract", "90d") }, { expect: { rows: 1_000_000 } });
  const author = role("author", Author, { signUp: true });
  const Follow = Circle.entity(
    "Follow",
    { id: t.id("fol"), follower: t.ref(Author), of: t.ref(Author) },
    { expect: { rows: 20_000_000, ...(most !== undefined && { most }) } },
  );
  const Post = Circle.entity("Post", { id: t.id("pst"), by: t.ref(Author), text: t.text().max(200) });
  const publish = Circle.command("publish", {
    allow: [author],
    input: { text: t.text().max(200) },
    body: ({ input, me, create }) => void create(Post, { by: me.id, text: input.text }),
  });
  const returns = { posts: t.list({ post: t.ref(Post) }).max(50) };
  const options = {
    allow: [author],
    returns,
    reads: [Follow, Post],
    slo: { p99: "200ms" },
    stale: "10s",
    handle: async () => ({ posts: [] }),
  } as const;
  const read = feed ? Circle.query("readFeed", options) : Circle.query("readOne", { ...options, reads: [Post] });
  return modelOf([Circle], {
    load: [
      { on: publish, mean: "10/s", peak: "100/s" },
      { on: read, mean: "100/s", peak: "1000/s" },
    ],
  });
}

const decide = (answers: Readonly<Record<string, number>> = {}) =>
  verdictOf(circle({ most: 10_000 }), "fan-out:circle.Follow", answers, [fanOut]);

test("a feed that is seldom read is gathered, and a post is written once", () => {
  const { chosen, options } = decide({ "circle.readFeed.peak": 1_000 });
  expect(chosen).toBe("on-read");
  // Each of a million authors has twenty followers.
  expect(options["on-read"]).toMatchObject({ writes: 100 });
  expect(options["on-write"]).toMatchObject({ writes: 100 + 100 * 20 });
  expect(options["hybrid"]).toMatchObject({ writes: 100 + 100 * 20 * 0.7 });
});

test("a feed that is read thousands of times a second is written ahead", () => {
  // 20 lookups of 0.06 ms against one read of 0.034 ms, at 0.117 for a millisecond in a second, against four hours and the lists.
  expect(decide({ "circle.readFeed.peak": 2_200 }).chosen).toBe("on-read");
  expect(decide({ "circle.readFeed.peak": 2_400 }).chosen).toBe("on-write");
});

test("a million followers cannot be written to within ten seconds", () => {
  const busy = { "circle.readFeed.peak": 20_000 };
  expect(decide({ ...busy, "circle.Follow.most": 930_000 }).chosen).toBe("on-write");
  const { chosen, options } = decide({ ...busy, "circle.Follow.most": 940_000 });
  expect(chosen).toBe("hybrid");
  expect(options["on-write"]?.ruledOutBy).toEqual(["a Post of the Author with most followers would reach the last of them too late"]);
});

test("more than six tenths of what one database takes are not written ahead", () => {
  const ruledOut = (peak: number) => decide({ "circle.publish.peak": peak }).options["on-write"]?.ruledOutBy;
  expect(ruledOut((0.6 * 156_000) / 20)).toEqual([]);
  expect(ruledOut((0.6 * 156_000) / 20 + 1)).toEqual(["every Post is written once for each follower, and one primary takes no more"]);
});

test("who follows thousands waits longer than promised", () => {
  const ruledOut = (followers: number) => decide({ "circle.Follow.followers": followers }).options["on-read"]?.ruledOutBy;
  // One in a hundred follows ten times as many as the average, and each lookup takes 0.06 ms.
  expect(ruledOut(333)).toEqual([]);
  expect(ruledOut(334)).toEqual(["who follows many would wait longer than readFeed promises"]);
});

test("how many follow the most popular is asked where the model does not say", () => {
  const open = undecided(circle(), [fanOut]);
  expect(open.sheet.formulas).toContainEqual(
    expect.objectContaining({ id: "circle.Follow.most", ground: expect.objectContaining({ kind: "assumed" }) as object }),
  );
});

test("followers without a feed, and a system without followers, have nothing to decide", () => {
  expect([...undecided(circle({ feed: false }), [fanOut]).byId.keys()]).toEqual([]);
  expect([...undecided(modelOf(sample().contexts), [fanOut]).byId.keys()]).toEqual([]);
});
