import { entityRole, fileLimitsInWords, isOfTypes, type Entity } from "@archwright/model";
import type { Row, Statement } from "../database/batch.ts";
import type { Caller } from "../execution/seams.ts";
import { infrastructure, type Identity } from "../execution/session.ts";
import { ProblemError, type InvalidField } from "../problem.ts";
import type { NamedFile } from "./files-in-values.ts";
import { heldFiles } from "./held-files.ts";

/** One question to the database, and what follows from its answer. */
export interface FileLook {
  readonly identity: Identity;
  readonly statement: Statement;
  /** @throws ProblemError invalid-input with each place that names a file which may not be there. */
  accept(rows: readonly Row[]): void;
}

/** The row that a change is for: what it holds already it may hold again, whoever uploaded it. */
export interface ChangedRow {
  readonly entity: Entity;
  readonly id: string;
}

/**
 * A caller may use what he uploaded, and nobody else's files: who may put an id into a row of his own may download it. The system has no
 * uploads; what it is given comes from events, whose files were checked when they came in.
 */
export function fileLooks(named: readonly NamedFile[], caller: Caller, system: string, changed?: ChangedRow): readonly FileLook[] {
  if (named.length === 0) return [];
  const ids = [...new Set(named.map(({ id }) => id))];
  const held = new Set<unknown>();
  const uploads: FileLook = {
    identity: infrastructure,
    statement: { text: uploadsText, values: [ids, caller.id, caller.role === "system"] },
    accept: (rows) =>
      assertFit(
        named.filter(({ id }) => !held.has(id)),
        rows,
      ),
  };
  if (!changed) return [uploads];
  const holding: FileLook = {
    identity: { databaseRole: entityRole(system, changed.entity.id), caller },
    statement: heldFiles(changed.entity, ids, changed.id),
    accept: (rows) => rows.forEach(({ file }) => held.add(file)),
  };
  return [holding, uploads];
}

/** What commits with the rows that name files: from now on they are kept. */
export function keepFiles(named: readonly NamedFile[]): readonly Statement[] {
  if (named.length === 0) return [];
  const ids = [...new Set(named.map(({ id }) => id))].sort();
  return [{ text: "update archwright.file set used_at = now() where id = any($1) and used_at is null", values: [ids] }];
}

// An hour before it is forgotten an unused file is no longer there to be used, so that none goes between its check and its commit.
const uploadsText = `select id, media_type, bytes from archwright.file
  where id = any($1) and (uploaded_by is not distinct from $2 or $3) and (used_at is not null or created_at > now() - interval '23 hours')`;

function assertFit(named: readonly NamedFile[], rows: readonly Row[]): void {
  const uploads = new Map(rows.map((row) => [row["id"], row]));
  const faults = named.flatMap(({ path, id, field }): readonly InvalidField[] => {
    const wanted = `must be the id of a file that you uploaded: ${fileLimitsInWords(field)}`;
    const row = uploads.get(id);
    if (!row) return [{ path, message: wanted }];
    const [mediaType, bytes] = [String(row["media_type"]), Number(row["bytes"])];
    const fits = isOfTypes(mediaType, field.types) && bytes <= field.maxBytes;
    return fits ? [] : [{ path, message: `${wanted}; this one is ${mediaType}, of ${bytes} bytes` }];
  });
  const [first, ...others] = faults;
  if (!first) return;
  const place = `${first.path} ${first.message}.`;
  throw new ProblemError("invalid-input", 400, {
    detail: others.length === 0 ? place : `${place} And ${others.length} more.`,
    fields: faults,
  });
}
