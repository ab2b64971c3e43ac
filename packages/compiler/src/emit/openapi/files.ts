import {
  fileLimitsInWords,
  fileLimitsOf,
  filePrefix,
  idPattern,
  sampleId,
  uploadedFileSchema,
  type FileLimits,
  type FileRoute,
  type JsonRecord,
  type Model,
} from "@archwright/model";
import { json } from "./bodies.ts";
import { headerReferences } from "./headers.ts";
import { listedResponses } from "./problem-responses.ts";

/** Under which heading a reader finds the bytes of files. */
export const fileTag = {
  name: "uploaded-files",
  description:
    "A file is uploaded by itself, and then named by its id where a field takes one. One that nothing uses is forgotten after a day.",
};

/** The operation object of a route for the bytes of files. */
export function fileOperation(model: Model, route: FileRoute, operationId: string): JsonRecord {
  const { name, summary, status, roles, problems } = route;
  const limits = fileLimitsOf(model) ?? { maxBytes: 0, types: [] };
  const parts = name === "uploadFile" ? uploading(limits) : downloading(limits);
  return {
    tags: [fileTag.name],
    summary,
    description: parts.description,
    operationId,
    security: roles.kind === "roles" ? [{ bearer: [] }] : [],
    ...parts.request,
    responses: { [status]: parts.success, ...parts.others, ...listedResponses(problems, { field: undefined, invariant: undefined }) },
  };
}

interface Parts {
  readonly description: string;
  readonly request: JsonRecord;
  readonly success: JsonRecord;
  readonly others?: JsonRecord;
}

function uploading(limits: FileLimits): Parts {
  const location: JsonRecord = { description: "Where the file is.", schema: { type: "string" }, example: `/files/${exampleId}` };
  return {
    description: `The body is the file as it is, with its own media type: ${fileLimitsInWords(limits)}. Each field takes what it says of these. Whoever uploaded a file is the one who may use it.`,
    request: { requestBody: { required: true, content: bytesOf(limits) } },
    success: {
      description: "Kept. The id is what a field takes, within a day.",
      headers: { ...limitHeaders, Location: location },
      content: json(uploadedFileSchema, { id: exampleId, mediaType: exampleType(limits), bytes: Math.min(48_213, limits.maxBytes) }),
    },
  };
}

function downloading(limits: FileLimits): Parts {
  const etag: JsonRecord = {
    description: "Send it as `If-None-Match` to be spared the bytes.",
    schema: { type: "string" },
    example: `"${exampleId}"`,
  };
  const disposition: JsonRecord = {
    description: "Files are saved, and not shown.",
    schema: { const: "attachment" },
    example: "attachment",
  };
  const id: JsonRecord = {
    name: "id",
    in: "path",
    required: true,
    description: "The id that the upload was answered with.",
    schema: { type: "string", pattern: idPattern(filePrefix) },
    example: exampleId,
  };
  return {
    description: "For whoever uploaded the file, and for whoever may read a row that holds it. For anybody else it does not exist.",
    request: { parameters: [id] },
    success: {
      description: "The bytes of the file, with its media type.",
      headers: { ...limitHeaders, ETag: etag, "Content-Disposition": disposition },
      content: bytesOf(limits),
    },
    others: { 304: { description: "The file is the one that the caller has.", headers: { ...limitHeaders, ETag: etag } } },
  };
}

const limitHeaders = headerReferences(["X-Request-Id", "RateLimit", "RateLimit-Policy"]);
const exampleId = sampleId(filePrefix, "file");

/** Bytes have no schema of their own: what generators of clients go by is the format. */
function bytesOf({ types }: FileLimits): JsonRecord {
  return Object.fromEntries(types.map((type) => [type, { schema: { type: "string", format: "binary" } }]));
}

function exampleType({ types: [first = "*/*"] }: FileLimits): string {
  return first.startsWith("image/") ? first.replace("*", "png") : first.replace("*/*", "application/pdf").replace("/*", "/plain");
}
