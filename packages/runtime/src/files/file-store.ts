import { entitiesWithFiles, entityRole, filePrefix, maySee, type Model } from "@archwright/model";
import type { Pool } from "../database/pool.ts";
import { newId } from "../execution/identifier.ts";
import type { Caller } from "../execution/seams.ts";
import { infrastructure, TransactionSession } from "../execution/session.ts";
import { heldFiles } from "./held-files.ts";

/** A file without its bytes. */
export interface StoredFile {
  readonly id: string;
  readonly mediaType: string;
  readonly bytes: number;
}

export interface FileStore {
  keep(content: Buffer, mediaType: string, caller: Caller, now: Date): Promise<StoredFile>;
  /** The file, if the caller uploaded it or may read a row that holds it. */
  find(id: string, caller: Caller): Promise<StoredFile | undefined>;
  /** A part at a time, and no connection while the reader is slow. */
  contentOf(file: StoredFile): AsyncGenerator<Buffer, void>;
}

/** Files as rows of the database: they are in its backups, and gone with it. */
export function createFileStore(model: Model, pool: Pool): FileStore {
  const holders = entitiesWithFiles(model);
  return {
    async keep(content, mediaType, caller, now) {
      const file: StoredFile = { id: newId(filePrefix, now.getTime()), mediaType, bytes: content.length };
      const values = [file.id, mediaType, file.bytes, content, caller.id];
      await pool.transaction((transaction) => transaction.commit([{ text: insertText, values }]));
      return file;
    },
    async find(id, caller) {
      const asked = holders.filter((entity) => maySee(entity, caller.role));
      const rows = asked.map((entity) => [{ databaseRole: entityRole(model.name, entity.id), caller }, [heldFiles(entity, [id])]] as const);
      const upload = [infrastructure, [{ text: findText, values: [id, caller.id] }]] as const;
      const [[uploads] = [], ...held] = await pool.transaction(
        (transaction) => new TransactionSession(transaction).runEach([upload, ...rows]),
        { readOnly: true },
      );
      const found = uploads?.rows[0];
      if (!found || !(found["own"] === true || held.some(([result]) => result !== undefined && result.rowCount > 0))) return undefined;
      return { id, mediaType: String(found["media_type"]), bytes: Number(found["bytes"]) };
    },
    async *contentOf({ id, bytes }) {
      for (let from = 1; from <= bytes; from += partBytes) {
        const [result] = await pool.read([{ text: partText, values: [id, from, partBytes] }]);
        const part = result?.rows[0]?.["part"];
        if (!Buffer.isBuffer(part)) throw new Error(`The file ${id} went away while it was read.`);
        yield part;
      }
    },
  };
}

const partBytes = 262_144;
const insertText = "insert into archwright.file (id, media_type, bytes, content, uploaded_by) values ($1, $2, $3, $4, $5)";
const findText = "select media_type, bytes, uploaded_by is not distinct from $2 as own from archwright.file where id = $1";
const partText = "select substring(content from $2 for $3) as part from archwright.file where id = $1";
