import { open } from 'node:fs/promises';
import { Fault } from '../../shared/contract/errors';
import { bytesOf, type FoundFile, openFound } from './found-file';
import {
  numberIn,
  readThrift,
  structIn,
  structsIn,
  type ThriftStruct,
  withField,
  withoutFields,
  writeThrift,
} from './thrift';

/** A stretch of a Parquet file's rows that can be read by itself. `before`: rows of the file before it. */
export type RowGroup = {
  readonly rows: number;
  readonly before: number;
  /** Where its bytes are, from `start` up to `end`. */
  readonly start: number;
  readonly end: number;
  readonly struct: ThriftStruct;
};

export type ParquetFooter = {
  /** Bytes of the file, and where its footer begins. */
  readonly size: number;
  readonly start: number;
  readonly struct: ThriftStruct;
  readonly rows: number;
  readonly groups: readonly RowGroup[];
};

const MAGIC = 'PAR1';
const TAIL = 8;
const FIRST_TAIL = 256 * 1024;
// Fields of Parquet's own structures.
const [FILE_ROWS, FILE_GROUPS] = [3, 4];
const [GROUP_COLUMNS, GROUP_ROWS] = [1, 3];
const COLUMN_META = 3;
const COLUMN_INDEXES = [4, 5, 6, 7];
const [META_COMPRESSED, META_DATA, META_INDEX, META_DICTIONARY] = [7, 9, 10, 11];
const META_BLOOM = [14, 15];

const corrupt = (path: string, words: string) =>
  new Fault({
    code: 'source.corrupt',
    message: `${path} is not a Parquet file, or is damaged: ${words}.`,
    unaffected: 'Nothing was written.',
    advice: 'Choose another file, or have it written again.',
    place: { file: path },
  });

function groupOf(struct: ThriftStruct, before: number, limit: number): RowGroup {
  const rows = numberIn(struct, GROUP_ROWS);
  const spans = structsIn(struct, GROUP_COLUMNS).map((column) => {
    const meta = structIn(column, COLUMN_META);
    if (!meta) throw new RangeError('A column is described elsewhere.');
    const starts = [META_DATA, META_INDEX, META_DICTIONARY].flatMap((id) => numberIn(meta, id) || []);
    const length = numberIn(meta, META_COMPRESSED);
    const start = Math.min(...starts);
    if (length === null || start < 4 || start + length > limit)
      throw new RangeError('A column lies outside.');
    return [start, start + length] as const;
  });
  if (rows === null || rows < 0 || spans.length === 0) throw new RangeError('A row group says too little.');
  return {
    ...{ rows, before, struct },
    start: Math.min(...spans.map(([start]) => start)),
    end: Math.max(...spans.map(([, end]) => end)),
  };
}

/** Reads a Parquet file's footer by ranges: two reads at most. A Fault (`source.corrupt`) where it has none. */
export async function readFooter(file: FoundFile): Promise<ParquetFooter> {
  const { path, size } = file;
  if (size < TAIL + 4) throw corrupt(path, 'it is too short');
  const tailStart = Math.max(0, size - FIRST_TAIL);
  let tail = await bytesOf(file, tailStart, size - tailStart);
  if (tail.subarray(-4).toString('latin1') !== MAGIC) throw corrupt(path, 'its footer is cut off');
  const length = tail.readUInt32LE(tail.length - TAIL);
  const start = size - TAIL - length;
  if (start < 4) throw corrupt(path, 'its footer is longer than the file');
  if (length + TAIL > tail.length) tail = await bytesOf(file, start, size - start);
  try {
    const struct = readThrift(tail.subarray(tail.length - TAIL - length, tail.length - TAIL));
    let before = 0;
    const groups = structsIn(struct, FILE_GROUPS).map((group) => {
      const one = groupOf(group, before, start);
      before += one.rows;
      return one;
    });
    return { size, start, struct, rows: before, groups };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw corrupt(path, 'its footer can’t be read');
  }
}

/** A group without the places of indexes and filters, which the partial file does not hold. */
function bare(group: ThriftStruct): ThriftStruct {
  const columns = structsIn(group, GROUP_COLUMNS).map((column) => {
    const meta = structIn(column, COLUMN_META);
    const rest = withoutFields(column, COLUMN_INDEXES);
    return meta ? withField(rest, COLUMN_META, withoutFields(meta, META_BLOOM)) : rest;
  });
  const list = group.get(GROUP_COLUMNS)?.value;
  const of = list !== undefined && typeof list === 'object' && 'of' in list ? list.of : 0;
  return withField(group, GROUP_COLUMNS, { of, items: columns });
}

/**
 * Makes a Parquet file of this computer that holds some row groups of another, byte for byte at their places, and a
 * footer that names no others. Places between them are holes and take no room.
 * @returns how many bytes were read
 */
export async function fetchRowGroups(
  file: FoundFile,
  footer: ParquetFooter,
  groups: readonly RowGroup[],
  target: string,
): Promise<number> {
  const out = await open(target, 'w', 0o600);
  let read = 0;
  try {
    await out.write(Buffer.from(MAGIC), 0, 4, 0);
    for (const { start, end } of groups) {
      let at = start;
      for await (const part of openFound(file, { offset: start, length: end - start })) {
        for (let done = 0; done < part.length; )
          done += (await out.write(part, done, part.length - done, at + done)).bytesWritten;
        at += part.length;
      }
      read += at - start;
    }
    const list = footer.struct.get(FILE_GROUPS)?.value;
    const of = list !== undefined && typeof list === 'object' && 'of' in list ? list.of : 0;
    const rows = groups.reduce((sum, group) => sum + group.rows, 0);
    const named = withField(footer.struct, FILE_GROUPS, { of, items: groups.map((one) => bare(one.struct)) });
    const written = writeThrift(withField(named, FILE_ROWS, BigInt(rows)));
    const tail = Buffer.alloc(TAIL, MAGIC);
    tail.writeUInt32LE(written.length);
    tail.write(MAGIC, 4, 'latin1');
    await out.write(Buffer.concat([written, tail]), 0, written.length + TAIL, footer.start);
    await out.truncate(footer.start + written.length + TAIL);
    return read;
  } finally {
    await out.close();
  }
}
