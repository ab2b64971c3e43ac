import type { Design, Model } from "@archwright/model";
import type { Facts } from "../facts/facts.ts";
import type { Block } from "./block.ts";

/** A chapter of the document that an architect hands over. One file, one line in `sections.ts`. */
export interface Section {
  /** As it is linked to, and the name of its file: `service-boundaries`. */
  readonly id: string;
  readonly title: string;
  /** Whether it designs the data layer, and is left out where that is given. */
  readonly isSchema?: true;
  /** Nothing where the model gives nothing to say: an empty chapter would be boilerplate. */
  readonly tell: (subject: Subject) => readonly Block[];
}

/** What a document is about. */
export interface Subject {
  readonly model: Model;
  readonly facts: Facts;
  readonly design: Design;
  /** What stands today, where the document is about the way from there. */
  readonly current?: { readonly model: Model; readonly design: Design };
}
