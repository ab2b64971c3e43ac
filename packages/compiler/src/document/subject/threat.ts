import type { Part } from "./prose.ts";

/** The six kinds that STRIDE asks about at every crossing. */
export type ThreatKind =
  | "Spoofing"
  | "Tampering"
  | "Repudiation"
  | "Information disclosure"
  | "Denial of service"
  | "Elevation of privilege";

export interface Threat {
  readonly kind: ThreatKind;
  readonly threat: Part;
  /** What the model or the design has against it. */
  readonly answer: Part;
  /** What it lacks; nothing where the answer suffices. */
  readonly lacks?: Part;
}

/** A boundary that data cross, and what may happen there. */
export interface Boundary {
  readonly id: string;
  readonly title: string;
  readonly threats: readonly Threat[];
}
