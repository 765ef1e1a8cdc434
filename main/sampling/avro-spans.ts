import { MARKER_BYTES } from '../../shared/reading/avro-file';
import { type OpenedAvro, openedHeader, recordsOf } from '../reading/avro';
import { type AvroPart, type AvroStream, avroStream, nextPart } from '../reading/avro-blocks';
import { Feed } from '../reading/feed';
import { bytesOf, type FoundFile } from './found-file';
import type { Span } from './spans';
import type { SourceFile } from './strata';

const LEAST_RANGE = 16 * 1024;
const LOOKED_AT = 128 * 1024;
const MOST_RANGE = 8 * 1024 ** 2;

/** A part of an Avro file; `at`: which file of the source, from 0. */
export type PlacedPart = AvroPart & { readonly at: number };

/** A file whose header is read. */
export type AvroSource = {
  readonly file: FoundFile;
  readonly opened: OpenedAvro<NonNullable<AvroStream['header']>>;
};

/** Hears of bytes that are read. */
type Told = (bytes: number) => void;

/** A file's bytes from an offset on: so many at first, and longer and longer ranges as they are wanted. */
async function* rangesOf(file: FoundFile, offset: number, first: number, told: Told) {
  let [at, length, next] = [offset, first, LEAST_RANGE];
  while (at < file.size) {
    const bytes = await bytesOf(file, at, Math.min(length, file.size - at));
    if (bytes.length === 0) return;
    told(bytes.length);
    at += bytes.length;
    yield bytes;
    [length, next] = [next, Math.min(MOST_RANGE, 2 * next)];
  }
}

/** Reads the header of a file. Faults: `source.corrupt`, `source.codec`, `source.type`, `source.header`. */
export async function avroSource(file: FoundFile, told: Told): Promise<AvroSource> {
  const { header, close } = await avroStream(rangesOf(file, 0, LEAST_RANGE, told));
  await close();
  return { file, opened: openedHeader(header, file.path) };
}

/** Bytes of a block and of a record, by the first blocks of a file; null where they hold none. */
export async function sizesOf({ file, opened }: AvroSource, told: Told) {
  const { marker, end } = opened.header;
  const feed = new Feed(rangesOf(file, end, LOOKED_AT, told), end);
  let [blocks, records] = [0, 0];
  try {
    while (feed.offset - end < LOOKED_AT) {
      const part = await nextPart(feed, marker);
      if (part === null || part.fault !== null) break;
      blocks++;
      records += part.count;
    }
    const bytes = feed.offset - end;
    return records === 0 ? null : { blockBytes: bytes / blocks, recordBytes: bytes / records };
  } finally {
    await feed.close();
  }
}

/** Whether it is a block with records, of which every one can be read. */
async function isWhole(part: AvroPart | null, opened: OpenedAvro): Promise<boolean> {
  if (part === null || part.fault !== null || part.count === 0) return false;
  for (const { cells } of await recordsOf(part, opened)) if (cells === null) return false;
  return true;
}

/** Goes behind the next marker that ends before a place; whether there is one. */
async function passMarker(feed: Feed, marker: Uint8Array, end: number): Promise<boolean> {
  await feed.fill(end - feed.offset);
  const found = feed.buffer.indexOf(marker);
  if (found < 0 || feed.offset + found + MARKER_BYTES >= end) return false;
  feed.drop(found + MARKER_BYTES);
  return true;
}

/** The places behind markers that begin before an offset, from the last one to that of the header, and the bytes there. */
async function* markersBefore({ file, opened }: AvroSource, offset: number, told: Told) {
  const { marker, end: body } = opened.header;
  for (
    let [high, length] = [offset, LOOKED_AT];
    high > body - MARKER_BYTES;
    length = Math.min(MOST_RANGE, 2 * length)
  ) {
    const low = Math.max(body - MARKER_BYTES, high - length);
    const bytes = await bytesOf(file, low, high - low + MARKER_BYTES - 1);
    told(bytes.length);
    let found = bytes.lastIndexOf(marker);
    while (found >= 0) {
      const behind = found + MARKER_BYTES;
      yield { start: low + behind, bytes: bytes.subarray(behind) };
      found = found === 0 ? -1 : bytes.lastIndexOf(marker, found - 1);
    }
    high = low;
  }
}

/**
 * Where a part begins, at a marker's end or behind it. Where no whole block stands there, the marker may be by chance
 * among the data of another one: the file is then read from the nearest whole block before it, or from its first.
 */
async function nextStart(source: AvroSource, place: number, told: Told): Promise<number> {
  const { file, opened } = source;
  const { marker, end: body } = opened.header;
  for await (const { start, bytes } of markersBefore(source, place - MARKER_BYTES, told)) {
    async function* onwards() {
      yield bytes;
      yield* rangesOf(file, start + bytes.length, LEAST_RANGE, told);
    }
    const feed = new Feed(onwards(), start);
    try {
      const first = await nextPart(feed, marker);
      if (start !== body && !(await isWhole(first, opened))) continue;
      while (feed.offset < place && (await nextPart(feed, marker)) !== null);
      return feed.offset;
    } finally {
      await feed.close();
    }
  }
  return place;
}

/**
 * The parts that begin in a span of a file, as they are when all of it is read.
 * @param beside bytes that are read at once behind the span
 */
export async function partsIn(
  { at, source }: { readonly at: SourceFile['at']; readonly source: AvroSource },
  [spanStart, end]: Span,
  beside: number,
): Promise<{ items: PlacedPart[]; read: number }> {
  const { file, opened } = source;
  const { marker, end: body } = opened.header;
  const items: PlacedPart[] = [];
  let read = 0;
  const told = (bytes: number) => {
    read += bytes;
  };
  const start = Math.max(body, spanStart);
  // A marker may end where the span begins.
  let [from, isPart] = start === body ? [body, true] : [start - MARKER_BYTES, false];
  while (from < end) {
    const feed = new Feed(rangesOf(file, from, end - from + beside, told), from);
    try {
      if (!isPart && !(await passMarker(feed, marker, end))) break;
      const first = feed.offset;
      let part = await nextPart(feed, marker);
      from = isPart || (await isWhole(part, opened)) ? first : await nextStart(source, first, told);
      isPart = true;
      if (from > first) continue;
      for (; part !== null; part = feed.offset < end ? await nextPart(feed, marker) : null)
        items.push({ ...part, at });
      break;
    } finally {
      await feed.close();
    }
  }
  return { items, read };
}
