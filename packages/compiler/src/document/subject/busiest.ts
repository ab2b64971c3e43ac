import type { Fact, Operation } from "@archwright/model";
import type { Subject } from "../section.ts";

/** The command with the greatest peak that somebody outside runs; the first where nothing is known of the load. */
export function busiestCommand({ model, design }: Subject): { readonly operation: Operation; readonly peak: Fact | undefined } | undefined {
  const commands = model.operations.filter(({ kind, allow }) => kind === "command" && allow.kind !== "system");
  const peakOf = ({ id }: Operation): Fact | undefined => design.facts[`${id}.peak`] ?? design.facts[`${id}.mean`];
  const [first] = [...commands].sort((left, right) => (peakOf(right)?.value ?? 0) - (peakOf(left)?.value ?? 0));
  return first && { operation: first, peak: peakOf(first) };
}
