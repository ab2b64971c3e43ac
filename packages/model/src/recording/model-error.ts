import type { Origin } from "../model/model.ts";
import { originOf, type Place } from "./origin.ts";

export interface ModelErrorWords {
  readonly code: string;
  readonly message: string;
  readonly why: string;
  readonly fix: string;
}

/** A model that cannot be recorded: the author's mistake, at his line. */
export class ModelError extends Error {
  readonly code: string;
  readonly why: string;
  readonly fix: string;
  readonly at: readonly Origin[];

  constructor(words: ModelErrorWords, places: readonly Place[]) {
    super(words.message);
    this.name = "ModelError";
    this.code = words.code;
    this.why = words.why;
    this.fix = words.fix;
    this.at = places.map(originOf).filter((origin) => origin !== undefined);
  }
}
