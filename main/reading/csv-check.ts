import { isUtf8 } from 'node:buffer';
import type { CsvDialect } from '../../shared/document/dialect';
import type { CancelSignal } from '../../shared/ports/signal';
import { quoteByte } from '../../shared/reading/csv';
import { cancelled } from '../engine/faults';
import type { CsvHeader } from './csv-header';
import { CHUNK_BYTES, type InputFile, type Told } from './file';
import { withoutTail } from './utf8';

/**
 * Whether every reader reads the file alike. `records` and `blankLines` are meant only when clean. Fields are counted
 * because DuckDB drops empty ones past the last column without a word.
 */
export type Verdict = {
  readonly clean: boolean;
  readonly records: number;
  readonly blankLines: number;
  /** Bytes of the longest record. */
  readonly longest: number;
};

const [LF, CR] = [0x0a, 0x0d];
const UNCLEAN: Verdict = { clean: false, records: 0, blankLines: 0, longest: 0 };
/** Outside quotes, inside them, and after a quote inside them that may end them or be the first of two. */
const [PLAIN, QUOTED, CLOSING] = [0, 1, 2];

type Scan = {
  readonly delimiter: number;
  /** The byte that quotes values, or -1. */
  readonly quote: number;
  readonly lineBreaks: boolean;
  readonly crlf: boolean;
  readonly columns: number;
  /** Offset in the file of the next byte, and of the record it belongs to. */
  at: number;
  recordStart: number;
  state: number;
  before: number;
  /** Fields of the record so far. */
  fields: number;
  records: number;
  blankLines: number;
  longest: number;
};

/** Looks through the next bytes; false when some reader would read them otherwise. Locals, for speed. */
function scanChunk(scan: Scan, chunk: Uint8Array): boolean {
  const { delimiter, quote, lineBreaks, crlf, columns, at } = scan;
  // No byte above it means anything outside quotes.
  const highest = Math.max(delimiter, quote, CR);
  const end = chunk.length;
  let { recordStart, state, before, fields } = scan;
  if (state === PLAIN && before === CR && chunk[0] !== LF) return false;
  let i = 0;
  while (i < end) {
    if (state === QUOTED) {
      const byte = chunk[i++];
      if (byte === quote) state = CLOSING;
      else if (!lineBreaks && (byte === LF || byte === CR)) return false;
      continue;
    }
    const byte = chunk[i] as number;
    if (state === CLOSING) {
      if (byte === quote) {
        state = QUOTED;
        i++;
        continue;
      }
      if (byte !== delimiter && byte !== LF && byte !== CR) return false;
      state = PLAIN;
    }
    if (byte === delimiter) fields++;
    else if (byte === LF) {
      if (crlf && (i === 0 ? before : chunk[i - 1]) !== CR) return false;
      const length = at + i - recordStart - (crlf ? 1 : 0);
      if (length === 0) scan.blankLines++;
      else if (fields !== columns) return false;
      else scan.records++;
      if (length > scan.longest) scan.longest = length;
      recordStart = at + i + 1;
      fields = 1;
    } else if (byte === CR) {
      if (!crlf || (i + 1 < end && chunk[i + 1] !== LF)) return false;
    } else if (byte === quote) {
      const previous = i === 0 ? before : chunk[i - 1];
      if (previous !== delimiter && previous !== LF) return false;
      state = QUOTED;
    }
    i++;
    if (state === PLAIN) while (i < end && (chunk[i] as number) > highest) i++;
  }
  before = chunk[end - 1] as number;
  Object.assign(scan, { at: at + end, recordStart, state, before, fields });
  return true;
}

/** Looks through a CSV file byte by byte without taking it apart; many times faster than splitting it. */
export async function checkCsv(
  { handle }: InputFile,
  dialect: CsvDialect,
  header: CsvHeader,
  signal?: CancelSignal,
  told?: Told,
): Promise<Verdict> {
  const buffer = Buffer.allocUnsafe(CHUNK_BYTES);
  const scan: Scan = {
    delimiter: dialect.delimiter.charCodeAt(0),
    quote: quoteByte(dialect.quote),
    lineBreaks: dialect.lineBreaks,
    crlf: header.lineEnd === '\r\n',
    columns: header.columns.length,
    at: header.body,
    recordStart: header.body,
    state: PLAIN,
    before: LF,
    fields: 1,
    records: 0,
    blankLines: 0,
    longest: 0,
  };
  for (;;) {
    if (signal?.aborted) throw cancelled();
    const { bytesRead } = await handle.read(buffer, 0, buffer.length, scan.at);
    if (bytesRead === 0) break;
    const chunk = withoutTail(buffer.subarray(0, bytesRead));
    if (chunk.length === 0 || !isUtf8(chunk) || !scanChunk(scan, chunk)) return UNCLEAN;
    told?.(scan.records);
  }
  const { state, before, blankLines } = scan;
  if (state === QUOTED || (state === PLAIN && before === CR)) return UNCLEAN;
  const rest = scan.at - scan.recordStart;
  if (rest > 0 && scan.fields !== scan.columns) return UNCLEAN;
  const records = scan.records + (rest > 0 ? 1 : 0);
  return { clean: true, records, blankLines, longest: Math.max(scan.longest, rest) };
}
