import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { QUOTE_CHARACTERS } from '../../../shared/document/dialect';
import {
  type Layout,
  parseRecord,
  type RecordSpan,
  recordPattern,
  recordSplitter,
} from '../../../shared/reading/csv';

const layouts: readonly Layout[] = [
  { delimiter: ',', lineBreaks: false, quote: 'double' },
  { delimiter: ';', lineBreaks: true, quote: 'double' },
  { delimiter: '\t', lineBreaks: true, quote: 'single' },
  { delimiter: '|', lineBreaks: false, quote: 'single' },
  { delimiter: ',', lineBreaks: false, quote: 'none' },
];
const layout = fc.constantFrom(...layouts);
const awkward = fc.string({
  unit: fc.constantFrom(
    '"',
    '"',
    "'",
    "'",
    ',',
    ';',
    '\t',
    '|',
    '\n',
    '\r',
    '\r\n',
    'a',
    ' ',
    'é',
    '😀',
    '\\',
    '\u0000',
  ),
  maxLength: 40,
});

function split(bytes: Uint8Array, of: Layout, cuts: readonly number[] = []): RecordSpan[] {
  const spans: RecordSpan[] = [];
  const splitter = recordSplitter(of, (span) => spans.push(span));
  let from = 0;
  for (const cut of [...cuts].sort((a, b) => a - b)) {
    splitter.push(bytes.subarray(from, Math.max(from, cut)));
    from = Math.max(from, cut);
  }
  splitter.push(bytes.subarray(from));
  splitter.end();
  return spans;
}

const textOf = (bytes: Buffer, { start, length }: RecordSpan) =>
  bytes.subarray(start, start + length).toString('utf8');

describe('the one definition of a CSV record', () => {
  test('splitter and pattern agree on every record', () => {
    fc.assert(
      fc.property(awkward, layout, (text, of) => {
        const bytes = Buffer.from(text);
        for (const span of split(bytes, of)) {
          const matches = new RegExp(recordPattern(of, span.fields), 'u').test(textOf(bytes, span));
          expect(matches, JSON.stringify([text, span])).toBe(span.fault === null);
        }
      }),
      { numRuns: 2000 },
    );
  });

  test('records cover the file: nothing between them but line ends', () => {
    fc.assert(
      fc.property(awkward, layout, (text, of) => {
        const bytes = Buffer.from(text);
        let at = 0;
        for (const { start, length } of split(bytes, of)) {
          expect(start).toBe(at);
          const end = bytes.subarray(start + length).toString('latin1');
          at = start + length + (/^(?:\r\n|\n|\r$|)/.exec(end)?.[0].length ?? 0);
        }
        expect(at).toBe(bytes.length);
      }),
      { numRuns: 1000 },
    );
  });

  test('how the bytes come makes no difference', () => {
    fc.assert(
      fc.property(awkward, layout, fc.array(fc.nat(60)), (text, of, cuts) => {
        const bytes = Buffer.from(text);
        const inside = cuts.map((cut) => Math.min(cut, bytes.length));
        expect(split(bytes, of, inside)).toEqual(split(bytes, of));
      }),
      { numRuns: 1000 },
    );
  });

  test('cells that are written come back, null and empty text apart', () => {
    const cell = fc.option(awkward);
    const quoting = fc.constantFrom(...layouts.filter(({ quote }) => quote !== 'none'));
    fc.assert(
      fc.property(fc.array(cell, { minLength: 2, maxLength: 6 }), quoting, (cells, of) => {
        const mark = QUOTE_CHARACTERS[of.quote];
        const written = cells
          .map((one) => (one === null ? '' : mark + one.replaceAll(mark, mark + mark) + mark))
          .join(of.delimiter);
        expect(parseRecord(written, of)).toEqual(cells);
        if (of.lineBreaks)
          expect(split(Buffer.from(`${written}\r\n`), of)).toMatchObject([
            { fields: cells.length, fault: null },
          ]);
      }),
    );
  });

  test('lines are counted from 1, through line breaks inside quotes', () => {
    const bytes = Buffer.from('a,b\n"1\n2",x\n\nlast,"y');
    expect(split(bytes, { delimiter: ',', lineBreaks: true, quote: 'double' })).toEqual([
      { start: 0, length: 3, line: 1, fields: 2, blank: false, fault: null },
      { start: 4, length: 7, line: 2, fields: 2, blank: false, fault: null },
      { start: 12, length: 0, line: 4, fields: 1, blank: true, fault: null },
      { start: 13, length: 7, line: 5, fields: 2, blank: false, fault: 'unclosed' },
    ]);
  });
});
