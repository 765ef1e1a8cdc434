import { Cursor } from '../messages/avro/cursor';
import { type AvroRows, avroRows } from '../messages/avro/row';
import { type AvroType, parseAvroSchema } from '../messages/avro/schema';
import { skipAvro } from '../messages/avro/skip';
import { MESSAGE_FAULT_WORDS, type MessageFault, Unreadable } from '../messages/faults';
import { textOf } from '../messages/text';

/**
 * The one definition of how an Avro container file becomes rows; the job's `avro_files.py` follows it.
 *
 * - A value becomes a row as `shared/messages/message.ts` tells for Avro of a registry, by the schema in the file.
 * - A record is placed by its number in the file and by where its block begins.
 * - A record that cannot be read is passed over where its end can be told, and what follows is read. Where it cannot,
 *   it and each record that its block states after it (`after`) are listed.
 * - A block that stands between its markers and cannot be unpacked (`packed`): each record that it states is listed.
 *   Bytes behind a block's last record are listed as one record more (`rest`).
 * - A block without its marker, or that states a number of records or bytes that is not taken, is damaged: all up to
 *   the next marker is listed as one record, as nobody can say how many it held (`damaged`), and read on behind it.
 *   Where the file ends within a block, that is the reason (`ended`).
 */
export type AvroFileFault =
  | Extract<MessageFault, 'utf8' | 'cut' | 'value' | 'time' | 'size' | 'depth' | 'duplicate'>
  | 'after'
  | 'packed'
  | 'rest'
  | 'damaged'
  | 'ended';

/** Records, and bytes packed and unpacked, that a block may have. */
export const MOST_IN_BLOCK = 10_000_000;
export const LARGEST_BLOCK = 256 * 1024 * 1024;
/** Bytes that a header may have. */
export const LARGEST_HEADER = 16 * 1024 * 1024;
export const MARKER_BYTES = 16;

const { utf8, cut, value, time, size, depth, duplicate } = MESSAGE_FAULT_WORDS;
export const AVRO_FAULT_WORDS: Readonly<Record<AvroFileFault, string>> = {
  ...{ utf8, cut, value, time, size, depth, duplicate },
  after: 'it follows one in its block whose end cannot be told',
  packed: 'its block cannot be decompressed, or grows beyond 256 MB',
  rest: 'bytes after the last record of a block',
  damaged: 'a damaged part of the file, up to the next marker; how many records it held is not known',
  ended: 'the file ends within a block; how many records that held is not known',
};

export const AVRO_CODECS = ['null', 'deflate', 'snappy', 'zstandard'] as const;
export type AvroCodec = (typeof AVRO_CODECS)[number];
export const isAvroCodec = (name: string): name is AvroCodec => AVRO_CODECS.some((one) => one === name);

/** What stands before the blocks. `end`: the offset of the first block. */
export type AvroHeader = {
  readonly schema: string;
  readonly codec: string;
  readonly marker: Uint8Array;
  readonly end: number;
};

const MAGIC = 'Obj\u0001';

/** Reads with a cursor; `more` where the bytes end too early, `broken` where they are none of what is read. */
function attempt<T>(read: () => T): T | 'more' | 'broken' {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    return error.fault === 'cut' ? 'more' : 'broken';
  }
}

/** The header at the start of a file. */
export function avroHeader(bytes: Uint8Array): AvroHeader | 'more' | 'broken' {
  const cursor = new Cursor(bytes, 0);
  return attempt(() => {
    if (String.fromCharCode(...cursor.take(MAGIC.length)) !== MAGIC) throw new Unreadable('magic');
    const facts = new Map<string, Uint8Array>();
    for (let left = cursor.block(); left > 0; left = cursor.block())
      for (let i = 0; i < left; i++)
        facts.set(textOf(cursor.take(cursor.size())), cursor.take(cursor.size()));
    const marker = cursor.take(MARKER_BYTES);
    const [schema, codec] = [facts.get('avro.schema'), facts.get('avro.codec')];
    if (!schema) throw new Unreadable('schema');
    return {
      schema: textOf(schema),
      codec: codec ? textOf(codec) : 'null',
      marker,
      end: cursor.at,
    };
  });
}

/** What a block states: how many records, and where its data begins and ends. */
export type BlockHead = { readonly count: number; readonly start: number; readonly end: number };

/** The head of the block that begins at the start of these bytes. */
export function blockHead(bytes: Uint8Array): BlockHead | 'more' | 'broken' {
  const cursor = new Cursor(bytes, 0);
  return attempt(() => {
    const [count, length] = [cursor.size(), cursor.size()];
    if (count > MOST_IN_BLOCK || length > LARGEST_BLOCK) throw new Unreadable('size');
    return { count, start: cursor.at, end: cursor.at + length };
  });
}

/** How the values of a file are read; throws Unreadable `schema`. */
export type AvroFileRows = { readonly type: AvroType; readonly rows: AvroRows };
export function avroFileRows(schema: string): AvroFileRows {
  const type = parseAvroSchema(schema);
  return { type, rows: avroRows(type) };
}

/** A record of a block: its cells, or what is wrong with it and its bytes as far as they can be told. */
export type AvroRecord =
  | { readonly cells: (string | null)[] }
  | { readonly cells: null; readonly fault: AvroFileFault; readonly bytes: Uint8Array };

/** Where the record ends that begins at `start`; null where that cannot be told. */
function endOf(content: Uint8Array, start: number, type: AvroType): number | null {
  const cursor = new Cursor(content, start);
  const skipped = attempt(() => skipAvro(cursor, type));
  return skipped === undefined ? cursor.at : null;
}

/** The records of a block that is unpacked. */
export function* blockRecords(
  content: Uint8Array,
  count: number,
  { type, rows }: AvroFileRows,
): Generator<AvroRecord> {
  let at = 0;
  for (let i = 0; i < count; i++) {
    try {
      const { cells, end } = rows.read(content, at);
      at = end;
      yield { cells };
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      const fault = error.fault as AvroFileFault;
      const end = endOf(content, at, type);
      yield { cells: null, fault, bytes: content.subarray(at, end ?? content.length) };
      if (end === null) {
        yield* lost('after', count - i - 1);
        return;
      }
      at = end;
    }
  }
  if (at < content.length) yield { cells: null, fault: 'rest', bytes: content.subarray(at) };
}

/** Records of which nothing is known but that a block states them; the bytes stand with the first. */
export function* lost(
  fault: AvroFileFault,
  count: number,
  bytes: Uint8Array = new Uint8Array(0),
): Generator<AvroRecord> {
  for (let i = 0; i < count; i++) yield { cells: null, fault, bytes: i === 0 ? bytes : bytes.subarray(0, 0) };
}
