import { type FlatRecord, flattenJson } from '../reading/flatten';
import { type AvroRows, avroRows } from './avro/row';
import { parseAvroSchema } from './avro/schema';
import type { MessagesDialect, ValueEncoding } from './dialect';
import { type MessageFault, Unreadable } from './faults';
import { textOf } from './text';

/**
 * The one definition of how a message of a topic becomes a row. `examples.json` beside this file holds cases that
 * every language's reader is tested by (`test/unit/messages/examples.test.ts` tells how to read them).
 *
 * 1. A message whose value is null is a **tombstone**: never a row, whatever its key; it is counted and shown.
 * 2. Any other message is a row, or unreadable with one fault, and then listed with partition and offset. The key is
 *    read first: a fault of it is told as `key: …`.
 * 3. The key's columns stand before the value's. Two columns with one name make the message unreadable (`duplicate`).
 *
 * How bytes are read, by encoding; `text` and `json` must be UTF-8 (`utf8`), and a U+FEFF is a character as any other:
 * - `text`: one column with the whole text: `value`, or the dialect's `keyColumn` for a key.
 * - `json`: an object as in `shared/reading/flatten.ts`; the paths of a key begin with `keyColumn` and a point. A value
 *   that is no object is unreadable (`object`); of a key, it is read as a member of an object would be, in the column
 *   `keyColumn`.
 * - `registry`: a zero byte and the schema's id in 4 bytes, the highest first (`magic` where there are fewer, or
 *   another byte); an id that is not known is `unknown-schema`; a schema of JSON Schema means that JSON follows, read
 *   as above and not validated; one of Avro that its binary form follows; any other is `schema-kind`.
 * - A key of `none` is not read. A key that is null is null in `keyColumn`, whatever the encoding.
 *
 * Avro, by the writer's schema, without resolution; every message of a schema has the same columns:
 * - A record's fields are columns by path, nested ones too; a union has the columns of all its branches, null where
 *   another branch was written. A value that is no record stands in `value` (`keyColumn` for a key). An array, a map,
 *   and a record within itself are JSON text without white space, members in the order in which they were written; a
 *   key that a map holds twice is `duplicate`.
 * - `null` is null; `boolean` is `true` or `false`; `int` and `long` are decimal digits; `float` and `double` as in
 *   `numberText` (`text.ts`); `string` must be UTF-8; an `enum` is its symbol; `bytes` and `fixed` are base64.
 * - Logical types: `date` is `yyyy-MM-dd`; `timestamp-millis`, `-micros` and `-nanos` are `yyyy-MM-ddTHH:mm:ss.SSSZ` with
 *   3, 6 or 9 decimals, `local-timestamp-…` the same without `Z`; `time-millis` and `time-micros` are `HH:mm:ss.SSS` with
 *   3 or 6; `decimal` is a plain decimal with as many decimals as its scale; `uuid` in 16 fixed bytes is written with
 *   hyphens in lower case; `duration` is `P1M2DT3.004S`. Any other is read as the type below it. Years outside of 0001
 *   to 9999 are `time`, a time outside of a day is `value`.
 * - Within JSON text, numbers and decimals are JSON numbers, `true`, `false` and `null` are themselves, everything else
 *   (`NaN` too) is a string of its text; strings escape `"`, `\`, and control characters as `\b`, `\f`, `\n`, `\r`, `\t` or
 *   `\u001f`, and nothing else.
 * - An int beyond 32 bits, a long beyond 64, a boolean that is neither, a negative length, an index of no branch or
 *   symbol, a decimal without bytes: `value`. Bytes that end too early: `cut`; that go on: `rest`. Arrays and maps with
 *   over 1,000,000 elements in all: `size`. Values in values deeper than 100: `depth`. A schema that can't be parsed, or
 *   has over 10,000 columns: `schema`.
 */
export type MessageRow = FlatRecord;

/** A message as far as it is read: the bytes of its key and its value. */
export type RawMessage = { readonly key: Uint8Array | null; readonly value: Uint8Array | null };

export type Reading =
  | { readonly kind: 'row'; readonly row: MessageRow }
  | { readonly kind: 'tombstone' }
  | { readonly kind: 'unreadable'; readonly part: 'key' | 'value'; readonly fault: MessageFault };

/** A schema of the registry; `references` are the schemas it names, each after those that it names itself. */
export type RegisteredSchema = {
  readonly type: 'AVRO' | 'JSON' | 'PROTOBUF';
  readonly schema: string;
  readonly references: readonly string[];
};

const HEAD_BYTES = 5;
const NOTHING: MessageRow = { keys: [], values: [] };

/** The id of the schema before some bytes, or null where there is none. */
export function schemaIdOf(bytes: Uint8Array): number | null {
  if (bytes.length < HEAD_BYTES || bytes[0] !== 0) return null;
  return new DataView(bytes.buffer, bytes.byteOffset, HEAD_BYTES).getInt32(1);
}

/** The ids of the schemas that a message is read with. */
export function schemaIdsIn({ key, value }: RawMessage, dialect: MessagesDialect): number[] {
  if (value === null) return [];
  const parts = [dialect.key === 'registry' ? key : null, dialect.value === 'registry' ? value : null];
  return parts.flatMap((bytes) => (bytes === null ? [] : (schemaIdOf(bytes) ?? [])));
}

/** Where the columns of a part of a message go. */
type Column = { readonly name: string; readonly isKey: boolean };

function jsonRow(bytes: Uint8Array, { name, isKey }: Column): MessageRow {
  const text = textOf(bytes);
  const record = flattenJson(text);
  if (typeof record !== 'string')
    return isKey ? { keys: record.keys.map((path) => `${name}.${path}`), values: record.values } : record;
  if (record !== 'object' || !isKey) throw new Unreadable(record);
  // As a member of an object it is read by the rules for members.
  const member = flattenJson(`{"key":${text}}`);
  if (typeof member === 'string') throw new Unreadable(member);
  return { keys: [name], values: member.values };
}

/** Reads Avro by schemas, each of which is prepared once. */
function avroReader(schemas: (id: number) => RegisteredSchema | null, path: string) {
  const prepared = new Map<number, AvroRows | MessageFault>();
  const prepare = ({ schema, references }: RegisteredSchema): AvroRows | MessageFault => {
    try {
      return avroRows(parseAvroSchema(schema, references), path);
    } catch (error) {
      if (error instanceof Unreadable) return error.fault;
      throw error;
    }
  };
  return (bytes: Uint8Array, column: Column): MessageRow => {
    const id = schemaIdOf(bytes);
    if (id === null) throw new Unreadable('magic');
    let rows = prepared.get(id);
    if (rows === undefined) {
      const found = schemas(id);
      if (!found) throw new Unreadable('unknown-schema');
      if (found.type === 'JSON') return jsonRow(bytes.subarray(HEAD_BYTES), column);
      rows = found.type === 'AVRO' ? prepare(found) : 'schema-kind';
      prepared.set(id, rows);
    }
    if (typeof rows === 'string') throw new Unreadable(rows);
    const { cells, end } = rows.read(bytes, HEAD_BYTES);
    if (end !== bytes.length) throw new Unreadable('rest');
    return { keys: rows.columns, values: cells };
  };
}

function partReader(
  encoding: ValueEncoding,
  column: Column,
  schemas: (id: number) => RegisteredSchema | null,
): (bytes: Uint8Array) => MessageRow {
  switch (encoding) {
    case 'text': {
      const keys = [column.name];
      return (bytes) => ({ keys, values: [textOf(bytes)] });
    }
    case 'json':
      return (bytes) => jsonRow(bytes, column);
    case 'registry': {
      const read = avroReader(schemas, column.isKey ? column.name : '');
      return (bytes) => read(bytes, column);
    }
  }
}

const isSame = (a: readonly string[], b: readonly string[]) =>
  a === b || (a.length === b.length && a.every((name, i) => name === b[i]));

/** Joins columns of many messages without making the list of names anew for each. */
function joiner(): (key: MessageRow, value: MessageRow) => MessageRow {
  let [left, right, joined] = [NOTHING.keys, NOTHING.keys, NOTHING.keys];
  return (key, value) => {
    if (key.keys.length === 0) return value;
    if (!isSame(key.keys, left) || !isSame(value.keys, right)) {
      const names = [...key.keys, ...value.keys];
      if (new Set(names).size !== names.length) throw new Unreadable('duplicate');
      [left, right, joined] = [key.keys, value.keys, names];
    }
    return { keys: joined, values: [...key.values, ...value.values] };
  };
}

/**
 * A reader of many messages.
 * @param schemas finds a schema of the registry by its id; null for one that is not there. Only asked for `registry`.
 */
export function messageReader(
  dialect: MessagesDialect,
  schemas: (id: number) => RegisteredSchema | null = () => null,
): (message: RawMessage) => Reading {
  const nullKey: MessageRow = { keys: [dialect.keyColumn], values: [null] };
  const readKey =
    dialect.key === 'none'
      ? null
      : partReader(dialect.key, { name: dialect.keyColumn, isKey: true }, schemas);
  const readValue = partReader(dialect.value, { name: 'value', isKey: false }, schemas);
  const join = joiner();
  return ({ key, value }) => {
    if (value === null) return { kind: 'tombstone' };
    let part: 'key' | 'value' = 'key';
    try {
      const before = readKey === null ? NOTHING : key === null ? nullKey : readKey(key);
      part = 'value';
      return { kind: 'row', row: join(before, readValue(value)) };
    } catch (error) {
      if (error instanceof Unreadable) return { kind: 'unreadable', part, fault: error.fault };
      throw error;
    }
  };
}
