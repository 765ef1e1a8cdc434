import { isUtf8 } from 'node:buffer';
import { open } from 'node:fs/promises';
import path from 'node:path';
import { Fault } from '../../shared/contract/errors';
import type { CancelSignal } from '../../shared/ports/signal';
import { isBlankLine, JSON_FAULT_WORDS, type JsonRecord, jsonRecordReader } from '../../shared/reading/jsonl';
import { type CleanCopy, copyHeader } from './csv-copy';
import type { InputFile, Told } from './file';
import { type Line, linesOf } from './lines';
import { collectUnreadable } from './unreadable';

const MOST_COLUMNS = 10_000;
const ENCODING = 'not valid UTF-8';
const MARK = Buffer.from([0xef, 0xbb, 0xbf]);

type Read = { readonly line: Line; readonly record: JsonRecord | string };

/** Each record, or the reason why a line is none. Blank lines are null. */
async function* recordsOf(file: InputFile, signal?: CancelSignal): AsyncGenerator<(Read | null)[]> {
  const parse = jsonRecordReader();
  const start = Buffer.alloc(3);
  await file.handle.read(start, 0, 3, 0);
  for await (const batch of linesOf(file, start.equals(MARK) ? 3 : 0, signal)) {
    yield batch.map((line) => {
      if (!isUtf8(line.bytes)) return { line, record: ENCODING };
      const text = line.bytes.toString('utf8');
      if (isBlankLine(text)) return null;
      const record = parse(text);
      return { line, record: typeof record === 'string' ? JSON_FAULT_WORDS[record] : record };
    });
  }
}

/** The keys of a JSON Lines file in the order in which they first appear. Reads all of it. */
export async function readJsonColumns(
  file: InputFile,
  signal?: CancelSignal,
  told?: Told,
): Promise<readonly string[]> {
  const columns = new Set<string>();
  let last: readonly string[] = [];
  let lines = 0;
  for await (const batch of recordsOf(file, signal)) {
    for (const read of batch) {
      if (!read || typeof read.record === 'string' || read.record.keys === last) continue;
      last = read.record.keys;
      for (const key of last) columns.add(key);
    }
    lines += batch.length;
    told?.(lines);
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
  if (columns.size > 0) return [...columns];
  throw new Fault({
    code: 'source.empty',
    message: `${file.named} holds no JSON object with a key.`,
    unaffected: 'Nothing was written.',
    advice: 'Choose a file with one JSON object a line.',
    place: { file: file.named },
  });
}

const csvCell = (value: string | null | undefined) =>
  value === null || value === undefined
    ? ''
    : `"${value.includes('"') ? value.replaceAll('"', '""') : value}"`;

/** Copies the records that can be read as CSV, and collects the other lines with their places. */
export async function copyJsonl(
  file: InputFile,
  columns: readonly string[],
  folder: string,
  signal?: CancelSignal,
  told?: Told,
): Promise<CleanCopy> {
  const target = path.join(folder, 'readable.csv');
  const out = await open(target, 'w');
  const unreadable = await collectUnreadable(folder);
  const places = new Map(columns.map((column, i) => [column, i]));
  let keys: readonly string[] = [];
  let order: readonly number[] = [];
  let [records, blankLines, longest, number] = [0, 0, 0, 0];
  try {
    await out.writeFile(copyHeader(columns.length, ','));
    for await (const batch of recordsOf(file, signal)) {
      const rows: string[] = [];
      for (const read of batch) {
        if (!read) {
          blankLines++;
          continue;
        }
        number++;
        const { record, line } = read;
        if (typeof record === 'string') {
          const place = { record: number, line: line.line, offset: line.offset, reason: record };
          await unreadable.add(place, line.bytes);
          continue;
        }
        records++;
        const cells = new Array<string>(columns.length).fill('');
        if (record.keys !== keys) {
          keys = record.keys;
          order = keys.map((key) => places.get(key) ?? 0);
        }
        for (let i = 0; i < order.length; i++) cells[order[i] ?? 0] = csvCell(record.values[i]);
        const row = `${cells.join(',')}\n`;
        // A code unit takes three bytes at most.
        if (row.length * 3 > longest) longest = Math.max(longest, Buffer.byteLength(row));
        rows.push(row);
      }
      if (rows.length > 0) await out.writeFile(rows.join(''));
      told?.(number);
    }
  } finally {
    await out.close();
  }
  return { file: target, delimiter: ',', records, blankLines, longest, unreadable: await unreadable.close() };
}
