import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { decompressed } from '../../../main/reading/decompress';
import { frameChecksum } from '../../../main/reading/snappy-files';
import { originalBytes, originalLength, transcoder } from '../../../main/reading/transcode';
import { guessDialect } from '../../../main/sampling/inspect';
import {
  type CsvDialect,
  csvDialectSchema,
  dialectSchema,
  type Encoding,
  usualDialect,
} from '../../../shared/document/dialect';
import { WINDOWS_1252 } from '../../../shared/reading/encodings';
import { engineInFolder } from '../../doubles/native';
import { readBytes } from '../../doubles/reading';
import { framedSnappy, hadoopSnappy } from '../../doubles/snappy';

let bench: Awaited<ReturnType<typeof engineInFolder>>;
beforeAll(async () => {
  bench = await engineInFolder();
});
afterAll(() => bench.close());

const csv = (changes: Partial<CsvDialect>) => csvDialectSchema.parse({ format: 'csv', ...changes });
type Other = Exclude<Encoding, 'utf-8'>;
const OTHERS: readonly Other[] = ['utf-16le', 'utf-16be', 'iso-8859-1', 'windows-1252'];

const utf16 = (text: string, encoding: Encoding) => {
  const bytes = Buffer.from(text, 'utf16le');
  return encoding === 'utf-16be' ? bytes.swap16() : bytes;
};

describe.each(OTHERS)('%s', (encoding) => {
  test('whatever the bytes and however they come: they can be had again', () => {
    const piece = fc.uint8Array({ maxLength: 24 });
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 4 }), (pieces) => {
        const convert = transcoder(encoding);
        const made = Buffer.concat([...pieces.map((one) => convert.push(one)), convert.end()]);
        const all = Buffer.concat(pieces);
        expect(originalBytes(made, encoding)).toEqual(all);
        expect(originalLength(made, encoding)).toBe(all.length);
        const once = transcoder(encoding);
        expect(made).toEqual(Buffer.concat([once.push(all), once.end()]));
      }),
      { numRuns: 2000 },
    );
  });
});

test('Windows-1252 is as its registration says', () => {
  // https://www.unicode.org/Public/MAPPINGS/VENDORS/MICSFT/WINDOWS/CP1252.TXT
  const registered = [
    0x20ac,
    null,
    0x201a,
    0x192,
    0x201e,
    0x2026,
    0x2020,
    0x2021,
    0x2c6,
    0x2030,
    0x160,
    0x2039,
    0x152,
    null,
    0x17d,
    null,
    null,
    0x2018,
    0x2019,
    0x201c,
    0x201d,
    0x2022,
    0x2013,
    0x2014,
    0x2dc,
    0x2122,
    0x161,
    0x203a,
    0x153,
    null,
    0x17e,
    0x178,
  ];
  expect(WINDOWS_1252.map((letter) => letter?.codePointAt(0) ?? null)).toEqual(registered);
  for (let byte = 0; byte < 256; byte++) {
    const point = byte >= 0x80 && byte < 0xa0 ? registered[byte - 0x80] : byte;
    const read = transcoder('windows-1252').push(Uint8Array.of(byte));
    if (point === null) expect(read[0]).toBe(0xff);
    else expect(read.toString('utf8')).toBe(String.fromCodePoint(point ?? -1));
  }
});

test.each([
  ['iso-8859-1', Buffer.from('name,n\nJosé,\x80\nß,2\n', 'latin1'), ['José', '\x80', 'ß', '2']],
  ['windows-1252', Buffer.from('name,n\nJos\xe9,\x80\n\x93a\x94,2\n', 'latin1'), ['José', '€', '“a”', '2']],
  ['utf-16le', utf16('\ufeffname,n\nJosé,😀\nß,"x\u0a00y"\n', 'utf-16le'), ['José', '😀', 'ß', 'x\u0a00y']],
  ['utf-16be', utf16('name,n\r\nJosé,😀\r\nß,2', 'utf-16be'), ['José', '😀', 'ß', '2']],
] as const)('%s is read', async (encoding, bytes, cells) => {
  const { columns, rows, unreadable } = await readBytes(bench.engine, bench.folder, bytes, csv({ encoding }));
  expect([columns, rows.flat(), unreadable]).toEqual([['name', 'n'], cells, []]);
});

test('bytes that the encoding does not have make a record unreadable, with their place in the file', async () => {
  const latin = Buffer.from('name,n\n\xe9\xe9\xe9,1\n\x81,2\nok,3\nx\x9d,4\n', 'latin1');
  const windows = await readBytes(bench.engine, bench.folder, latin, csv({ encoding: 'windows-1252' }));
  expect(windows.rows.map(([, n]) => n)).toEqual(['1', '3']);
  expect(windows.unreadable).toEqual([
    { record: 2, line: 3, offset: 13, reason: 'not valid Windows-1252' },
    { record: 4, line: 5, offset: 22, reason: 'not valid Windows-1252' },
  ]);
  const half = Buffer.concat([
    utf16('name,n\n😀é,1\n', 'utf-16le'),
    Buffer.from([0x3d, 0xd8]),
    utf16(',2\nok,3\n', 'utf-16le'),
    Buffer.from([0x41]),
  ]);
  const wide = await readBytes(bench.engine, bench.folder, half, csv({ encoding: 'utf-16le' }));
  expect(wide.rows.map(([, n]) => n)).toEqual(['1', '3']);
  expect(wide.unreadable).toMatchObject([
    { record: 2, line: 3, offset: 26, reason: 'not valid UTF-16 (little endian)' },
    { record: 4, line: 5, offset: 44 },
  ]);
});

describe('compressed files', () => {
  const text = `name,n\n${Array.from({ length: 50_000 }, (_, i) => `name ${i},${i}\n`).join('')}`;
  const gzip = (bytes: Uint8Array | string) =>
    readBytes(bench.engine, bench.folder, bytes, csv({ compression: 'gzip' }));

  test('gzip, of one part and of several', async () => {
    expect((await gzip(gzipSync(text))).rows).toHaveLength(50_000);
    const parts = Buffer.concat([gzipSync('name,n\na,1\n'), gzipSync('b,2\n')]);
    expect((await gzip(parts)).rows).toEqual([
      ['a', '1'],
      ['b', '2'],
    ]);
  });

  test('zstd as DuckDB writes it', async () => {
    const [plain, packed] = [`${bench.folder}/plain.csv`, `${bench.folder}/packed.csv.zst`];
    const { writeFile, readFile } = await import('node:fs/promises');
    await writeFile(plain, text);
    await bench.engine.execute(
      `COPY (SELECT * FROM read_csv('${plain}', all_varchar = true)) TO '${packed}' (FORMAT csv, COMPRESSION zstd)`,
    );
    const bytes = await readFile(packed);
    const dialect = csv({ compression: 'zstd' });
    expect((await readBytes(bench.engine, bench.folder, bytes, dialect)).rows).toHaveLength(50_000);
    const cut = readBytes(bench.engine, bench.folder, bytes.subarray(0, -20), dialect);
    await expect(cut).rejects.toMatchObject({ code: 'source.truncated' });
  });

  test.each([
    ['snappy', hadoopSnappy],
    ['snappy-framed', framedSnappy],
  ] as const)('%s; cut off anywhere or damaged anywhere it is told', async (compression, pack) => {
    const dialect = csv({ compression });
    const whole = await pack(Buffer.from(text), 65_536);
    expect((await readBytes(bench.engine, bench.folder, whole, dialect)).rows).toHaveLength(50_000);
    const content = Buffer.from(text.slice(0, 300));
    const small = await pack(content);
    const unpack = async (bytes: Buffer) => {
      async function* once() {
        yield bytes;
      }
      const parts: Uint8Array[] = [];
      for await (const part of decompressed(once(), compression, 'x')) parts.push(part.slice());
      return Buffer.concat(parts);
    };
    expect(await unpack(small)).toEqual(content);
    for (let end = 1; end < small.length; end++) {
      const found = await unpack(small.subarray(0, end)).catch((error) => error.code);
      // Between chunks a file may end.
      if (typeof found === 'string') expect(found).toBe('source.truncated');
      else expect(content.subarray(0, found.length)).toEqual(found);
    }
    if (compression === 'snappy') return;
    for (let at = 0; at < small.length; at++) {
      const changed = Buffer.from(small);
      changed[at] = (changed[at] ?? 0) ^ 0x41;
      const found = await unpack(changed).catch((error) => error.code);
      if (typeof found === 'string') expect(['source.truncated', 'source.corrupt']).toContain(found);
      // Only the padding may be anything.
      else expect(found).toEqual(content);
    }
  });

  test('the checksum of frames is that of its definition', () => {
    // CRC-32C of nine digits is 0xe3069283.
    const crc = 0xe3069283;
    expect(frameChecksum(Buffer.from('123456789'))).toBe(
      ((((crc >>> 15) | (crc << 17)) >>> 0) + 0xa282ead8) % 2 ** 32,
    );
  });

  test('one that is cut off, one that is none, and one that grows without end', async () => {
    const packed = gzipSync(text);
    await expect(gzip(packed.subarray(0, -1000))).rejects.toMatchObject({ code: 'source.truncated' });
    await expect(gzip('name,n\na,1\n')).rejects.toMatchObject({ code: 'source.corrupt' });
    // Each part is 10 MB of one letter.
    const part = gzipSync(Buffer.alloc(10_000_000, 'x'));
    const bomb = gzip(Buffer.concat(Array.from({ length: 100 }, () => part)));
    await expect(bomb).rejects.toMatchObject({ code: 'source.bomb' });
  });
});

test('lines of text are rows, the empty ones too', async () => {
  const bytes = Buffer.from('\ufeffone, "two"\r\n\n\xff\n a\rb', 'latin1');
  const utf8 = Buffer.concat([Buffer.from('\ufeff'), bytes.subarray(1)]);
  const { columns, rows, unreadable } = await readBytes(
    bench.engine,
    bench.folder,
    utf8,
    usualDialect('text'),
  );
  expect(columns).toEqual(['line']);
  expect(rows).toEqual([['one, "two"'], [''], [' a\rb']]);
  expect(unreadable).toMatchObject([{ record: 3, line: 3, reason: 'not valid UTF-8' }]);
});

describe('a dialect is guessed', () => {
  const guess = (bytes: Uint8Array | string, name = 'f.csv') => guessDialect(name, Buffer.from(bytes), true);

  test('of snappy: frames by their mark, Hadoop’s blocks by the name', async () => {
    const text = Buffer.from('a;b\n1;2\n3;4\n');
    for (const [bytes, name, compression] of [
      [await framedSnappy(text), 'part-0', 'snappy-framed'],
      [await hadoopSnappy(text), 'f.csv.snappy', 'snappy'],
    ] as const) {
      const { dialect, notes } = await guess(bytes, name);
      expect(dialect).toMatchObject({ format: 'csv', delimiter: ';', compression });
      expect(notes[0]).toMatch(/^The file is compressed with snappy/);
    }
  });

  test.each([
    ['a,b\n1,2\n', { delimiter: ',', header: true, quote: 'double', encoding: 'utf-8' }],
    ['a;b\n1,5;2\n', { delimiter: ';' }],
    ['a\tb\nx, y\tz\n', { delimiter: '\t' }],
    ['a|b\n1|2\n', { delimiter: '|' }],
    ["a,b\n'x,1','y'\n'z','it''s'\n", { quote: 'single' }],
    ['a,b\n5" pipe,1\n6" pipe,2\n7" pipe,3\nx,4\n', { quote: 'none' }],
    ['1,2024-01-01\n2,2024-01-02\n3,2024-01-03\n', { header: false }],
    ['2021,2022\nx,y\nz,w\n', { header: true }],
    ['a,b\n"x\ny",1\n', { lineBreaks: true }],
  ])('%j', async (text, expected) => {
    const { dialect } = await guess(text);
    expect(dialect).toMatchObject({ format: 'csv', compression: 'none', ...expected });
  });

  test.each([
    [Buffer.from('a,b\nJos\xe9,\x93x\x94\n', 'latin1'), 'windows-1252'],
    [Buffer.from('a,b\nJos\xe9,\x81\n', 'latin1'), 'iso-8859-1'],
    [utf16('\ufeffa,b\n1,2\n', 'utf-16le'), 'utf-16le'],
    [utf16('a,b\n1,2\n', 'utf-16le'), 'utf-16le'],
    [utf16('a,b\n1,2\n', 'utf-16be'), 'utf-16be'],
    [Buffer.from('a,b\né,ü\nß,ö\n'), 'utf-8'],
  ])('the encoding of %j', async (bytes, encoding) => {
    const { dialect, notes } = await guess(bytes);
    expect(dialect).toMatchObject({ format: 'csv', encoding });
    expect(notes.length > 0).toBe(encoding !== 'utf-8');
  });

  test.each([
    ['{"a":1}\n{"a":2}\n', { format: 'jsonl' }],
    ['[{"a":1},{"a":2}]', { format: 'json', records: '' }],
    ['{"n":2,"data":{"x":[1],"items":[{"a":1}]}}', { format: 'json', records: 'data.items' }],
    ['[note] plain text\n', { format: 'csv' }],
  ])('%j', async (text, expected) => {
    expect((await guess(text, 'f.txt')).dialect).toMatchObject(expected);
  });

  test('inside gzip', async () => {
    const { dialect } = await guess(gzipSync('a;b\n1;2\n'), 'f.csv.gz');
    expect(dialect).toMatchObject({ format: 'csv', delimiter: ';', compression: 'gzip' });
    expect((await guess(gzipSync('{"a":1}\n'), 'f.jsonl.gz')).dialect).toMatchObject({
      format: 'jsonl',
      compression: 'gzip',
    });
  });
});

test('documents from before these settings open with what they meant', () => {
  const before = { format: 'csv', delimiter: ';', header: true, lineBreaks: true, encoding: 'utf-8' };
  expect(dialectSchema.parse(before)).toEqual({ ...before, quote: 'double', compression: 'none' });
  expect(dialectSchema.parse({ format: 'jsonl' })).toEqual(usualDialect('jsonl'));
  expect(dialectSchema.safeParse({ ...before, delimiter: "'", quote: 'single' }).success).toBe(false);
});
