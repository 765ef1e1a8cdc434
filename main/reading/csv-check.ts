import { isUtf8 } from 'node:buffer';
import type { CsvDialect } from '../../shared/document/rule-set';
import type { CancelSignal } from '../../shared/ports/signal';
import { cancelled } from '../engine/faults';
import type { CsvHeader } from './csv-header';
import { CHUNK_BYTES, type InputFile } from './file';
import { withoutTail } from './utf8';

/**
 * Whether every reader reads the file alike. `records` and `blankLines` are meant only when clean; the number of
 * fields is looked at only where a record ends with a delimiter: DuckDB drops empty fields past the last column, and
 * refuses any other record with too few or too many.
 */
export type Verdict = {
  readonly clean: boolean;
  readonly records: number;
  readonly blankLines: number;
  /** Bytes of the longest record. */
  readonly longest: number;
};

const [LF, CR, QUOTE] = [0x0a, 0x0d, 0x22];
const UNCLEAN: Verdict = { clean: false, records: 0, blankLines: 0, longest: 0 };

/** Fields of a record whose quotes are in order. */
function fieldsOf(record: Uint8Array, delimiter: number): number {
  let fields = 1;
  let quoted = false;
  for (const byte of record) {
    if (byte === QUOTE) quoted = !quoted;
    else if (byte === delimiter && !quoted) fields++;
  }
  return fields;
}

/** Looks through a CSV file by its quotes and line ends alone; many times faster than splitting it. */
export async function checkCsv(
  { handle }: InputFile,
  dialect: CsvDialect,
  header: CsvHeader,
  signal?: CancelSignal,
): Promise<Verdict> {
  const delimiter = dialect.delimiter.charCodeAt(0);
  const crlf = header.lineEnd === '\r\n';
  const buffer = Buffer.allocUnsafe(CHUNK_BYTES);
  let at = header.body;
  let before = LF; // the byte before the chunk
  let quoted = false;
  let closing = false; // the chunk before ended with a quote inside quotes
  let carriageLast = false; // the chunk before ended with a carriage return outside quotes
  let recordStart = at;
  let records = 0;
  let blankLines = 0;
  let longest = 0;
  let last = LF; // the byte before the one before the chunk
  const bytesBetween = async (from: number, to: number) => {
    const record = Buffer.allocUnsafe(to - from);
    const { bytesRead } = await handle.read(record, 0, record.length, from);
    return record.subarray(0, bytesRead);
  };
  for (;;) {
    if (signal?.aborted) throw cancelled();
    const { bytesRead } = await handle.read(buffer, 0, buffer.length, at);
    if (bytesRead === 0) break;
    const chunk = withoutTail(buffer.subarray(0, bytesRead));
    if (chunk.length === 0 || !isUtf8(chunk)) return UNCLEAN;
    const end = chunk.length;
    let i = 0;
    let quote = chunk.indexOf(QUOTE);
    let line = chunk.indexOf(LF);
    let carriage = chunk.indexOf(CR);
    if (carriageLast && chunk[0] !== LF) return UNCLEAN;
    if (closing) {
      closing = false;
      const next = chunk[0];
      if (next === QUOTE) {
        i = 1;
        quote = chunk.indexOf(QUOTE, 1);
      } else if (next === delimiter || next === LF || next === CR) quoted = false;
      else return UNCLEAN;
    }
    while (i < end) {
      if (quoted) {
        const stop = quote < 0 ? end : quote;
        if (line >= 0 && line < stop) {
          if (!dialect.lineBreaks) return UNCLEAN;
          line = chunk.indexOf(LF, stop);
        }
        if (carriage >= 0 && carriage < stop) {
          if (!dialect.lineBreaks) return UNCLEAN;
          carriage = chunk.indexOf(CR, stop);
        }
        if (quote < 0) break;
        if (quote + 1 === end) {
          closing = true;
          break;
        }
        const next = chunk[quote + 1];
        i = quote + 1;
        if (next === QUOTE) i++;
        else if (next === delimiter || next === LF || next === CR) quoted = false;
        else return UNCLEAN;
        quote = chunk.indexOf(QUOTE, i);
        continue;
      }
      if (quote >= 0 && (line < 0 || quote < line)) {
        if (carriage >= 0 && carriage < quote) return UNCLEAN;
        const previous = quote === 0 ? before : chunk[quote - 1];
        if (previous !== delimiter && previous !== LF) return UNCLEAN;
        quoted = true;
        i = quote + 1;
        quote = chunk.indexOf(QUOTE, i);
        continue;
      }
      if (line < 0) {
        // A carriage return may be parted from its line feed by the end of the chunk.
        if (carriage >= 0 && carriage !== end - 1) return UNCLEAN;
        break;
      }
      const hasCarriage = (line === 0 ? before : chunk[line - 1]) === CR;
      if (hasCarriage !== crlf || (carriage >= 0 && carriage < line - 1)) return UNCLEAN;
      const length = at + line - recordStart - (crlf ? 1 : 0);
      if (length === 0) blankLines++;
      else records++;
      const ending = line - (crlf ? 2 : 1);
      const final = ending >= 0 ? chunk[ending] : ending === -1 ? before : last;
      if (length > 0 && final === delimiter) {
        const start = recordStart - at;
        const record =
          start >= 0
            ? chunk.subarray(start, start + length)
            : await bytesBetween(recordStart, recordStart + length);
        if (fieldsOf(record, delimiter) !== header.columns.length) return UNCLEAN;
      }
      if (length > longest) longest = length;
      recordStart = at + line + 1;
      i = line + 1;
      if (carriage >= 0 && carriage < i) carriage = chunk.indexOf(CR, i);
      line = chunk.indexOf(LF, i);
    }
    last = end > 1 ? (chunk[end - 2] ?? LF) : before;
    before = chunk[end - 1] ?? LF;
    carriageLast = !quoted && before === CR;
    at += end;
  }
  if ((quoted && !closing) || carriageLast) return UNCLEAN;
  const rest = at - recordStart;
  if (rest > 0) {
    records++;
    const record = before === delimiter ? await bytesBetween(recordStart, at) : null;
    if (record && fieldsOf(record, delimiter) !== header.columns.length) return UNCLEAN;
  }
  return { clean: true, records, blankLines, longest: Math.max(longest, rest) };
}
