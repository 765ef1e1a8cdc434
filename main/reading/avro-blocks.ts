import {
  type AvroFileFault,
  type AvroHeader,
  avroHeader,
  blockHead,
  LARGEST_HEADER,
  MARKER_BYTES,
} from '../../shared/reading/avro-file';
import { Feed } from './feed';
import { MOST_KEPT } from './unreadable';

const LEAST_HEADER = 16 * 1024;
/** Bytes of a damaged part that are kept: enough to see that there were more than are told. */
const MOST_DAMAGED = MOST_KEPT + 1;

/** A part of a file behind its header, with the place where it begins and how many bytes it takes. */
export type AvroPart = { readonly offset: number; readonly length: number } & (
  | {
      readonly fault: null;
      /** As it stands in the file, with its marker. */
      readonly bytes: Buffer;
      readonly count: number;
      readonly data: Buffer;
    }
  /** `bytes`: its first ones. */
  | { readonly fault: Extract<AvroFileFault, 'damaged' | 'ended'>; readonly bytes: Buffer }
);

export type AvroStream = {
  /** Null where the bytes begin with none. */
  readonly header: (AvroHeader & { readonly bytes: Buffer }) | null;
  readonly parts: AsyncGenerator<AvroPart>;
  /** For a stream whose parts are not read; reading them closes it. */
  close(): Promise<void>;
};

/** A part from here up to the next marker, or to the end of the file. */
async function damagedPart(feed: Feed, marker: Uint8Array, reachesEnd: boolean): Promise<AvroPart> {
  const { offset } = feed;
  const kept: Buffer[] = [];
  let keptBytes = 0;
  const drop = (length: number) => {
    const dropped = feed.drop(length).subarray(0, MOST_DAMAGED - keptBytes);
    kept.push(dropped);
    keptBytes += dropped.length;
  };
  for (;;) {
    const found = feed.buffer.indexOf(marker);
    if (found >= 0) {
      drop(found + MARKER_BYTES);
      return { offset, length: feed.offset - offset, fault: 'damaged', bytes: Buffer.concat(kept) };
    }
    // A marker may have begun.
    drop(Math.max(0, feed.buffer.length - MARKER_BYTES + 1));
    if (await feed.fill(feed.buffer.length + 1)) continue;
    drop(feed.buffer.length);
    const fault = reachesEnd ? 'ended' : 'damaged';
    return { offset, length: feed.offset - offset, fault, bytes: Buffer.concat(kept) };
  }
}

/** The part that begins where the bytes stand; null where they end. */
export async function nextPart(feed: Feed, marker: Uint8Array): Promise<AvroPart | null> {
  if (!(await feed.fill(1))) return null;
  // Two numbers of ten bytes at most.
  await feed.fill(20);
  const head = blockHead(feed.buffer.subarray(0, 20));
  if (head === 'broken') return damagedPart(feed, marker, false);
  const end = head === 'more' ? Number.POSITIVE_INFINITY : head.end + MARKER_BYTES;
  const whole = head !== 'more' && (await feed.fill(end));
  if (head === 'more' || !whole || !feed.buffer.subarray(head.end, end).equals(marker))
    return damagedPart(feed, marker, !whole);
  const { offset } = feed;
  const bytes = feed.drop(end);
  const data = bytes.subarray(head.start, head.end);
  return { offset, length: end, fault: null, bytes, count: head.count, data };
}

async function* partsOf(feed: Feed, marker: Uint8Array): AsyncGenerator<AvroPart> {
  try {
    for (let part = await nextPart(feed, marker); part; part = await nextPart(feed, marker)) yield part;
  } finally {
    await feed.close();
  }
}

/** The header of an Avro file, and its parts as they come; no more than a block is held. */
export async function avroStream(bytes: AsyncIterable<Uint8Array>): Promise<AvroStream> {
  const feed = new Feed(bytes);
  for (let length = LEAST_HEADER; ; length *= 4) {
    const more = await feed.fill(length);
    const header = avroHeader(feed.buffer);
    if (header === 'more' && more && length < LARGEST_HEADER) continue;
    const known = header === 'more' || header === 'broken' ? null : header;
    return {
      header: known && { ...known, bytes: feed.drop(known.end) },
      parts: partsOf(feed, known?.marker ?? new Uint8Array(MARKER_BYTES)),
      close: () => feed.close(),
    };
  }
}
