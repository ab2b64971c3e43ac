import type { Field, FieldOf } from "@archwright/model";

/** A file that values name, and where: `scans.2.page`. */
export interface NamedFile {
  readonly path: string;
  readonly id: string;
  readonly field: FieldOf<"file">;
}

/** Every file that the values of these fields name, however deep. */
export function filesIn(fields: readonly Field[], values: Readonly<Record<string, unknown>>, before = ""): readonly NamedFile[] {
  return fields.flatMap((field) => {
    const value = values[field.name];
    const path = `${before}${field.name}`;
    if (field.kind === "file") return typeof value === "string" ? [{ path, id: value, field }] : [];
    if (field.kind === "json") return isRecord(value) ? filesIn(field.fields, value, `${path}.`) : [];
    if (field.kind !== "list" || !Array.isArray(value)) return [];
    return value.flatMap((item: unknown, index) => (isRecord(item) ? filesIn(field.fields, item, `${path}.${index}.`) : []));
  });
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
