/** Reads PostgreSQL's text form of an array: `{1,NULL,"with \"quotes\""}`, nested for more dimensions. */
export function parseArrayLiteral(text: string, parseItem: (text: string) => unknown): readonly unknown[] {
  // Bounds that do not begin at 1 are written in front: `[0:1]={a,b}`.
  const reader: Reader = { text, at: text.indexOf("{") + 1, parseItem };
  return readItems(reader);
}

interface Reader {
  readonly text: string;
  readonly parseItem: (text: string) => unknown;
  at: number;
}

function readItems(reader: Reader): unknown[] {
  const items: unknown[] = [];
  while (reader.at < reader.text.length) {
    const next = reader.text[reader.at];
    if (next === "}") {
      reader.at += 1;
      return items;
    }
    if (next === ",") {
      reader.at += 1;
      continue;
    }
    items.push(readItem(reader, next));
  }
  throw new SyntaxError(`The array ${reader.text} has no end.`);
}

function readItem(reader: Reader, next: string | undefined): unknown {
  if (next === "{") {
    reader.at += 1;
    return readItems(reader);
  }
  if (next === '"') {
    return reader.parseItem(readQuoted(reader));
  }
  const start = reader.at;
  while (reader.at < reader.text.length && reader.text[reader.at] !== "," && reader.text[reader.at] !== "}") {
    reader.at += 1;
  }
  const item = reader.text.slice(start, reader.at);
  return item === "NULL" ? null : reader.parseItem(item);
}

function readQuoted(reader: Reader): string {
  const start = reader.at + 1;
  let end = start;
  while (end < reader.text.length && reader.text[end] !== '"') {
    end += reader.text[end] === "\\" ? 2 : 1;
  }
  reader.at = end + 1;
  return reader.text.slice(start, end).replace(/\\(.)/gs, "$1");
}
