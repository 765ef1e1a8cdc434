import { Fault } from '../../shared/contract/errors';
import type { Dialect } from '../../shared/document/dialect';
import { isText } from '../../shared/document/formats';
import { type Layout, parseRecord, recordSplitter } from '../../shared/reading/csv';
import { rankOf } from '../../shared/sampling/seeded';
import { LONGEST_LINE, tooLong } from '../reading/lines';
import { otherColumns } from '../reading/many-files';
import { bytesOf, type FoundFile } from './found-file';
import type { Place } from './pieces';
import { drawSpans, MOST_SPANS, type Span } from './spans';
import { type SourceFile, type Stratum, shareByWeight } from './strata';

const LEAST_BLOCK = 64 * 1024;
/** Stretches of the source of which each gives a block, at least. */
const LEAST_STRETCHES = 64;
const BESIDE = 16 * 1024;
const [LF, CR] = [0x0a, 0x0d];
const MARK = Buffer.from([0xef, 0xbb, 0xbf]);

/** JSON Lines and text end at line feeds, as a CSV without line breaks does. */
export const LINES: Layout = { delimiter: ',', lineBreaks: false, quote: 'none' };

/** A record as it stands in a file, with its line end; `offset` in bytes; `at`: which file of the source, from 0. */
export type PlacedRecord = { readonly at: number; readonly offset: number; readonly bytes: Buffer };

export type BlockSource = FoundFile & { readonly dialect: Dialect };

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

const withHeader = (dialect: Dialect) => dialect.format === 'csv' && dialect.header;
const marked = (bytes: Buffer) => (bytes.subarray(0, 3).equals(MARK) ? 3 : 0);

/**
 * Reads the beginning of a text file whose records are lines.
 * @param first bytes that are read at first
 */
export async function readBeginning(source: BlockSource, first = 4 * LEAST_BLOCK): Promise<Beginning> {
  const { dialect, size, path } = source;
  for (let length = first; ; length *= 8) {
    const start = await bytesOf(source, 0, Math.min(length, size));
    const feed = start.indexOf(LF);
    if (feed < 0 && length < size) {
      if (length > LONGEST_LINE) throw tooLong(path, 1);
      continue;
    }
    const end = feed < 0 ? start.length : feed + 1;
    let fields = 1;
    const splitter = recordSplitter(
      dialect.format === 'csv' ? { ...dialect, lineBreaks: false } : LINES,
      (span) => {
        fields = span.fields;
      },
    );
    splitter.push(start.subarray(0, end));
    splitter.end();
    const body = withHeader(dialect) ? end : marked(start);
    let lines = 0;
    for (let at = start.indexOf(LF, body); at >= 0; at = start.indexOf(LF, at + 1)) lines++;
    return {
      header: withHeader(dialect) ? start.subarray(0, body) : Buffer.alloc(0),
      body,
      recordBytes: Math.max(1, (start.length - body) / Math.max(1, lines)),
      skipsBlank: dialect.format === 'jsonl' || (dialect.format === 'csv' && fields > 1),
    };
  }
}

/** The names of a header as it stands in a file. */
function namesOf(header: Buffer, dialect: Dialect): readonly (string | null)[] {
  const text = header
    .subarray(marked(header))
    .toString('utf8')
    .replace(/\r?\n$/, '');
  return dialect.format === 'csv' ? parseRecord(text, dialect) : [];
}

/** Throws the fault of a file whose header is not that of the first file. */
function assertSameHeader(source: BlockSource, own: Buffer, first: BlockSource, wanted: Buffer): void {
  if (own.equals(wanted)) return;
  const [mine, others] = [namesOf(own, source.dialect), namesOf(wanted, source.dialect)];
  if (JSON.stringify(mine) === JSON.stringify(others)) return;
  throw otherColumns(source.path, first.path, mine.map(String), others.map(String));
}

/** The records that begin within a block, from `start` up to `end`; none where the file's own begin later. */
async function recordsIn(
  { place: source, at: file }: SourceFile,
  { body, skipsBlank }: Pick<Beginning, 'body' | 'skipsBlank'>,
  [blockStart, end]: Span,
): Promise<{ items: PlacedRecord[]; read: number }> {
  const { size, path } = source;
  const start = Math.max(body, blockStart);
  if (start >= end) return { items: [], read: 0 };
  // The byte before tells whether a record begins at the very start.
  const from = start === body ? start : start - 1;
  let bytes = await bytesOf(source, from, Math.min(size, end + BESIDE) - from);
  let read = bytes.length;
  const items: PlacedRecord[] = [];
  let at = from === 0 ? marked(bytes) : 0;
  if (from !== start) {
    const before = bytes.indexOf(LF);
    if (before < 0 || from + before + 1 >= end) return { items, read };
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
    if (!(blank && skipsBlank)) items.push({ at: file, offset: from + at, bytes: bytes.subarray(at, stop) });
    at = stop;
  }
  return { items, read };
}

export type BlockSample = {
  /** In the order of the files, and of each file. */
  readonly records: readonly PlacedRecord[];
  readonly blocks: { readonly read: number; readonly of: number };
  /** Bytes read, and rows of the whole source as the blocks tell. */
  readonly read: number;
  readonly rows: number;
};

/**
 * Draws records from blocks: of all records that begin in those that are read, the seed chooses as many as are wanted.
 * @param beginning that of the first file
 */
export async function drawBlocks<P extends Place>(
  strata: readonly Stratum<P>[],
  beginning: Beginning,
  { rows, seed }: { rows: number; seed: number },
  told: (records: number) => void,
): Promise<BlockSample> {
  const files = strata.flat();
  const first = files[0]?.place as P;
  const size = files.reduce((sum, { place }) => sum + place.size, 0);
  const beginnings = new Map<number, Promise<Pick<Beginning, 'body' | 'skipsBlank'>>>();
  beginnings.set(files[0]?.at ?? 0, Promise.resolve(beginning));
  let headers = 0;
  const beginningOf = ({ place, at }: SourceFile<P>) => {
    const found =
      beginnings.get(at) ??
      (withHeader(place.dialect)
        ? readBeginning(place, BESIDE).then((one) => {
            assertSameHeader(place, one.header, first, beginning.header);
            headers += Math.min(BESIDE, place.size);
            return one;
          })
        : Promise.resolve({ body: 0, skipsBlank: beginning.skipsBlank }));
    beginnings.set(at, found);
    return found;
  };
  const { pools, estimated, spans, read } = await drawSpans(
    strata,
    {
      length: Math.max(LEAST_BLOCK, Math.ceil(size / MOST_SPANS)),
      // The blocks of one file begin where its records do; of many, only those that are read tell where that is.
      base: files.length === 1 ? beginning.body : 0,
      least: LEAST_STRETCHES,
      ...{ rows, seed, recordBytes: beginning.recordBytes },
    },
    {
      read: async (file, span) => recordsIn(file, await beginningOf(file), span),
      weigh: ({ bytes }) => ({ records: 1, bytes: bytes.length }),
    },
    told,
  );
  if (pools.every(({ length }) => length === 0)) {
    throw new Fault({
      code: 'sample.no-rows',
      message: `${first.path}: no record begins in any of the ${spans.read} blocks that were read.`,
      place: { path: first.path },
      unaffected: 'The project is as it was.',
      advice: 'Look at the first rows instead: the source may have very long records, or none.',
    });
  }
  const shares = shareByWeight(
    rows,
    estimated,
    pools.map(({ length }) => length),
  );
  const starts = new Map(files.map(({ at, start }) => [at, start]));
  const records = pools.flatMap((pool, i) =>
    pool
      .map((record) => ({ record, place: (starts.get(record.at) ?? 0) + record.offset }))
      .map((one) => ({ ...one, rank: rankOf(seed, one.place) }))
      .sort((a, b) => a.rank - b.rank || a.place - b.place)
      .slice(0, shares[i])
      .sort((a, b) => a.place - b.place)
      .map(({ record }) => record),
  );
  const total = Math.round(estimated.reduce((sum, one) => sum + one, 0));
  return { records, blocks: spans, read: headers + read, rows: total };
}
