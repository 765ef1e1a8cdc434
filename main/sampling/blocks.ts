import { Fault } from '../../shared/contract/errors';
import type { Dialect } from '../../shared/document/dialect';
import { isText } from '../../shared/document/formats';
import type { Connector } from '../../shared/ports/connector';
import { type Layout, recordSplitter } from '../../shared/reading/csv';
import { rankOf } from '../../shared/sampling/seeded';
import { LONGEST_LINE, tooLong } from '../reading/lines';

const LEAST_BLOCK = 64 * 1024;
const MOST_BLOCKS = 2 ** 20;
/** Stretches of the file of which each gives a block, at least; and rounds of them at most. */
const LEAST_STRETCHES = 64;
const MOST_ROUNDS = 20;
const BESIDE = 16 * 1024;
const AT_ONCE = 6;
const [LF, CR] = [0x0a, 0x0d];

/** JSON Lines and text end at line feeds, as a CSV without line breaks does. */
export const LINES: Layout = { delimiter: ',', lineBreaks: false, quote: 'none' };

/** A record as it stands in the file, with its line end; `offset` in bytes. */
export type PlacedRecord = { readonly offset: number; readonly bytes: Buffer };

export type BlockSource = {
  readonly connector: Connector;
  readonly path: string;
  readonly size: number;
  readonly dialect: Dialect;
  readonly signal?: AbortSignal | undefined;
};

/** A text file's beginning: its header with the line end, where its records begin, and how long they seem to be. */
export type Beginning = {
  readonly header: Buffer;
  readonly body: number;
  readonly recordBytes: number;
  /** Whether a blank line is no record. */
  readonly skipsBlank: boolean;
};

/** Whether readers take the file's bytes as they stand, and its records one after another. */
export const isPlainText = (dialect: Dialect): boolean =>
  isText(dialect) &&
  dialect.format !== 'json' &&
  dialect.encoding === 'utf-8' &&
  dialect.compression === 'none';

/** Whether records can be found from any place of the file: every line feed ends one. */
export const isSplittable = (dialect: Dialect): boolean =>
  isPlainText(dialect) && !(dialect.format === 'csv' && dialect.lineBreaks);

async function bytesOf({ connector, path, signal }: BlockSource, offset: number, length: number) {
  const parts: Uint8Array[] = [];
  for await (const part of connector.open(path, { offset, length, signal })) parts.push(part.slice());
  return Buffer.concat(parts);
}

/** Reads the beginning of a text file whose records are lines. */
export async function readBeginning(source: BlockSource): Promise<Beginning> {
  const { dialect, size, path } = source;
  const hasHeader = dialect.format === 'csv' && dialect.header;
  for (let length = 4 * LEAST_BLOCK; ; length *= 8) {
    const start = await bytesOf(source, 0, Math.min(length, size));
    const first = start.indexOf(LF);
    if (first < 0 && length < size) {
      if (length > LONGEST_LINE) throw tooLong(path, 1);
      continue;
    }
    const end = first < 0 ? start.length : first + 1;
    let fields = 1;
    const splitter = recordSplitter(
      dialect.format === 'csv' ? { ...dialect, lineBreaks: false } : LINES,
      (span) => {
        fields = span.fields;
      },
    );
    splitter.push(start.subarray(0, end));
    splitter.end();
    const body = hasHeader ? end : 0;
    let lines = 0;
    for (let at = start.indexOf(LF, body); at >= 0; at = start.indexOf(LF, at + 1)) lines++;
    return {
      header: start.subarray(0, body),
      body,
      recordBytes: Math.max(1, (start.length - body) / Math.max(1, lines)),
      skipsBlank: dialect.format === 'jsonl' || (dialect.format === 'csv' && fields > 1),
    };
  }
}

/** The records that begin within a block, from `start` up to `end`. */
async function recordsIn(
  source: BlockSource,
  { body, skipsBlank }: Beginning,
  [start, end]: readonly [number, number],
): Promise<{ records: PlacedRecord[]; read: number }> {
  const { size, path } = source;
  // The byte before tells whether a record begins at the very start.
  const from = start === body ? start : start - 1;
  let bytes = await bytesOf(source, from, Math.min(size, end + BESIDE) - from);
  let read = bytes.length;
  const records: PlacedRecord[] = [];
  let at = 0;
  if (from !== start) {
    const before = bytes.indexOf(LF);
    if (before < 0 || from + before + 1 >= end) return { records, read };
    at = before + 1;
  }
  while (from + at < Math.min(end, size)) {
    let found = bytes.indexOf(LF, at);
    while (found < 0 && from + bytes.length < size) {
      if (bytes.length - at > LONGEST_LINE) throw tooLong(path, 1);
      const more = await bytesOf(
        source,
        from + bytes.length,
        Math.min(size - from - bytes.length, 1024 ** 2),
      );
      if (more.length === 0) break;
      const searched = bytes.length;
      read += more.length;
      bytes = Buffer.concat([bytes, more]);
      found = bytes.indexOf(LF, searched);
    }
    const stop = found < 0 ? bytes.length : found + 1;
    const length = stop - at - (found < 0 ? 0 : 1);
    const blank = length === 0 || (length === 1 && bytes[at] === CR);
    if (!(blank && skipsBlank)) records.push({ offset: from + at, bytes: bytes.subarray(at, stop) });
    at = stop;
  }
  return { records, read };
}

async function inParallel<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results = new Array<R>(items.length);
  let next = 0;
  const worker = async () => {
    for (let i = next++; i < items.length; i = next++) results[i] = await work(items[i] as T);
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, items.length) }, worker));
  return results;
}

export type BlockSample = {
  /** In the order of the file. */
  readonly records: readonly PlacedRecord[];
  readonly blocks: { readonly read: number; readonly of: number };
  /** Bytes read, and bytes of a record on average. */
  readonly read: number;
  readonly recordBytes: number;
};

/**
 * Draws records from blocks: the file is cut into stretches of one length, the seed chooses a block in each, and of all
 * records that begin in these the seed chooses as many as are wanted. Nothing depends on how the file is read.
 */
export async function drawBlocks(
  source: BlockSource,
  beginning: Beginning,
  { rows, seed }: { rows: number; seed: number },
  told: (records: number) => void,
): Promise<BlockSample> {
  const { size } = source;
  const block = Math.max(LEAST_BLOCK, Math.ceil(size / MOST_BLOCKS));
  const all = Math.max(1, Math.ceil((size - beginning.body) / block));
  const taken = new Set<number>();
  const pool: PlacedRecord[] = [];
  let [read, bytes] = [0, 0];
  let recordBytes = beginning.recordBytes;
  for (let round = 0; round < MOST_ROUNDS && pool.length < rows && taken.size < all; round++) {
    const wanted = Math.ceil(((rows - pool.length) * recordBytes * 1.15) / block);
    const stretches = Math.min(all, round === 0 ? Math.max(LEAST_STRETCHES, wanted) : wanted + 4);
    const chosen: number[] = [];
    for (let i = 0; i < stretches; i++) {
      const [first, end] = [Math.floor((i * all) / stretches), Math.floor(((i + 1) * all) / stretches)];
      const at = first + Math.floor(rankOf(seed, round * MOST_BLOCKS * 2 + i) * (end - first));
      if (taken.has(at)) continue;
      taken.add(at);
      chosen.push(at);
    }
    const found = await inParallel(chosen, async (at) => {
      const start = beginning.body + at * block;
      const one = await recordsIn(source, beginning, [start, Math.min(size, start + block)]);
      told(Math.min(rows, pool.length + one.records.length));
      return one;
    });
    for (const one of found) {
      read += one.read;
      for (const record of one.records) {
        bytes += record.bytes.length;
        pool.push(record);
      }
      told(Math.min(rows, pool.length));
    }
    recordBytes = Math.max(1, bytes / Math.max(1, pool.length));
  }
  if (pool.length === 0) {
    throw new Fault({
      code: 'sample.no-rows',
      message: `${source.path}: no record begins in any of the ${taken.size} blocks that were read.`,
      place: { path: source.path },
      unaffected: 'The project is as it was.',
      advice: 'Look at the first rows instead: the file may have very long records, or none.',
    });
  }
  const ranked = pool
    .map((record) => ({ record, rank: rankOf(seed, record.offset) }))
    .sort((a, b) => a.rank - b.rank || a.record.offset - b.record.offset)
    .slice(0, rows)
    .map(({ record }) => record)
    .sort((a, b) => a.offset - b.offset);
  return { records: ranked, blocks: { read: taken.size, of: all }, read, recordBytes };
}
