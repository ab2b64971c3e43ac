import { nearest, type Accepted, type Finding, type Model } from "@archwright/model";
import type { RuleWords } from "./rule.ts";

/** An item says that it lives with a finding, and why. */
export interface Acceptance {
  /** The path of the item that says so. */
  readonly holder: string;
  readonly code: string;
  readonly reason: string;
}

/** What there is to say of the acceptances themselves. They are listed beside the rules, and cannot be accepted. */
export const acceptanceRules = {
  reason: {
    code: "accept/has-a-reason",
    severity: "error",
    message: "{holder} accepts {code} without a reason.",
    why: "Whoever reads this next year cannot tell whether the reason still holds.",
    fix: "Write why {code} does no harm here.",
  },
  known: {
    code: "accept/names-a-check",
    severity: "error",
    message: 'There is no check "{code}", which {holder} accepts.',
    why: "It accepts nothing, while its author believes that it does.",
    fix: "Write the code of a check{meant}, or take it out.",
  },
  needed: {
    code: "accept/is-needed",
    severity: "info",
    message: "{holder} accepts {code}, which has nothing to report there.",
    why: "An acceptance that is left behind hides the next finding of its kind.",
    fix: "Take it out.",
  },
} as const satisfies { readonly [subject: string]: RuleWords };

export function acceptancesOf(model: Model): readonly Acceptance[] {
  return holdersOf(model).flatMap(({ path, accept }) => Object.entries(accept).map(([code, reason]) => ({ holder: path, code, reason })));
}

interface Judgement {
  /** The findings that nobody accepts. */
  readonly kept: readonly Finding[];
  readonly words: readonly { readonly rule: RuleWords; readonly at: string; readonly slots: { readonly [slot: string]: string } }[];
}

/** @param codes Those of the rules that were run, and of all that there are. */
export function judgeAcceptances(
  found: readonly Finding[],
  acceptances: readonly Acceptance[],
  codes: { readonly run: ReadonlySet<string>; readonly known: ReadonlySet<string> },
  model: Model,
): Judgement {
  if (acceptances.length === 0) return { kept: found, words: [] };
  const holderOf = holderFinder(model);
  const reasoned = new Set(acceptances.filter(({ reason }) => reason.trim() !== "").map(keyOf));
  const keyOfFinding = ({ item, code }: Finding): string => keyOf({ holder: holderOf(item), code });
  const used = new Set(found.map(keyOfFinding));
  return {
    kept: found.filter((finding) => !reasoned.has(keyOfFinding(finding))),
    words: acceptances.flatMap((acceptance) => {
      const { holder, code } = acceptance;
      const say = (rule: RuleWords, slots: { readonly [slot: string]: string } = {}) => [
        { rule, at: holder, slots: { holder, code, ...slots } },
      ];
      if (!codes.known.has(code)) return say(acceptanceRules.known, { meant: meantBy(code, codes.known) });
      if (!reasoned.has(keyOf(acceptance))) return say(acceptanceRules.reason);
      return codes.run.has(code) && !used.has(keyOf(acceptance)) ? say(acceptanceRules.needed) : [];
    }),
  };
}

const keyOf = ({ holder, code }: Pick<Acceptance, "holder" | "code">): string => `${holder}\n${code}`;

function meantBy(code: string, known: ReadonlySet<string>): string {
  const codes = [...known];
  // The name of a check says more than its area.
  const meant = codes.find((one) => one.endsWith(`/${code.slice(code.lastIndexOf("/") + 1)}`)) ?? nearest(code, codes);
  return meant === undefined ? "" : `, such as ${meant}`;
}

interface Holder {
  readonly path: string;
  readonly accept: Accepted;
}

function holdersOf(model: Model): readonly Holder[] {
  const { contexts, integrations, entities, operations, jobs, events, requirements, name } = model;
  return [
    { path: name, accept: requirements.accept },
    ...[...contexts, ...integrations].map((item) => ({ path: item.name, accept: item.accept })),
    ...[...entities, ...operations, ...jobs, ...events].map((item) => ({ path: item.id, accept: item.accept })),
  ].filter(({ accept }) => Object.keys(accept).length > 0);
}

/**
 * Who may accept a finding: the item that it is about, and for a field or an access rule the item around it. What cannot say `accept`
 * leaves it to its context (events, messages, reactions), its integration (calls, webhooks) or the system (roles).
 */
function holderFinder({
  name,
  contexts,
  integrations,
  entities,
  operations,
  jobs,
  events,
  messages,
  reactions,
}: Model): (path: string) => string {
  const holders = new Map<string, string>([
    [name, name],
    ...[...contexts, ...integrations].map((item) => [item.name, item.name] as const),
    ...events.map(
      ({ id, context, integration = name, accept }) => [id, Object.keys(accept).length > 0 ? id : (context ?? integration)] as const,
    ),
    ...[...messages, ...reactions].map(({ id, context }) => [id, context] as const),
    ...[...entities, ...operations, ...jobs].map(({ id }) => [id, id] as const),
  ]);
  return (path) => {
    for (let known = path; known !== ""; known = known.slice(0, Math.max(0, known.lastIndexOf(".")))) {
      const holder = holders.get(known);
      if (holder !== undefined) return holder;
    }
    return name;
  };
}
