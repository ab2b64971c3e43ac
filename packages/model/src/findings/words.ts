/** The named holes of a sentence: `Slots<"{from} calls {to}">` wants `from` and `to`. */
export type Slots<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? { readonly [K in Name]: string | number } & Slots<Rest>
  : unknown;

/** Fills the holes of a sentence. Forgetting one does not compile. */
export function fill<const Text extends string>(text: Text, values: Slots<Text>): string {
  const lookup = values as Record<string, string | number>; // The mapped type above has exactly these names.
  return text.replace(/\{(\w+)\}/g, (_, name: string) => String(lookup[name]));
}
