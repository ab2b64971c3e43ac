/** What a document is made of, as data: Markdown and HTML are two ways to show it. */
export type Block =
  | { readonly kind: "heading"; readonly level: 2 | 3 | 4; readonly text: string; readonly id?: string }
  | { readonly kind: "paragraph"; readonly text: Prose }
  | { readonly kind: "list"; readonly items: readonly Prose[]; readonly ordered?: true }
  | {
      readonly kind: "table";
      readonly head: readonly string[];
      readonly rows: readonly (readonly Prose[])[];
      /** The columns that hold numbers. */ readonly numbers?: readonly number[];
    }
  | { readonly kind: "code"; readonly language: "http" | "json" | "sql" | "typescript" | "text"; readonly text: string }
  | { readonly kind: "picture"; readonly title: string; readonly graph: Graph }
  | { readonly kind: "sequence"; readonly title: string; readonly sequence: Sequence }
  | { readonly kind: "note"; readonly tone: "good" | "warning" | "error"; readonly text: Prose };

/** Plain text, or text with parts that are code, strong, or lead somewhere else in the document. */
export type Prose = string | readonly (string | Mark)[];

export type Mark =
  | { readonly kind: "code" | "strong"; readonly text: string }
  /** To a section or a record of a decision, by its id. */
  | { readonly kind: "link"; readonly text: string; readonly to: string };

export interface Graph {
  readonly nodes: readonly {
    readonly id: string;
    readonly label: string;
    readonly shape: "box" | "store" | "person" | "outside" | "queue";
    readonly inside?: string;
  }[];
  /** Boxes around nodes, such as the edge of our system. */
  readonly groups: readonly { readonly id: string; readonly label: string; readonly isBoundary?: true }[];
  readonly edges: readonly { readonly from: string; readonly to: string; readonly label?: string; readonly line: "solid" | "dashed" }[];
}

export interface Sequence {
  readonly participants: readonly { readonly id: string; readonly label: string }[];
  readonly messages: readonly { readonly from: string; readonly to: string; readonly text: string; readonly line: "solid" | "dashed" }[];
}

export const code = (text: string): Mark => ({ kind: "code", text });
export const strong = (text: string): Mark => ({ kind: "strong", text });
export const link = (text: string, to: string): Mark => ({ kind: "link", text, to });
