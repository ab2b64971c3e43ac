import type { Block } from "./block.ts";
import { recordsOf } from "./records.ts";
import type { Section, Subject } from "./section.ts";
import { sections } from "./sections.ts";

export interface Document {
  readonly title: string;
  readonly chapters: readonly Chapter[];
  /** How each decision was taken, in the order in which they are told. */
  readonly records: readonly DecisionRecord[];
}

export interface Chapter {
  readonly id: string;
  readonly title: string;
  readonly blocks: readonly Block[];
}

/** What others call an architecture decision record: of a decision about the system, or of one rule for all the items that it is about. */
export interface DecisionRecord {
  /** `adr-broker`. */
  readonly id: string;
  /** The ids of its decisions, where there are several: they lead to this record too. */
  readonly alsoCalled: readonly string[];
  /** From 1. */
  readonly number: number;
  readonly title: string;
  /** What was chosen, in a few words. */
  readonly chosen: string;
  readonly blocks: readonly Block[];
}

export interface Wanted {
  /** Whether the data layer is designed, or taken as given. */
  readonly schema: boolean;
}

export function documentOf(subject: Subject, { schema }: Wanted, from: readonly Section[] = sections): Document {
  const wanted = from.filter(({ isSchema }) => schema || isSchema !== true);
  const chapters = wanted.map(({ id, title, tell }) => ({ id, title, blocks: tell(subject) }));
  return {
    title: subject.model.name,
    chapters: chapters.filter(({ blocks }) => blocks.length > 0),
    records: recordsOf(subject.design, { schema }),
  };
}
