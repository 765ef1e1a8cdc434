import { isUtf8 } from 'node:buffer';
import { Fault } from '../../shared/contract/errors';
import type { DialectOf, TextDialect } from '../../shared/document/dialect';
import type { CancelSignal } from '../../shared/ports/signal';
import { recordFaultWords } from '../../shared/reading/csv';
import { type FlatRecord, gatherColumns, JSON_FAULT_WORDS } from '../../shared/reading/flatten';
import { jsonRecordReader } from '../../shared/reading/jsonl';
import { copyItems, type Item } from './clean-copy';
import type { InputFile, Told } from './file';
import { plainCopy } from './plain';
import { type ReadContext, readFrom, readyCopy, type Source } from './reader';

const MOST_COLUMNS = 10_000;

/** A record's bytes with their place; `reason` where it is known already that they are none. */
export type JsonPiece = {
  readonly bytes: Buffer;
  readonly line: number;
  readonly offset: number;
  readonly reason?: string;
};
/** The records of a file in batches; null for a blank line. */
export type JsonPieces = (file: InputFile, signal?: CancelSignal) => AsyncIterable<(JsonPiece | null)[]>;

type Read =
  | { readonly record: FlatRecord }
  | { readonly record: null; readonly piece: JsonPiece; readonly reason: string };

async function* recordsOf(
  file: InputFile,
  pieces: JsonPieces,
  signal?: CancelSignal,
): AsyncGenerator<(Read | null)[]> {
  const parse = jsonRecordReader();
  const { encoding } = recordFaultWords(file.original?.encoding ?? 'utf-8');
  for await (const batch of pieces(file, signal)) {
    yield batch.map((piece) => {
      if (!piece) return null;
      const known = piece.reason ?? (isUtf8(piece.bytes) ? null : encoding);
      if (known !== null) return { record: null, piece, reason: known };
      const record = parse(piece.bytes.toString('utf8'));
      return typeof record === 'string'
        ? { record: null, piece, reason: JSON_FAULT_WORDS[record] }
        : { record };
    });
  }
}

/** The columns of a JSON source, in order of first appearance. Reads all of it. */
async function columnsOf(
  file: InputFile,
  pieces: JsonPieces,
  signal?: CancelSignal,
  told?: Told,
): Promise<readonly string[]> {
  const columns = gatherColumns();
  let records = 0;
  for await (const batch of recordsOf(file, pieces, signal)) {
    for (const read of batch) if (read?.record) columns.add(read.record);
    records += batch.length;
    told?.(records);
    if (columns.size > MOST_COLUMNS) {
      throw new Fault({
        code: 'source.columns',
        message: `${file.named} has more than ${MOST_COLUMNS} different keys; each would be a column.`,
        unaffected: 'Nothing was written.',
        advice: 'Check that this is the right file.',
        place: { file: file.named },
      });
    }
  }
  if (columns.size > 0) return columns.columns();
  throw new Fault({
    code: 'source.empty',
    message: `${file.named} holds no JSON object with a key.`,
    unaffected: 'Nothing was written.',
    advice: 'Choose a file with JSON objects, and check where in it the records stand.',
    place: { file: file.named },
  });
}

async function* itemsOf(
  file: InputFile,
  pieces: JsonPieces,
  columns: readonly string[],
  signal?: CancelSignal,
): AsyncGenerator<Item[]> {
  const places = new Map(columns.map((column, i) => [column, i]));
  let keys: readonly string[] = [];
  let order: readonly (number | undefined)[] = [];
  for await (const batch of recordsOf(file, pieces, signal)) {
    yield batch.map((read): Item => {
      if (!read) return { kind: 'blank' };
      if (read.record === null) {
        const { bytes, line, offset } = read.piece;
        return { kind: 'unreadable', bytes, line, offset, reason: read.reason };
      }
      if (read.record.keys !== keys) {
        keys = read.record.keys;
        order = keys.map((key) => places.get(key));
      }
      const cells = new Array<string | null>(columns.length).fill(null);
      for (const [i, place] of order.entries())
        if (place !== undefined) cells[place] = read.record.values[i] ?? null;
      return { kind: 'row', cells };
    });
  }
}

/** Opens a JSON source: it is read through once for its columns, and once more for its rows. */
export async function openJsonPieces(
  given: InputFile,
  dialect: Extract<TextDialect, DialectOf<'json' | 'jsonl'>>,
  pieces: JsonPieces,
  { folder, signal: opening, told: heard, columns: told }: ReadContext,
): Promise<Source> {
  const file = await plainCopy(given, dialect, folder, opening);
  const close = async () => {
    if (file !== given) await file.handle.close();
  };
  try {
    const columns = told ?? (await columnsOf(file, pieces, opening, heard));
    return readFrom({
      columns,
      ready: async (signal, hears) =>
        readyCopy(
          await copyItems(file, itemsOf(file, pieces, columns, signal), columns.length, folder, {
            told: hears,
          }),
          columns.length,
        ),
      close,
    });
  } catch (error) {
    await close();
    throw error;
  }
}
