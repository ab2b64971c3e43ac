import type { Step } from "@archwright/model";
import { ProblemError } from "../problem.ts";
import type { EntityTable } from "./entity-table.ts";
import { declaredError, notFound, type Frame } from "./frame.ts";

type Refused = Extract<Step, { kind: "update" | "transition" | "change" }>;

/** Why a statement found no row to change: there is none for this caller, or there is one that may not change so. Only looked up once it went wrong. */
export async function explainRefusal(step: Refused, table: EntityTable, id: unknown, frame: Frame): Promise<ProblemError> {
  const [found] = await frame.work.session.run(frame.identity, [table.get(id)]);
  const row = found?.rows[0];
  if (!row) return notFound(table.entity.name, id);
  if ("otherwise" in step && step.otherwise !== undefined) return declaredError(frame, step.otherwise);
  return new ProblemError("conflict", 409, { detail: refusalInWords(step, table, table.fromRow(row)) });
}

function refusalInWords(step: Refused, { entity }: EntityTable, row: Readonly<Record<string, unknown>>): string {
  if (step.kind === "transition") {
    const moves = Object.entries(step.to).map(([field, to]) => `"${String(row[field])}" does not lead to "${to}"`);
    return `This ${entity.name} cannot move: ${moves.join(", ")}.`;
  }
  if (step.kind === "change") return `This would take ${Object.keys(step.by).join(" and ")} of the ${entity.name} past what it may be.`;
  return `This ${entity.name} changed meanwhile.`;
}
