import { createHash } from 'node:crypto';
import { type FileHandle, open, stat } from 'node:fs/promises';
import { z } from 'zod';
import { Fault } from '../../shared/contract/errors';
import { editSchema } from '../../shared/document/edit';
import { isDiskFull } from '../connectors/local/faults';

/** One edit of one source's rule set. `sequence` counts from 1 since the journal began. */
const entrySchema = z.strictObject({
  sequence: z.number().int().min(1),
  source: z.string(),
  edit: editSchema,
});
export type JournalEntry = z.output<typeof entrySchema>;

/** The first line: which snapshot the edits follow, by the SHA-256 of its bytes. */
const headSchema = z.strictObject({
  format: z.literal('dataharmonize/journal'),
  version: z.literal(1),
  base: z.string(),
});
/** Written before a new snapshot takes the old one's place: that snapshot holds all edits above. */
const sealSchema = z.strictObject({ sealed: z.string() });

export type JournalContent = {
  readonly base: string;
  readonly entries: readonly JournalEntry[];
  /** Snapshots that were being written, by their hash, and how many of the entries each already holds. */
  readonly seals: readonly { readonly snapshot: string; readonly holds: number }[];
  /** Bytes up to the end of the last whole line. */
  readonly length: number;
};

/** SHA-256 of bytes, in hexadecimal. */
export const digest = (bytes: Uint8Array | string): string =>
  createHash('sha256').update(bytes).digest('hex');

const lineOf = (value: unknown): string => {
  const json = JSON.stringify(value);
  return `${digest(json).slice(0, 16)} ${json}\n`;
};

/** The first line of a journal that follows a snapshot. */
export const journalHead = (base: string): string =>
  lineOf({ format: 'dataharmonize/journal', version: 1, base });

function read(line: string): unknown {
  const json = line.slice(17);
  if (line[16] !== ' ' || digest(json).slice(0, 16) !== line.slice(0, 16)) return undefined;
  return JSON.parse(json);
}

function damaged(file: string, row: number): Fault {
  return new Fault({
    code: 'journal.damaged',
    message: `${file}:${row}: the journal of unsaved edits is damaged at this line.`,
    place: { file, row },
    unaffected: 'The project file itself is whole; nothing was changed.',
    advice: 'Move the journal file away to open the project as it was last saved.',
  });
}

/**
 * Reads a journal. A last line that is torn (the program ended while it was written) is left out; damage before
 * that is a Fault naming the line.
 */
export function readJournal(text: string, file: string): JournalContent | null {
  const lines = text.split('\n');
  const torn = lines.pop();
  const values = lines.map(read);
  if (values.at(-1) === undefined && torn === '') values.pop();
  const bad = values.indexOf(undefined);
  if (bad >= 0) throw damaged(file, bad + 1);
  if (values.length === 0) return null;
  const head = headSchema.safeParse(values[0]);
  if (!head.success) throw damaged(file, 1);
  const entries: JournalEntry[] = [];
  const seals: { snapshot: string; holds: number }[] = [];
  for (const [index, value] of values.slice(1).entries()) {
    const entry = entrySchema.safeParse(value);
    const seal = sealSchema.safeParse(value);
    if (entry.success) entries.push(entry.data);
    else if (seal.success) seals.push({ snapshot: seal.data.sealed, holds: entries.length });
    else throw damaged(file, index + 2);
  }
  const length = Buffer.byteLength(
    lines
      .slice(0, values.length)
      .map((line) => `${line}\n`)
      .join(''),
  );
  return { base: head.data.base, entries, seals, length };
}

/** The entries that a snapshot does not hold yet; null where the journal is of another snapshot. */
export function entriesSince({ base, entries, seals }: JournalContent, snapshot: string) {
  const seal = seals.findLast((one) => one.snapshot === snapshot);
  if (seal) return entries.slice(seal.holds);
  return base === snapshot ? entries : null;
}

/** Appends to a journal; each append is on disk when its promise is fulfilled. */
export type JournalWriter = {
  append(entry: JournalEntry): Promise<void>;
  seal(snapshot: string): Promise<void>;
  /** Whether the file is still where it was. */
  isThere(): Promise<boolean>;
  close(): Promise<void>;
};

/** Opens a journal for appending, cut to `length` bytes (what readJournal found whole). */
export async function openJournal(file: string, length: number): Promise<JournalWriter> {
  const handle: FileHandle = await open(file, 'r+');
  await handle.truncate(length);
  let position = length;
  const write = async (value: unknown) => {
    const bytes = Buffer.from(lineOf(value));
    try {
      // A disk that is nearly full takes a part and reports no fault.
      for (let at = 0; at < bytes.length; )
        at += (await handle.write(bytes, at, bytes.length - at, position + at)).bytesWritten;
      await handle.datasync();
    } catch (error) {
      await handle.truncate(position).catch(() => undefined);
      const full = isDiskFull(error);
      throw new Fault({
        code: full ? 'disk.full' : 'journal.write',
        message: full ? `The disk that holds ${file} is full.` : `The edit could not be written to ${file}.`,
        place: { file },
        unaffected: 'Every earlier edit is saved.',
        advice: 'Make room on the disk; the edit is tried again.',
        cause: error,
      });
    }
    position += bytes.length;
  };
  return {
    append: write,
    seal: (sealed) => write({ sealed }),
    async isThere() {
      const [mine, found] = await Promise.all([handle.stat(), stat(file).catch(() => null)]);
      return found !== null && found.ino === mine.ino && found.dev === mine.dev;
    },
    close: () => handle.close(),
  };
}
