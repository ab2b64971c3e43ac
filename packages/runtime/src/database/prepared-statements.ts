import { createHash } from "node:crypto";
import type { Connection } from "pg";
import type { ParseText } from "./column-type.ts";

export interface Column {
  readonly name: string;
  readonly parse: ParseText;
}

export interface Prepared {
  readonly key: string;
  readonly name: string;
  readonly text: string;
  /** What the server described when it parsed the statement; none for a statement without rows. */
  columns: readonly Column[];
}

/** Above this many the longest unused statements of a connection are closed. Each costs the server a few kilobytes to some hundred. */
export const preparedPerConnectionMax = 256;

const byConnection = new WeakMap<Connection, PreparedStatements>();

export function preparedStatements(connection: Connection): PreparedStatements {
  let known = byConnection.get(connection);
  if (known === undefined) {
    known = new PreparedStatements(connection);
    byConnection.set(connection, known);
  }
  return known;
}

/** What one connection has prepared. A Map keeps insertion order, which makes it a least-recently-used list. */
export class PreparedStatements {
  readonly #byKey = new Map<string, Prepared>();
  readonly #unconfirmed: Prepared[] = [];
  readonly #closing: string[] = [];

  constructor(connection: Connection) {
    connection.on("parseComplete", () => this.#unconfirmed.shift());
  }

  get size(): number {
    return this.#byKey.size;
  }

  /** The statement to bind, and whether it has to be parsed before. */
  take(text: string, givenName: string | undefined): { readonly prepared: Prepared; readonly fresh: boolean } {
    const key = givenName ?? text;
    const known = this.#byKey.get(key);
    if (known !== undefined) {
      if (known.text !== text) {
        throw new Error(`Two statements are called ${key}: give each text a name of its own, or none.`);
      }
      this.#byKey.delete(key);
      this.#byKey.set(key, known);
      return { prepared: known, fresh: false };
    }
    const prepared: Prepared = { key, name: givenName ?? nameOf(text), text, columns: [] };
    this.#byKey.set(key, prepared);
    this.#unconfirmed.push(prepared);
    return { prepared, fresh: true };
  }

  /** Makes room, before a batch: none of its own statements can then be among the closed. */
  trim(): void {
    for (const prepared of this.#byKey.values()) {
      if (this.#byKey.size <= preparedPerConnectionMax) {
        return;
      }
      this.forget(prepared);
    }
  }

  /** The names that a batch has to close before it parses anything: a name is then free to be parsed again. */
  takeClosing(): readonly string[] {
    return this.#closing.splice(0);
  }

  forget(prepared: Prepared): void {
    if (this.#byKey.delete(prepared.key)) {
      this.#closing.push(prepared.name);
    }
  }

  /**
   * After an error the server skips to the end of the batch, so what it has not confirmed by then it will never parse. What was sent
   * behind that batch it will: confirmations come in the order of the requests.
   */
  forgetUnconfirmed(ofBatch: readonly Prepared[]): void {
    for (let [first] = this.#unconfirmed; first !== undefined && ofBatch.includes(first); [first] = this.#unconfirmed) {
      this.#unconfirmed.shift();
      this.#byKey.delete(first.key);
    }
  }
}

const names = new Map<string, string>();
const namesMax = 10_000;

// The name follows from the text, so that a statement is called the same on every connection and in pg_prepared_statements.
function nameOf(text: string): string {
  let name = names.get(text);
  if (name === undefined) {
    if (names.size >= namesMax) {
      names.clear();
    }
    name = `aw_${createHash("sha256").update(text).digest("hex").slice(0, 24)}`;
    names.set(text, name);
  }
  return name;
}
