import { isUtf8 } from 'node:buffer';
import { open } from 'node:fs/promises';
import path from 'node:path';

/**
 * A record that was rejected before the first step. `record` counts from 1, `line` from 1, `offset` from 0, all within
 * its file. A file that is no text has no lines, and one that is written in blocks tells where the record's begins.
 */
export type UnreadableRecord = {
  /** Which file of a data set, by its path from the data set's own. */
  readonly file?: string;
  readonly record: number;
  readonly line: number | null;
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
export const MOST_KEPT = 1024 * 1024;

/** The reason as the quarantine states it. */
export const placedReason = ({ file, record, line, offset, reason }: UnreadableRecord): string =>
  `unreadable: ${reason} (${file === undefined ? '' : `${file}, `}record ${record}, ${line === null ? '' : `line ${line}, `}byte ${offset})`;

/**
 * Collects rejected records in files of a temporary folder. `bytes` are as readers see them, `original` as they stand
 * in the source where that has another encoding: they are kept where they make no text, or where all of the file is
 * `binary`. `file` goes with each record.
 */
export async function collectUnreadable(
  folder: string,
  { file, binary = false }: { readonly file?: string | undefined; readonly binary?: boolean },
): Promise<{
  add(record: UnreadableRecord, bytes: Uint8Array, original?: Uint8Array): Promise<void>;
  close(): Promise<Unreadable>;
}> {
  const rawFile = path.join(folder, 'unreadable.jsonl');
  const reasonFile = path.join(folder, 'unreadable.csv');
  const [raw, reasons] = [await open(rawFile, 'w', 0o600), await open(reasonFile, 'w', 0o600)];
  const first: UnreadableRecord[] = [];
  let [rawText, reasonText] = ['', 'reason\n'];
  let count = 0;
  const flush = async () => {
    await raw.writeFile(rawText);
    await reasons.writeFile(reasonText);
    rawText = '';
    reasonText = '';
  };
  return {
    async add(found, bytes, original = bytes) {
      const record = file === undefined ? found : { file, ...found };
      count++;
      if (first.length < FIRST) first.push(record);
      const kept = bytes.subarray(0, MOST_KEPT);
      const content =
        !binary && isUtf8(kept)
          ? { text: Buffer.from(kept).toString('utf8') }
          : { base64: Buffer.from(original.subarray(0, MOST_KEPT)).toString('base64') };
      const truncated = kept.length < bytes.length ? { truncated: true } : {};
      rawText += `${JSON.stringify({ ...record, ...content, ...truncated })}\n`;
      reasonText += `"${placedReason(record).replaceAll('"', '""')}"\n`;
      if (rawText.length > MOST_KEPT) await flush();
    },
    async close() {
      try {
        await flush();
      } finally {
        await Promise.all([raw.close(), reasons.close()]);
      }
      return { count, first, rawFile, reasonFile };
    },
  };
}
