import { type CsvDialect, type Encoding, QUOTE_CHARACTERS } from '../document/dialect';
import { ENCODING_LABELS } from './encodings';

/**
 * The one definition of a readable CSV record, the same on every engine.
 *
 * A record ends at a line feed, or a carriage return and line feed, that is not inside quotes; where the dialect
 * says that values hold no line breaks, every line feed ends a record. The last line feed may be missing. A field is
 * free of quotes, or wholly inside quotes with each quote of its own doubled. Quotes open only where a field begins;
 * where the dialect has no quote, every character but delimiter and line end is part of a field. A record has as
 * many fields as the header. Empty unquoted means null, empty quoted means empty text. A blank line is no record,
 * except in a file of one column, where it is a null.
 */
export const RECORD_FAULTS = [
  'encoding',
  'carriage-return',
  'quote',
  'unclosed',
  'line-break',
  'fields',
] as const;
export type RecordFault = (typeof RECORD_FAULTS)[number];

export const RECORD_FAULT_WORDS: Record<RecordFault, string> = {
  encoding: 'not valid UTF-8',
  'carriage-return': 'a carriage return without a line feed',
  quote: 'a quote where none may be',
  unclosed: 'a quote that is not closed',
  'line-break': 'a quote that is not closed on its line, and the dialect rules out line breaks inside quotes',
  fields: 'not as many fields as the header',
};

/** Why a record of a source cannot be read, in words. */
export const recordFaultWords = (encoding: Encoding): Readonly<Record<RecordFault, string>> => ({
  ...RECORD_FAULT_WORDS,
  encoding: `not valid ${ENCODING_LABELS[encoding]}`,
});

/** A record as it stands in the file. `line` counts from 1, `start` and `length` are bytes. */
export type RecordSpan = {
  readonly start: number;
  readonly length: number;
  readonly line: number;
  readonly fields: number;
  /** Nothing between two line ends. */
  readonly blank: boolean;
  readonly fault: RecordFault | null;
};

const LF = 10;
const CR = 13;

const START = 0; // where a field begins
const PLAIN = 1; // inside a field without quotes, or one that is broken
const QUOTED = 2;
const CLOSED = 3; // after a quote inside quotes: closed, unless another quote follows

export type Layout = Pick<CsvDialect, 'delimiter' | 'lineBreaks' | 'quote'>;

const hex = (character: string) => `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`;

/** What a readable record with this many fields looks like, without its line end; read alike by JavaScript and Java. */
export function recordPattern({ delimiter, lineBreaks, quote }: Layout, fields: number): string {
  const point = hex(delimiter);
  const mark = QUOTE_CHARACTERS[quote];
  const plain = `[^${mark}\\r\\n${point}]*`;
  const inside = lineBreaks ? `[^${mark}]*` : `[^${mark}\\r\\n]*`;
  const field = mark === '' ? plain : `(?:${mark}${inside}(?:${mark}${mark}${inside})*${mark}|${plain})`;
  return `^${field}(?:${point}${field}){${fields - 1}}$`;
}

/** The cells of a readable record. */
export function parseRecord(
  record: string,
  { delimiter, quote }: Pick<Layout, 'delimiter' | 'quote'>,
): (string | null)[] {
  const mark = QUOTE_CHARACTERS[quote];
  const cells: (string | null)[] = [];
  for (let at = 0; at <= record.length; ) {
    if (mark !== '' && record[at] === mark) {
      let end = at + 1;
      for (; record[end] !== mark || record[end + 1] === mark; end += record[end] === mark ? 2 : 1);
      cells.push(record.slice(at + 1, end).replaceAll(mark + mark, mark));
      at = end + 2;
    } else {
      const found = record.indexOf(delimiter, at);
      const end = found < 0 ? record.length : found;
      cells.push(end === at ? null : record.slice(at, end));
      at = end + 1;
    }
  }
  return cells;
}

/** The byte that quotes values, or one that no byte is. */
export const quoteByte = (quote: CsvDialect['quote']): number =>
  quote === 'none' ? -1 : QUOTE_CHARACTERS[quote].charCodeAt(0);

/**
 * Splits a file into records as its bytes come. `span` is called for each record, without its line end.
 * @param origin offset in the file of the first byte that is pushed
 */
export function recordSplitter(
  dialect: Layout,
  span: (record: RecordSpan) => void,
  origin = 0,
): { push(bytes: Uint8Array): void; end(): void } {
  const delimiter = dialect.delimiter.charCodeAt(0);
  const { lineBreaks } = dialect;
  const mark = quoteByte(dialect.quote);
  let at = origin; // offset of the next byte in the file
  let start = origin;
  let line = 1;
  let firstLine = 1;
  let fields = 1;
  let state = START;
  let carriage = false; // the byte before was a carriage return outside quotes
  let fault: RecordFault | null = null;

  const blame = (one: RecordFault) => {
    fault ??= one;
  };
  const finish = (end: number, next: number) => {
    const length = end - start;
    span({ start, length, line: firstLine, fields, blank: length === 0, fault });
    start = next;
    firstLine = line;
    fields = 1;
    state = START;
    fault = null;
  };

  return {
    push(bytes) {
      for (let i = 0; i < bytes.length; i++, at++) {
        const byte = bytes[i];
        if (byte === LF) {
          line++;
          if (state === QUOTED && lineBreaks) continue;
          if (state === QUOTED) blame('line-break');
          const end = carriage ? at - 1 : at;
          carriage = false;
          finish(end, at + 1);
          continue;
        }
        if (carriage) {
          blame('carriage-return');
          carriage = false;
          if (state !== QUOTED) state = PLAIN;
        }
        if (byte === CR) {
          // Inside quotes it is a character like others, where values may hold line breaks.
          if (state === QUOTED && lineBreaks) continue;
          if (state === QUOTED) {
            carriage = true;
            continue;
          }
          carriage = true;
        } else if (byte === mark) {
          if (state === START) state = QUOTED;
          else if (state === QUOTED) state = CLOSED;
          else if (state === CLOSED) state = QUOTED;
          else blame('quote');
        } else if (byte === delimiter) {
          if (state === QUOTED) continue;
          fields++;
          state = START;
        } else if (state === START) state = PLAIN;
        else if (state === CLOSED) {
          blame('quote');
          state = PLAIN;
        }
      }
    },
    end() {
      // One fault for every line: readers of split files can't tell which line is the last.
      if (state === QUOTED) blame(lineBreaks ? 'unclosed' : 'line-break');
      if (at > start) finish(carriage ? at - 1 : at, at);
    },
  };
}
