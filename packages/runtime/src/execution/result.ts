import { fromJson, recordFromJson, recordToJson, toJson, type Field, type JsonValue, type Lookup, type Returns } from "@archwright/model";

/** What an operation answers, in memory and on the wire. */
export interface ResultCodec {
  toJson(value: unknown): JsonValue | undefined;
  fromJson(body: JsonValue | undefined): unknown;
}

export function resultOf(lookup: Lookup, returns: Returns): ResultCodec {
  switch (returns.kind) {
    case "nothing":
      return { toJson: () => undefined, fromJson: () => undefined };
    case "entity":
      return recordCodec(lookup.entity(returns.entity).fields);
    case "record":
      return recordCodec(returns.fields);
    case "field": {
      const { field } = returns;
      if (field.kind === "page") return pageCodec(lookup.entity(field.entity).fields);
      return { toJson: (value) => toJson(field, value), fromJson: (body) => fromJson(field, body) };
    }
  }
}

function recordCodec(fields: readonly Field[]): ResultCodec {
  return { toJson: (value) => recordToJson(fields, value), fromJson: (body) => recordFromJson(fields, body) };
}

interface AnyPage<T> {
  readonly items: readonly T[];
  readonly next: string | null;
}

function pageCodec(fields: readonly Field[]): ResultCodec {
  return {
    toJson: (value) => {
      const { items, next } = value as AnyPage<unknown>; // What `page` answers, in bodies and in handlers.
      return { items: items.map((item) => recordToJson(fields, item)), next };
    },
    fromJson: (body) => {
      const { items, next } = body as unknown as AnyPage<JsonValue>; // Our own wire form, as above.
      return { items: items.map((item) => recordFromJson(fields, item)), next };
    },
  };
}
