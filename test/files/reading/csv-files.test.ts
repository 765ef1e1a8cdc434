import { isUtf8 } from 'node:buffer';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CHUNK_BYTES } from '../../../main/reading/file';
import { type CsvDialect, csvDialectSchema, type Quote } from '../../../shared/document/dialect';
import {
  parseRecord,
  RECORD_FAULT_WORDS,
  type RecordSpan,
  recordSplitter,
} from '../../../shared/reading/csv';
import { engineInFolder } from '../../doubles/native';
import { type ReadFile, type Row, readBytes } from '../../doubles/reading';

let bench: Awaited<ReturnType<typeof engineInFolder>>;
beforeAll(async () => {
  bench = await engineInFolder();
});
afterAll(() => bench.close());

const dialectOf = (settings: Partial<CsvDialect> = {}) =>
  csvDialectSchema.parse({ format: 'csv', lineBreaks: true, ...settings });
const read = (bytes: Uint8Array | string, settings?: Partial<CsvDialect>) =>
  readBytes(bench.engine, bench.folder, bytes, dialectOf(settings));

/** What the definition says of a file, record by record. */
function byDefinition(
  bytes: Buffer,
  dialect: CsvDialect,
): { rows: Row[]; unreadable: number[]; blanks: number } {
  const spans: RecordSpan[] = [];
  const splitter = recordSplitter(dialect, (span) => spans.push(span));
  splitter.push(bytes);
  splitter.end();
  const [header, ...records] = spans;
  const columns = header?.fields ?? 0;
  const rows: Row[] = [];
  const unreadable: number[] = [];
  let [number, blanks] = [0, 0];
  for (const span of records) {
    if (span.blank) blanks++;
    if (span.blank && columns > 1) continue;
    number++;
    const content = bytes.subarray(span.start, span.start + span.length);
    if (span.fault !== null || span.fields !== columns || !isUtf8(content)) unreadable.push(number);
    else rows.push(parseRecord(content.toString('utf8'), dialect));
  }
  return { rows, unreadable, blanks };
}

function expectDefinition(found: ReadFile, bytes: Buffer, dialect: CsvDialect): void {
  const expected = byDefinition(bytes, dialect);
  const told = JSON.stringify(bytes.toString('latin1').slice(0, 200));
  expect(found.rows, told).toEqual(expected.rows);
  expect(
    found.unreadable.map(({ record }) => record),
    told,
  ).toEqual(expected.unreadable);
  expect(found.blankLines, told).toBe(expected.blanks);
}

describe('CSV files', () => {
  const piece = fc.constantFrom(
    '"',
    '"',
    '"a"',
    '""',
    "'",
    "'a'",
    ',',
    ',',
    '\n',
    '\n',
    '\r\n',
    '\r',
    'a',
    ' ',
    'é',
    '\ufeff',
    '\\',
    '#',
  );
  const body = fc.array(piece, { maxLength: 14 }).map((all) => all.join(''));

  test.each<{ lineBreaks: boolean; header: string; quote?: Quote }>([
    { lineBreaks: true, header: 'x,y\n' },
    { lineBreaks: false, header: 'x,y\n' },
    { lineBreaks: true, header: 'x\r\n' },
    { lineBreaks: false, header: 'x\n' },
    { lineBreaks: true, header: 'x,y\n', quote: 'single' },
    { lineBreaks: false, header: 'x,y\r\n', quote: 'single' },
    { lineBreaks: false, header: 'x,y\n', quote: 'none' },
  ])('DuckDB reads what the definition says: %j', async ({ lineBreaks, header, quote = 'double' }) => {
    const dialect = dialectOf({ lineBreaks, quote });
    let direct = 0;
    await fc.assert(
      fc.asyncProperty(body, async (text) => {
        const bytes = Buffer.from(header + text);
        const found = await readBytes(bench.engine, bench.folder, bytes, dialect);
        if (found.direct) direct++;
        expectDefinition(found, bytes, dialect);
      }),
      { numRuns: 150 },
    );
    expect(direct).toBeGreaterThan(5);
  });

  test('cells that are written come back, read directly and from a checked copy', async () => {
    const cell = fc.option(fc.string({ unit: 'binary', maxLength: 12 }), { freq: 4 });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 8 }),
        fc.constantFrom('\n', '\r\n'),
        async (rows, end) => {
          const written = rows.map((row) =>
            row.map((one) => (one === null ? '' : `"${one.replaceAll('"', '""')}"`)).join(','),
          );
          const text = [`a,b,c`, ...written, ''].join(end);
          const direct = await read(text);
          expect(direct.rows).toEqual(rows);
          expect(direct.direct).toBe(true);
          const copied = await read(`${text}1,"2"3,4${end}`);
          expect(copied.rows).toEqual(rows);
          expect(copied).toMatchObject({ direct: false, unreadable: [{ record: rows.length + 1 }] });
        },
      ),
      { numRuns: 60 },
    );
  });

  test.each([-3, -2, -1, 0, 1, 2])('a boundary between chunks changes nothing (%i)', async (shift) => {
    for (const straddling of ['"é""\n,"', '"x"', 'é', '"a\r\nb"', '""""', '€😀', '']) {
      for (const end of ['\n', '\r\n']) {
        const start = `a,b${end}1,`;
        const padding = 'p'.repeat(CHUNK_BYTES - start.length - straddling.length - end.length + shift);
        const text = `${start}${padding}${end}2,${straddling}${end}3,${end}`;
        const bytes = Buffer.from(text);
        expectDefinition(await read(bytes), bytes, dialectOf());
      }
    }
  });

  test('cells of 5 MB', async () => {
    const cell = 'x"\n'.repeat(1_700_000);
    const { rows } = await read(`a,b\n1,"${cell.replaceAll('"', '""')}"\n2,\n`);
    expect(rows.map(([a]) => a)).toEqual(['1', '2']);
    expect(rows[0]?.[1] === cell).toBe(true);
  });

  test('a quote that is never closed takes the rest of the file, and its start is kept', async () => {
    const { rows, unreadable } = await read(`a,b\n1,2\n3,"${'x\n'.repeat(1_500_000)}`);
    expect(rows).toEqual([['1', '2']]);
    expect(unreadable).toEqual([{ record: 2, line: 3, offset: 8, reason: RECORD_FAULT_WORDS.unclosed }]);
  });

  test.each<
    [string, string | Buffer, Row[], [record: number, line: number, fault: keyof typeof RECORD_FAULT_WORDS][]]
  >([
    [
      'plain',
      'id,n\n1,Ann\n2,"Bob, Jr"\n3,"say ""hi"""\n',
      [
        ['1', 'Ann'],
        ['2', 'Bob, Jr'],
        ['3', 'say "hi"'],
      ],
      [],
    ],
    ['a byte order mark', '\ufeffid,n\n1,\ufeffx\n', [['1', '\ufeffx']], []],
    [
      'empty and quoted',
      'id,n\n1,\n2,""\n3," "\n4,NULL\n5,\\N\n',
      [
        ['1', null],
        ['2', ''],
        ['3', ' '],
        ['4', 'NULL'],
        ['5', '\\N'],
      ],
      [],
    ],
    ['spaces outside quotes', 'id,n\n1, "Q" \n2, Ann \n', [['2', ' Ann ']], [[1, 2, 'quote']]],
    ['a backslash before a quote', 'id,n\n1,"a\\"b"\n2,"c\\"\n', [['2', 'c\\']], [[1, 2, 'quote']]],
    [
      'ragged',
      'id,n\n1\n2,b,c\n3,d\n',
      [['3', 'd']],
      [
        [1, 2, 'fields'],
        [2, 3, 'fields'],
      ],
    ],
    ['empty fields past the last', 'id,n\n1,a,\n2,b\n', [['2', 'b']], [[1, 2, 'fields']]],
    [
      'a quote inside',
      'id,n\n1,5" pipe\n2,"a"b\n3,c\n',
      [['3', 'c']],
      [
        [1, 2, 'quote'],
        [2, 3, 'quote'],
      ],
    ],
    ['unclosed', 'id,n\n1,"open\n2,b\n', [], [[1, 2, 'unclosed']]],
    [
      'blank lines',
      'id,n\n1,a\n\n2,b\n,\n   \n3,c\n',
      [
        ['1', 'a'],
        ['2', 'b'],
        [null, null],
        ['3', 'c'],
      ],
      [[4, 6, 'fields']],
    ],
    ['Latin-1', Buffer.from('id,n\n1,José\n2,b\n', 'latin1'), [['2', 'b']], [[1, 2, 'encoding']]],
    [
      'an encoded surrogate',
      Buffer.from('id,n\n1,\xed\xa0\x80\n2,b\n', 'latin1'),
      [['2', 'b']],
      [[1, 2, 'encoding']],
    ],
    ['NUL', 'id,n\n1,a\u0000b\n', [['1', 'a\u0000b']], []],
    ['no comment', 'id,n\n#1,a\n', [['#1', 'a']], []],
    ['no number', 'id,n\n007,1e5\n', [['007', '1e5']], []],
    ['a carriage return alone', 'id,n\n1,a\rb\n2,"c\rd"\n', [['2', 'c\rd']], [[1, 2, 'carriage-return']]],
    [
      'mixed line ends',
      'id,n\r\n1,a\n2,b\r\n',
      [
        ['1', 'a'],
        ['2', 'b'],
      ],
      [],
    ],
    ['no line end at the end', 'id,n\n1,a', [['1', 'a']], []],
    ['no-break space', 'id,n\n1,\u00a0A\u00a0\n', [['1', '\u00a0A\u00a0']], []],
  ])('%s', async (_, bytes, rows, unreadable) => {
    const found = await read(bytes);
    expect(found.rows).toEqual(rows);
    expect(found.unreadable.map(({ record, line, reason }) => [record, line, reason])).toEqual(
      unreadable.map(([record, line, fault]) => [record, line, RECORD_FAULT_WORDS[fault]]),
    );
  });

  test('without a header, columns are numbered', async () => {
    expect(await read('\ufeff1,a\n2,\n', { header: false })).toMatchObject({
      columns: ['column 1', 'column 2'],
      rows: [
        ['1', 'a'],
        ['2', null],
      ],
    });
  });

  test.each<[string, string | Buffer, string, string]>([
    ['no bytes', '', 'source.empty', 'not even a header'],
    ['a name twice', 'a,b,a\n1,2,3\n', 'source.header', '“a” 2 times, for columns 1, 3'],
    ['no name', 'a,,""\n1,2,3\n', 'source.header', 'no name for column 2, 3'],
    ['a blank first line', '\na,b\n', 'source.header', 'no name for column 1'],
    ['a quote in the header', 'a,b"\n1,2\n', 'source.header', 'a quote where none may be'],
    ['carriage returns alone', 'a,b\r1,2\r', 'source.header', 'a carriage return without a line feed'],
    ['UTF-16', Buffer.from('\ufeffa,b\n1,2\n', 'utf16le'), 'source.header', 'UTF-16'],
    ['Latin-1 in the header', Buffer.from('é,b\n1,2\n', 'latin1'), 'source.header', 'not valid UTF-8'],
  ])('refuses a file with %s', async (_, bytes, code, words) => {
    await expect(read(bytes)).rejects.toMatchObject({ code, message: expect.stringContaining(words) });
  });

  test('names that differ only in case are two columns', async () => {
    expect(await read('Email,email\n1,2\n')).toMatchObject({
      columns: ['Email', 'email'],
      rows: [['1', '2']],
    });
  });
});
