import type { Field, FieldOf } from "../model/field.ts";
import type { Allow, Entity, Model } from "../model/model.ts";
import { readRule } from "../relational/access.ts";
import type { ProblemCode } from "./errors.ts";
import { filePrefix, idPattern, type JsonSchema } from "./field-schema.ts";

/** A route for the bytes of files. Only a model with a field for them has these. */
export interface FileRoute {
  readonly name: "uploadFile" | "downloadFile";
  readonly method: "POST" | "GET";
  readonly path: string;
  readonly summary: string;
  /** What it answers with when all is well. */
  readonly status: 200 | 201;
  readonly roles: Allow;
  readonly problems: readonly ProblemCode[];
}

export function fileRoutesOf(model: Model): readonly FileRoute[] {
  if (!fileLimitsOf(model)) return [];
  const roles: Allow = model.roles.length === 0 ? { kind: "anyone" } : { kind: "roles", roles: model.roles.map(({ name }) => name) };
  const signedIn: readonly ProblemCode[] = roles.kind === "roles" ? ["unauthenticated"] : [];
  const always: readonly ProblemCode[] = ["too-many-requests", "internal", "unavailable", "timeout"];
  return [
    {
      ...words.uploadFile,
      status: 201,
      roles,
      problems: ["invalid-input", ...signedIn, "payload-too-large", "unsupported-media-type", ...always],
    },
    { ...words.downloadFile, status: 200, roles, problems: [...signedIn, "not-found", ...always] },
  ];
}

const words = {
  uploadFile: { name: "uploadFile", method: "POST", path: "/files", summary: "Upload a file" },
  downloadFile: { name: "downloadFile", method: "GET", path: "/files/:id", summary: "Download a file" },
} as const;

/** What a file may be, for a field or for all of them. */
export interface FileLimits {
  readonly maxBytes: number;
  /** `application/pdf`, or all of a kind: `image/*`. */
  readonly types: readonly string[];
}

/** What any field of the model takes: nobody knows which one an upload is for. Undefined where no field takes files. */
export function fileLimitsOf(model: Model): FileLimits | undefined {
  const fields = [...model.entities.map((entity) => entity.fields), ...model.operations.map(({ input }) => input)].flatMap(
    fileFieldsWithin,
  );
  if (fields.length === 0) return undefined;
  return {
    maxBytes: Math.max(...fields.map(({ maxBytes }) => maxBytes)),
    types: [...new Set(fields.flatMap(({ types }) => types))].sort(),
  };
}

/** The fields that hold a file, however deep. */
export function fileFieldsWithin(fields: readonly Field[]): readonly FieldOf<"file">[] {
  return fields.flatMap((field) => {
    if (field.kind === "file") return [field];
    return field.kind === "json" || field.kind === "list" ? fileFieldsWithin(field.fields) : [];
  });
}

export function entitiesWithFiles({ entities }: Model): readonly Entity[] {
  return entities.filter(({ fields }) => fileFieldsWithin(fields).length > 0);
}

/** Whether the access rules show the role any row. */
export function maySee(entity: Entity, role: string): boolean {
  const rule = readRule(entity, role);
  return rule !== "none" && rule !== "silent";
}

/** `image/png` is of the types `image/*`. Media types know no case. */
export function isOfTypes(mediaType: string, types: readonly string[]): boolean {
  const given = mediaType.toLowerCase();
  return types
    .map((type) => type.toLowerCase())
    .some((type) => type === given || type === "*/*" || (type.endsWith("/*") && given.startsWith(type.slice(0, -1))));
}

/** "application/pdf or image/*, of at most 5 MB". */
export function fileLimitsInWords({ maxBytes, types }: FileLimits): string {
  return `${types.join(" or ")}, of at most ${sizeInWords(maxBytes)}`;
}

export function sizeInWords(bytes: number): string {
  if (bytes < 1_000) return `${bytes} ${bytes === 1 ? "byte" : "bytes"}`;
  return bytes < 1_000_000 ? `${Math.floor(bytes / 10) / 100} kB` : `${Math.floor(bytes / 10_000) / 100} MB`;
}

/** What an upload is answered with. */
export const uploadedFileSchema: JsonSchema = {
  type: "object",
  properties: {
    id: { type: "string", pattern: idPattern(filePrefix), description: "What a field of a file takes." },
    mediaType: { type: "string" },
    bytes: { type: "integer", minimum: 1 },
  },
  required: ["id", "mediaType", "bytes"],
};
