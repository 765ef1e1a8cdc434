import { readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { type Encoding, usualDialect } from '../../shared/document/dialect';
import { framedSnappy, hadoopSnappy } from '../doubles/snappy';
import { zstdRaw } from '../doubles/zstd';
import { bytes, dialect, onDuckdb, readAlike } from './read-alike';

const { at, readOnSpark, makeFiles, compare } = readAlike();

const LONG = 'long cell '.repeat(20_000);
/** Files of three columns, by what is awkward about them; `,` stands for the delimiter. */
const FILES: Record<string, Buffer> = {
  plain: bytes('id,name,v\n1,Ann,x\n2,Bob,y\n'),
  'no line end at the end': bytes('id,name,v\n1,Ann,x\n2,Bob,y'),
  'carriage returns': bytes('id,name,v\r\n1,Ann,x\r\n2,"B,b",y\r\n'),
  'one carriage return at the end': bytes('id,name,v\r\n1,Ann,x\r\n2,Bob,y\r'),
  'mixed line ends': bytes('id,name,v\r\n1,Ann,x\n2,Bob,y\r\n'),
  'lone carriage returns': bytes('id,name,v\n1,A\rnn,x\n2,"B\rb",y\r\r\n3,c,z\r\r\n4,d,e\n'),
  mark: bytes([0xef, 0xbb, 0xbf], 'id,name,v\n1,Ann,x\n'),
  'two marks': bytes([0xef, 0xbb, 0xbf], 'id,name,v\n', [0xef, 0xbb, 0xbf], '1,Ann,x\n'),
  empty: bytes('id,name,v\n,,\n"","",""\n1,,""\n"",2,\n,"",3\n'),
  'header only': bytes('id,name,v\n'),
  'header without line end': bytes('id,name,v'),
  'header again': bytes('id,name,v\nid,name,v\n1,Ann,x\n'),
  'quoted header': bytes('"id","name","v"\n1,Ann,x\n'),
  'blank lines': bytes('id,name,v\n\n1,Ann,x\n\r\n\n2,Bob,y\n\n'),
  'only spaces': bytes('id,name,v\n   \n1, Ann ,\tx\u00a0\n'),
  quotes: bytes('id,name,v\n1,"say ""hi""",x\n2,"""",""""""\n3,"a,b",",,"\n'),
  'stray quotes': bytes(
    'id,name,v\n1,a"b,x\n2,"a"b,x\n3, "a",x\n4,"a" ,x\n5,a""b,x\n6,a",x\n7,""a"",x\n8,ok,x\n',
  ),
  'not closed': bytes('id,name,v\n1,"Ann,x\n2,Bob,y\n3,"Cee",z\n'),
  'not closed at the end': bytes('id,name,v\n1,Ann,x\n2,Bob,"y'),
  'line breaks': bytes('id,name,v\n1,"two\nlines",x\n2,"two\r\nmore","\n"\n3,Bob,y\n'),
  'quotes and line breaks': bytes('id,name,v\n1,"a\n""b""\n\n,c",x\n2,x"y\n3,"z","\n""\n"\n'),
  'too few and too many': bytes('id,name,v\n1,Ann\n2,Bob,y,z\n3\n4,Dee,w\n,\n'),
  'delimiter at the end': bytes('id,name,v\n1,Ann,x,\n2,Bob,,\n'),
  'delimiter at the end of quotes': bytes('id,name,v\r\n1,",,","x,",,\r\n'),
  'delimiter at the end of the file': bytes('id,name,v\n1,Ann,\n2,,,'),
  backslashes: bytes('id,name,v\n1,"a\\"",x\n2,"a\\",y\n3,\\,\\\\\n4,"\\n",\\N\n'),
  'comment and null words': bytes('id,name,v\n#1,NULL,null\n2,\\N,NA\n'),
  'not UTF-8': bytes(
    'id,name,v\n1,',
    [0xff],
    ',x\n2,',
    [0xed, 0xa0, 0x80],
    ',x\n3,',
    [0xc0, 0x80],
    ',x\n4,ü😀,',
    [0xe9],
    '\n5,ok,x\n',
  ),
  controls: bytes('id,name,v\n1,\0,\u0001\n2,"\0a",\u001a\n3,\u2028,\u0085\n'),
  'long cells': bytes(`id,name,v\n1,${LONG},x\n2,"${LONG.replaceAll(' ', '""')}",y\n3,"${LONG}\n`),
};

const delimited = (delimiter: string) =>
  Object.fromEntries(
    Object.entries(FILES).map(([name, content]) => [
      name,
      Buffer.from(content.toString('latin1').replaceAll(',', delimiter), 'latin1'),
    ]),
  );

describe('awkward files are read alike by the host and by the job', () => {
  test('without line breaks in values', async () => {
    const found = await compare('lines', FILES, ['id', 'name', 'v'], dialect({}));
    expect(found.counts.unreadable).toBeGreaterThan(25);
  });
  test('with line breaks in values', async () => {
    const found = await compare('breaks', FILES, ['id', 'name', 'v'], dialect({ lineBreaks: true }));
    expect(found.counts.unreadable).toBeGreaterThan(15);
  });
  test.each(['\t', '^', '\\'])('delimiter %j', async (delimiter) => {
    const name = `delimiter-${delimiter.charCodeAt(0)}`;
    await compare(name, delimited(delimiter), ['id', 'name', 'v'], dialect({ delimiter }));
  });
  test('one column', async () => {
    const files = {
      one: bytes('name\nAnn\n\n""\n\r\n"a\n\nBob'),
      two: bytes('name\r\n\r\n" "\r\n,\r\n'),
      three: bytes('name\n\n'),
      four: bytes('name\nAnn,\n'),
    };
    await compare('one-column', files, ['name'], dialect({}));
    await compare('one-column-breaks', files, ['name'], dialect({ lineBreaks: true }));
  });
});

/** Those that tell most, for settings that bear on how bytes become characters and records. */
const SOME: Record<string, Buffer> = Object.fromEntries(
  [
    'carriage returns',
    'lone carriage returns',
    'empty',
    'blank lines',
    'quotes',
    'stray quotes',
    'quotes and line breaks',
    'too few and too many',
    'not UTF-8',
    'controls',
  ].map((name) => [name, FILES[name] ?? Buffer.alloc(0)]),
);

/** The files in another encoding; bytes that are no UTF-8 stand as they are, which UTF-16 takes for letters. */
const encoded = (
  encoding: Encoding,
  files: Record<string, Buffer> = { ...SOME, mark: FILES.mark ?? Buffer.alloc(0) },
) =>
  Object.fromEntries(
    Object.entries(files).map(([name, content]) => {
      const text = content.toString('utf8');
      if (encoding === 'iso-8859-1' || encoding === 'windows-1252') return [name, content];
      const units = Buffer.from(text, 'utf16le');
      return [name, encoding === 'utf-16be' ? units.swap16() : units];
    }),
  );

describe('other encodings, quotes and compressions are read alike', () => {
  const all = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte).filter((byte) => byte !== 10));
  const each = Buffer.concat(
    [...all].map((byte) => Buffer.concat([Buffer.from([byte]), Buffer.from(',x,y\n')])),
  );
  const bytesOfAll = { ...SOME, 'every byte': Buffer.concat([bytes('id,name,v\n'), each]) };
  const names = ['id', 'name', 'v'];

  test.each<[string, Encoding, boolean]>([
    ['latin', 'iso-8859-1', false],
    ['windows-breaks', 'windows-1252', true],
  ])('%s', async (name, encoding, lineBreaks) => {
    const found = await compare(name, bytesOfAll, names, dialect({ encoding, lineBreaks }));
    expect(found.counts.unreadable).toBeGreaterThan(10);
  });

  test.each<[string, Encoding, boolean]>([
    ['wide', 'utf-16le', false],
    ['wide-breaks', 'utf-16be', true],
  ])('%s', async (name, encoding, lineBreaks) => {
    const halves = Buffer.from('id,name,v\n1,\ud83d,x\n2,\ude00,\n3,\ud83d\ude00,ok\n', 'utf16le');
    if (encoding === 'utf-16be') halves.swap16();
    const files = { ...encoded(encoding), halves, odd: Buffer.concat([halves, Buffer.from([0x41])]) };
    await compare(name, files, names, dialect({ encoding, lineBreaks }));
  });

  const quoted = (mark: string) =>
    Object.fromEntries(
      Object.entries(SOME).map(([name, content]) => [
        name,
        Buffer.from(content.toString('latin1').replaceAll('"', mark), 'latin1'),
      ]),
    );
  test.each([false, true])('single quotes, with line breaks: %j', async (lineBreaks) => {
    await compare(`single-${lineBreaks}`, quoted("'"), names, dialect({ quote: 'single', lineBreaks }));
  });
  test('no quotes', async () => {
    await compare('no-quotes', SOME, names, dialect({ quote: 'none' }));
  });

  test('gzip, of several parts too', async () => {
    const parts = bytes('id,name,v\n1,a,b\n2,"c\n,d\n');
    const cut = Buffer.concat([gzipSync(parts.subarray(0, 14)), gzipSync(parts.subarray(14))]);
    const packed = Object.fromEntries(
      Object.entries(SOME).map(([name, content]) => [name, gzipSync(content)]),
    );
    await compare('gzip', { ...packed, 'of parts': cut }, names, dialect({ compression: 'gzip' }), '.csv.gz');
  });

  test('zstd and snappy, as Hadoop and as snappy itself writes it', async () => {
    const some = Object.fromEntries(
      ['quotes and line breaks', 'not UTF-8', 'carriage returns'].map((name) => [
        name,
        FILES[name] ?? Buffer.alloc(0),
      ]),
    );
    const all = async (pack: (content: Buffer) => Buffer | Promise<Buffer>) =>
      Object.fromEntries(
        await Promise.all(
          Object.entries(some).map(async ([name, file]) => [name, await pack(file)] as const),
        ),
      );
    const written = at('written.csv.zst');
    await onDuckdb(
      `COPY (SELECT i AS id, 'name ' || i % 7 AS name, NULL AS v FROM range(5000) t(i)) TO '${written}' (FORMAT csv, COMPRESSION zstd)`,
    );
    const zstd = { ...(await all((file) => zstdRaw(file))), 'as DuckDB writes it': await readFile(written) };
    const found = await compare('zstd', zstd, names, dialect({ compression: 'zstd' }), '.csv.zst');
    expect(found.rows.length).toBeGreaterThan(5000);
    await compare(
      'snappy',
      await all(hadoopSnappy),
      names,
      dialect({ compression: 'snappy' }),
      '.csv.snappy',
    );
    const framed = dialect({ compression: 'snappy-framed', lineBreaks: true });
    await compare('framed', await all(framedSnappy), names, framed, '.csv.sz');
    const [inputs] = await makeFiles(
      'far',
      { far: zstdRaw(bytes('id,name,v\n1,a,b\n'), { window: 24 }) },
      '.csv.zst',
    );
    await expect(readOnSpark(inputs, names, dialect({ compression: 'zstd' }), 'far')).rejects.toThrow();
    const report = await readFile(at('far-spark/_runs/r1/report.json'), 'utf8');
    expect(JSON.parse(report)).toMatchObject({
      code: 'input.compression',
      message: expect.stringContaining('8 MB'),
    });
  });

  test('lines of text', async () => {
    await compare('lines-of-text', SOME, ['line'], usualDialect('text'), '.log');
  });
});

/** Lines that JSON readers read in different ways. */
