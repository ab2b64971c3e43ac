import type { Deciding, Undecided } from "../decide/deciding.ts";
import { rounded } from "./figures.ts";
import { chosenOf, valueOf, type State } from "./state.ts";

/** How two states of one design, or the designs of two models, differ. */
export interface Difference {
  readonly changes: readonly ChangedDecision[];
  /** Decisions that only the second, or only the first, has to take. */
  readonly added: readonly string[];
  readonly removed: readonly string[];
  /** The hard constraints that the second breaks and the first does not: what nothing fits any more, or was forced to. */
  readonly breaks: readonly { readonly decision: string; readonly because: string }[];
  readonly bill: readonly [from: number, to: number];
  readonly hours: readonly [from: number, to: number];
  readonly availability: readonly [from: number, to: number];
}

export interface ChangedDecision {
  readonly decision: string;
  readonly question: string;
  readonly from: string;
  readonly to: string;
  readonly because: string;
}

export function differenceOf(from: State, to: State): Difference {
  const before = new Map(from.open.decisions.map((deciding) => [deciding.id, deciding]));
  const changes = to.open.decisions.flatMap((deciding) => {
    const earlier = before.get(deciding.id);
    return earlier ? changedDecision(from, earlier, to, deciding) : [];
  });
  const broken = new Set(brokenIn(from).map(({ decision, because }) => `${decision}: ${because}`));
  return {
    changes,
    breaks: brokenIn(to).filter(({ decision, because }) => !broken.has(`${decision}: ${because}`)),
    added: to.open.decisions.flatMap(({ id }) => (before.has(id) ? [] : [id])),
    removed: from.open.decisions.flatMap(({ id }) => (to.open.byId.has(id) ? [] : [id])),
    bill: both((state) => state.open.totals.cost),
    hours: both((state) => state.open.totals.hours),
    availability: both((state) => state.open.totals.availability),
  };

  function both(of: (state: { readonly open: Undecided }) => Parameters<typeof valueOf>[1]): readonly [number, number] {
    return [rounded(valueOf(from, of(from))), rounded(valueOf(to, of(to)))];
  }
}

function brokenIn(state: State): Difference["breaks"] {
  return state.open.decisions.flatMap((deciding) =>
    (chosenOf(state, deciding).option.needs ?? []).flatMap(({ left, right, because }) =>
      valueOf(state, left) > valueOf(state, right) ? [{ decision: deciding.id, because }] : [],
    ),
  );
}

function changedDecision(from: State, earlier: Deciding, to: State, later: Deciding): readonly ChangedDecision[] {
  const [was, is] = [chosenOf(from, earlier).option, chosenOf(to, later).option];
  if (was.id === is.id) return [];
  const broken = (later.options.find(({ option }) => option.id === was.id)?.option.needs ?? []).find(
    ({ left, right }) => valueOf(to, left) > valueOf(to, right),
  );
  return [
    {
      decision: later.id,
      question: later.proposal.question ?? later.rule.question,
      from: was.id,
      to: is.id,
      because: broken?.because ?? is.because,
    },
  ];
}
