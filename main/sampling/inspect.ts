import { isUtf8 } from 'node:buffer';
import { extname } from 'node:path';
import { type CsvDialect, csvDialectSchema, type Dialect } from '../../shared/document/dialect';
import { type RecordSpan, recordSplitter } from '../../shared/reading/csv';

const DELIMITERS = [',', ';', '\t', '|', ':'];
/** Bytes of a source that a guess is made from. */
export const INSPECTED_BYTES = 512 * 1024;

export type Guess = { readonly dialect: Dialect; readonly notes: readonly string[] };

function spansOf(
  start: Uint8Array,
  dialect: { delimiter: string; lineBreaks: boolean },
  whole: boolean,
): RecordSpan[] {
  const spans: RecordSpan[] = [];
  const splitter = recordSplitter(dialect, (span) => spans.push(span));
  splitter.push(start);
  if (whole) splitter.end();
  return spans.filter((span) => !span.blank);
}

/** Share of records with as many fields as the first and no fault; a file of one field scores nothing. */
function consistency(spans: readonly RecordSpan[]): number {
  const fields = spans[0]?.fields ?? 1;
  if (fields < 2) return 0;
  return spans.filter((span) => span.fields === fields && span.fault === null).length / spans.length;
}

function guessCsv(start: Uint8Array, whole: boolean): { dialect: CsvDialect; notes: string[] } {
  const tried = DELIMITERS.flatMap((delimiter) =>
    [false, true].map((lineBreaks) => ({
      delimiter,
      lineBreaks,
      score: consistency(spansOf(start, { delimiter, lineBreaks }, whole)),
    })),
  );
  const best = tried.reduce((a, b) => (b.score > a.score + 0.02 ? b : a));
  const dialect = csvDialectSchema.parse({
    format: 'csv',
    delimiter: best.score === 0 ? ',' : best.delimiter,
    lineBreaks: best.lineBreaks,
  });
  const notes: string[] = [];
  if (best.score === 0) notes.push('No delimiter was found; the file is taken to have one column.');
  else if (best.score < 1)
    notes.push('Some of the first records do not fit this reading; they are listed as unreadable.');
  if (best.lineBreaks)
    notes.push(
      'Quoted values hold line breaks, so the file cannot be split and is read by one task on a cluster.',
    );
  return { dialect, notes };
}

/**
 * Guesses a dialect from a file's name and first bytes.
 * @param whole whether `start` is the whole file
 */
export function guessDialect(path: string, start: Uint8Array, whole: boolean): Guess {
  const magic = Buffer.from(start.subarray(0, 4)).toString('latin1');
  if (magic === 'PAR1') return { dialect: { format: 'parquet' }, notes: [] };
  const extension = extname(path).toLowerCase();
  if (['.jsonl', '.ndjson'].includes(extension)) return { dialect: { format: 'jsonl' }, notes: [] };
  const { dialect, notes } = guessCsv(start, whole);
  // A cut-off character at the end is no sign of another encoding.
  const text = whole ? start : start.subarray(0, Math.max(0, start.lastIndexOf(10)));
  if (!isUtf8(text))
    notes.push('The file is not valid UTF-8 throughout; records with other bytes are unreadable.');
  return { dialect, notes };
}
