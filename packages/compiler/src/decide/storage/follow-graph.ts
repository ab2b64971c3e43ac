import { wordsOf, type Entity, type Operation } from "@archwright/model";
import type { Facts } from "../../facts/facts.ts";
import { wordSet } from "../../facts/word-set.ts";

/** Actors that follow each other, and the query that shows one of them what those whom it follows have made. */
export interface FollowGraph {
  /** Its rows say who follows whom. */
  readonly edge: Entity;
  readonly actor: Entity;
  readonly feed: Operation;
  /** What the feed shows. */
  readonly post: Entity;
  /** Operations that make posts. */
  readonly posters: readonly string[];
}

/** One for each entity that names the same actor twice, where there is a feed to go with it. */
export function followGraphs(facts: Facts): readonly FollowGraph[] {
  const { model, items } = facts;
  const actors = new Set(model.roles.map(({ actor }) => actor));
  return model.entities.flatMap((edge): readonly FollowGraph[] => {
    const named = edge.fields.flatMap((field) => (field.kind === "ref" && actors.has(field.entity) ? [field.entity] : []));
    const twice = named.find((id, index) => named.indexOf(id) !== index);
    const actor = items.entities.get(twice ?? "");
    if (!actor) return [];
    const feeds = model.operations.filter((operation) => isFeed(operation, edge));
    return feeds.flatMap((feed) => postsOf(facts, feed, edge, actor).map((post) => ({ edge, actor, feed, ...post }))).slice(0, 1);
  });
}

/** By its name, or because it reads who follows whom together with something else. */
function isFeed({ kind, allow, name, reads }: Operation, edge: Entity): boolean {
  if (kind !== "query" || allow.kind === "system") return false;
  return wordsOf(name).some((word) => feedWords.has(word)) || (reads.includes(edge.id) && reads.length > 1);
}

const feedWords = wordSet(`
  feed timeline stream news home wall
`);

type Posts = Pick<FollowGraph, "post" | "posters">;

/** What an actor makes, and the feed reads by itself or by those whom it asks; not what is kept only to find it. */
function postsOf({ items, calls, useOf }: Facts, feed: Operation, edge: Entity, actor: Entity): readonly Posts[] {
  const asked = calls.calleesWithin(feed.id).flatMap((callee) => (callee.kind === "operation" ? callee.operation : []));
  const read = new Set([feed, ...asked].flatMap(({ reads }) => reads));
  const candidates = [...read].flatMap((id) => {
    const entity = items.entities.get(id);
    return entity && id !== edge.id && id !== actor.id && names(entity, actor.id) ? [entity] : [];
  });
  const posts = candidates.filter((entity) => !candidates.some((other) => other !== entity && names(entity, other.id)));
  return posts.flatMap((post) => {
    const { creators, opaqueWriters } = useOf(post.id);
    const posters = (creators.length > 0 ? creators : opaqueWriters).filter((id) => items.operations.has(id));
    return posters.length > 0 ? [{ post, posters }] : [];
  });
}

const names = ({ fields }: Entity, entity: string): boolean => fields.some((field) => field.kind === "ref" && field.entity === entity);
