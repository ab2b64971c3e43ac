import type { Model } from "@archwright/model";

/** One file that a model means. */
export interface Artefact {
  /** Below the folder of the artefacts, with forward slashes. */
  readonly path: string;
  readonly mediaType: string;
  readonly text: string;
}

/** What an artefact says of the model that it was made from. */
export interface Stamp {
  readonly hash: string;
}

export interface Emitter {
  readonly name: string;
  readonly title: string;
  emit(model: Model, stamp: Stamp): readonly Artefact[];
}
