import { isUtf8 } from 'node:buffer';
import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';
import path from 'node:path';

/** A record that was rejected before the first step. `record` counts from 1, `line` from 1, `offset` from 0. */
export type UnreadableRecord = {
  readonly record: number;
  readonly line: number;
  readonly offset: number;
  readonly reason: string;
};

/** What was rejected while reading: how much, the first of it, and files with all of it. */
export type Unreadable = {
  readonly count: number;
  readonly first: readonly UnreadableRecord[];
  /** JSON Lines: record, line, offset, reason, and `text` (or `base64` where it is not UTF-8). */
  readonly rawFile: string;
  /** CSV with a header and one column: the reason with its place, a sentence each. */
  readonly reasonFile: string;
};

const FIRST = 1000;
/** Bytes of a record that are kept; what is longer is still found by its offset in the source. */
const MOST_KEPT = 1024 * 1024;

/** The reason as the quarantine states it. */
export const placedReason = ({ record, line, offset, reason }: UnreadableRecord): string =>
  `unreadable: ${reason} (record ${record}, line ${line}, byte ${offset})`;

async function put(stream: WriteStream, text: string): Promise<void> {
  if (!stream.write(text)) await once(stream, 'drain');
}

async function finish(stream: WriteStream): Promise<void> {
  stream.end();
  await once(stream, 'finish');
}

/** Collects rejected records in files of a temporary folder. */
export function collectUnreadable(folder: string): {
  add(record: UnreadableRecord, bytes: Uint8Array): Promise<void>;
  close(): Promise<Unreadable>;
} {
  const rawFile = path.join(folder, 'unreadable.jsonl');
  const reasonFile = path.join(folder, 'unreadable.csv');
  const raw = createWriteStream(rawFile);
  const reasons = createWriteStream(reasonFile);
  reasons.write('reason\n');
  const first: UnreadableRecord[] = [];
  let count = 0;
  return {
    async add(record, bytes) {
      count++;
      if (first.length < FIRST) first.push(record);
      const kept = bytes.subarray(0, MOST_KEPT);
      const content = isUtf8(kept)
        ? { text: Buffer.from(kept).toString('utf8') }
        : { base64: Buffer.from(kept).toString('base64') };
      const truncated = kept.length < bytes.length ? { truncated: true, bytes: bytes.length } : {};
      await put(raw, `${JSON.stringify({ ...record, ...content, ...truncated })}\n`);
      await put(reasons, `"${placedReason(record)}"\n`);
    },
    async close() {
      await Promise.all([finish(raw), finish(reasons)]);
      return { count, first, rawFile, reasonFile };
    },
  };
}
