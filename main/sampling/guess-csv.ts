import {
  type CsvDialect,
  csvDialectSchema,
  QUOTE_CHARACTERS,
  type Quote,
} from '../../shared/document/dialect';
import { type Layout, parseRecord, type RecordSpan, recordSplitter } from '../../shared/reading/csv';
import { plural } from '../../shared/words';

const DELIMITERS = [',', ';', '\t', '|', ':'];
const DELIMITER_WORDS: Readonly<Record<string, string>> = {
  ',': 'Commas',
  ';': 'Semicolons',
  '\t': 'Tabs',
  '|': 'Bars',
  ':': 'Colons',
};
/** By how much another reading must be better to be preferred over the usual one. */
const BETTER = 0.02;
const LOOKED_AT = 64 * 1024;

type Reading = Layout & { readonly spans: readonly RecordSpan[]; readonly score: number };

function spansOf(start: Uint8Array, layout: Layout, whole: boolean): RecordSpan[] {
  const spans: RecordSpan[] = [];
  const splitter = recordSplitter(layout, (span) => spans.push(span));
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

/** Whether a quote stands where a field of some record begins and where it ends. */
function quotes(start: string, mark: string, delimiter: string): number {
  const point = delimiter === '|' ? '\\|' : delimiter;
  const quoted = new RegExp(`(?:^|${point})${mark}[^${mark}\\n]*${mark}(?=${point}|\\r?$)`, 'gm');
  return start.match(quoted)?.length ?? 0;
}

function bestReading(start: Uint8Array, whole: boolean, quote: Quote): Reading {
  const tried = DELIMITERS.flatMap((delimiter) =>
    [false, true].map((lineBreaks): Reading => {
      const layout = { delimiter, lineBreaks: lineBreaks && quote !== 'none', quote };
      const spans = spansOf(start, layout, whole);
      return { ...layout, spans, score: consistency(spans) };
    }),
  );
  return tried.reduce((a, b) => (b.score > a.score + BETTER ? b : a));
}

/** The usual quote unless the text speaks for another: values in single quotes, or quotes that close nothing. */
function withQuote(start: Uint8Array, whole: boolean): Reading {
  const usual = bestReading(start, whole, 'double');
  const text = Buffer.from(start.subarray(0, LOOKED_AT)).toString('latin1');
  const doubled = quotes(text, '"', usual.delimiter);
  const single = bestReading(start, whole, 'single');
  if (
    doubled === 0 &&
    quotes(text, "'", single.delimiter) >= Math.max(2, single.spans.length / 4) &&
    single.score >= usual.score
  )
    return single;
  const stray = usual.spans.filter(({ fault }) => fault !== null).length;
  const none = bestReading(start, whole, 'none');
  return doubled === 0 && stray >= 3 && none.score > usual.score + BETTER ? none : usual;
}

const KINDS: readonly RegExp[] = [
  /^[+-]?[0-9][0-9.,' ]*%?$/,
  /^[0-9]{1,4}[-/.][0-9]{1,2}[-/.][0-9]{1,4}(?:[T ][0-9:.+Z-]*)?$/,
  /^[^@\s]+@[^@\s]+$/,
];
const TEXT = KINDS.length;
const kindOf = (cell: string) => {
  const found = KINDS.findIndex((kind) => kind.test(cell.trim()));
  return found < 0 ? TEXT : found;
};

/** Whether the first record names the columns; the other way round only where it looks like the data below it. */
function hasHeader(start: Uint8Array, { spans, ...layout }: Reading): boolean {
  const bytes = Buffer.from(start.buffer, start.byteOffset, start.byteLength);
  const good = spans.filter(({ fault, fields }) => fault === null && fields === spans[0]?.fields);
  const [first, ...others] = good
    .slice(0, 200)
    .map((span) => parseRecord(bytes.toString('utf8', span.start, span.start + span.length), layout));
  if (!first || spans[0]?.fault || others.length < 2) return true;
  let data = 0;
  for (const [i, name] of first.entries()) {
    const below = others.flatMap((cells) => cells[i] ?? []).map(kindOf);
    const counts = Array.from({ length: TEXT + 1 }, (_, kind) => below.filter((one) => one === kind).length);
    const most = counts.indexOf(Math.max(...counts));
    if (below.length === 0 || (counts[most] ?? 0) < below.length * 0.8 || most === TEXT) continue;
    if (name === null || kindOf(name) !== most) return true;
    data++;
  }
  return data === 0;
}

/**
 * Guesses how a CSV file is laid out, and says what speaks for it.
 * @param start its first bytes, as UTF-8
 * @param whole whether they are all of it
 */
export function guessCsv(start: Uint8Array, whole: boolean): { dialect: CsvDialect; notes: string[] } {
  const best = withQuote(start, whole);
  const { delimiter, lineBreaks, quote, spans, score } = best;
  const header = hasHeader(start, best);
  const dialect = csvDialectSchema.parse({
    format: 'csv',
    delimiter: score === 0 ? ',' : delimiter,
    lineBreaks,
    quote,
    header,
  });
  const notes: string[] = [];
  if (score === 0) notes.push('No delimiter was found; the file is taken to have one column.');
  else if (score < 1)
    notes.push('Some of the first records do not fit this reading; they are listed as unreadable.');
  if (score > 0 && delimiter !== ',')
    notes.push(
      `${DELIMITER_WORDS[delimiter]} part the first ${plural(spans.length, 'record')} into ${spans[0]?.fields ?? 1} values.`,
    );
  if (quote === 'single') notes.push(`Values stand in single quotes (${QUOTE_CHARACTERS.single}).`);
  if (quote === 'none') notes.push('Quotes stand alone within values, so they are taken as they stand.');
  if (!header) notes.push('The first line looks like the ones below it, so it is taken as data.');
  if (lineBreaks)
    notes.push(
      'Quoted values hold line breaks, so the file cannot be split and is read by one task on a cluster.',
    );
  return { dialect, notes };
}
