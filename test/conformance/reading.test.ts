import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createLocalConnector } from '../../main/connectors/local/connector';
import { runLocally } from '../../main/run/local-run';
import { inspect } from '../../main/sampling/sample';
import { compilePlan } from '../../shared/compile/compile';
import { canonicalJson, hashOf } from '../../shared/compile/hash';
import { compileSpark } from '../../shared/compile/spark';
import {
  type CsvDialect,
  csvDialectSchema,
  type Dialect,
  type Encoding,
  usualDialect,
} from '../../shared/document/dialect';
import { emptyRuleSet } from '../../shared/document/rule-set';
import { awkwardAvro, PEOPLE_COLUMNS } from '../doubles/avro';
import { ORC_COLUMNS, ORC_FOLDER } from '../doubles/orc';
import { framedSnappy, hadoopSnappy } from '../doubles/snappy';
import { zstdRaw } from '../doubles/zstd';
import { type SparkServer, startSparkServer } from './spark-server';
import { readWritten, sorted } from './written';

let spark: SparkServer;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'dataharmonize-reading-'));
  spark = await startSparkServer();
});
afterAll(async () => {
  await spark?.close();
  await rm(folder, { recursive: true, force: true });
});

const LONG = 'long cell '.repeat(20_000);
const bytes = (...parts: (string | number[])[]) =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.from(part))));

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

const dialect = (changes: Partial<CsvDialect>): CsvDialect =>
  csvDialectSchema.parse({ format: 'csv', ...changes });

type Read = { rows: string[]; rejects: string[]; counts: Record<string, number> };

/** A reject without its place, which engines tell in different ways: file, reason and what stood there. */
const reject = (file: string, reason: string, text: string) => ({
  file,
  reason: reason.replace(/ \(record .*$/, ''),
  text: text.length < 200 ? text : `${text.slice(0, 50)}… ${text.length}`,
});

async function readNatively(input: string, source: Dialect, name: string): Promise<Read> {
  const [output, rejects] = [path.join(folder, `${name}.out.csv`), path.join(folder, `${name}.rejects.csv`)];
  const report = await runLocally({
    ruleSet: emptyRuleSet('reading'),
    input,
    dialect: source,
    output: { path: output, format: 'csv' },
    rejects: { path: rejects, format: 'csv' },
  });
  const raw = await readFile(`${rejects}.unreadable.jsonl`, 'utf8').catch(() => '');
  const unreadable = raw
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as { reason: string; text?: string; base64?: string });
  const { steps: _, stopped: __, ...counts } = report.counts ?? { steps: [], stopped: [] };
  return {
    rows: sorted((await readWritten(output)).rows),
    rejects: sorted(
      unreadable.map((one) =>
        reject(path.basename(input), `unreadable: ${one.reason}`, one.text ?? `base64:${one.base64}`),
      ),
    ),
    counts: { ...counts, blankLines: report.blankLines, unreadable: report.unreadable },
  };
}

async function readOnSpark(
  input: string,
  columns: readonly string[],
  source: Dialect,
  name: string,
): Promise<Read> {
  const root = path.join(folder, `${name}-spark`);
  await mkdir(root);
  const plan = compileSpark(compilePlan(emptyRuleSet('reading'), columns), source);
  const planFile = path.join(root, 'plan.json');
  await writeFile(planFile, canonicalJson(plan));
  const uri = (file: string) => `file://${file}`;
  const code = await spark.runJob([
    ...['--plan', uri(planFile), '--approved-hash', hashOf(plan), '--run-id', 'r1', '--root', uri(root)],
    ...[
      '--input',
      uri(input),
      '--output',
      uri(path.join(root, 'out')),
      '--quarantine',
      uri(path.join(root, 'left')),
    ],
    ...['--input-format', source.format, '--output-format', 'csv'],
  ]);
  const report = JSON.parse(await readFile(path.join(root, '_runs/r1/report.json'), 'utf8'));
  expect([code, report.status, report.message]).toEqual([0, 'succeeded', undefined]);
  const left = await readWritten(path.join(root, 'left'));
  return {
    rows: sorted((await readWritten(path.join(root, 'out'))).rows),
    rejects: sorted(
      left.rows.map((row) => {
        const [reason, file, , text] = row.slice(-4);
        return reject(path.basename(String(file)), String(reason), String(text));
      }),
    ),
    counts: { ...report.counts, blankLines: report.blankLines, unreadable: report.unreadable },
  };
}

function sum(reads: readonly Read[]): Read {
  const counts: Record<string, number> = {};
  for (const read of reads)
    for (const [name, count] of Object.entries(read.counts)) counts[name] = (counts[name] ?? 0) + count;
  return {
    rows: reads.flatMap((one) => one.rows).sort(),
    rejects: reads.flatMap((one) => one.rejects).sort(),
    counts,
  };
}

/** Writes files and names them; an ending of their names says how they are compressed. */
async function makeFiles(
  name: string,
  files: Record<string, Buffer>,
  ending: string,
): Promise<[string, string[]]> {
  const inputs = path.join(folder, name);
  await mkdir(inputs);
  const paths = Object.keys(files).map((file) => path.join(inputs, `${file}${ending}`));
  await Promise.all(Object.values(files).map((content, i) => writeFile(paths[i] ?? '', content)));
  return [inputs, paths];
}

async function compare(
  name: string,
  files: Record<string, Buffer>,
  columns: string[],
  source: Dialect,
  ending = '.csv',
) {
  const [inputs, paths] = await makeFiles(name, files, ending);
  const natively: Read[] = [];
  for (const [i, file] of paths.entries()) natively.push(await readNatively(file, source, `${name}-${i}`));
  const onSpark = await readOnSpark(inputs, columns, source, name);
  const expected = sum(natively);
  expect(onSpark.rejects).toEqual(expected.rejects);
  expect(onSpark.rows).toEqual(expected.rows);
  expect(onSpark.counts).toEqual(expected.counts);
  return expected;
}

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
    const written = path.join(folder, 'written.csv.zst');
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
    const report = await readFile(path.join(folder, 'far-spark/_runs/r1/report.json'), 'utf8');
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
const JSON_LINES = [
  '{"id":1,"s":"a\\u00e9","n":1.0,"b":true}',
  '{"id":2,"s":null,"n":1e400}',
  '{"id":3,"n":12345678901234567890}',
  '{"id":4,"s":"\\ud83d\\ude00"}',
  '{"id":5,"s":"\\ud83d"}',
  '{"id":6,"s":"a\\u0000b"}',
  '{"id":7,"s":5,"n":"7"}',
  '{"id":8,"s":{"x":1}}',
  '{"id":9,"s":"x","s":"y"}',
  "{'id':10,'s':'q'}",
  '{"id":11,"s":"tab\there"}',
  '{"id":12,"n":0.10}',
  '{"id":13,"n":NaN}',
  '{"id":14',
  '',
  ' \t\r',
  '{"id":16,"S":"upper"}',
  '{"id":17,"n":1.10,"b":"true"}  ',
  '\ufeff{"id":18}',
  '{"id":19,"n":[1, 2.50 ,{"a":"\\ud83d"}],"s":{"y":{},"z":{"w":[]}}}',
  '{"id":20,"n":-Infinity}',
  '{"id":21,"n":01}',
  '{"id":22,"s.x":"dotted"}',
  '{"id":23,"s.x":1,"s":{"x":2}}',
  '{"":24}',
  '[1]',
  'null',
  '"x"',
  '{"id":25}\u00a0',
  '{"id":26} {"id":27}',
  `{"id":28,"n":${'['.repeat(101)}${']'.repeat(101)}}`,
  `{"id":29,"n":${'['.repeat(90)}${']'.repeat(90)}}`,
  '{"id":30,"s":"\u2028\u0085 ,;"\\/\\b"}'.replace('"\\/', '\\"\\/'),
  '{"id":31,"n":1_000}',
  '{"id":32,"n":٣}',
  '{"id":33,"s":"\\u00E9\\U0041"}',
  '{ }',
];
const JSON_COLUMNS = ['id', 's', 'n', 'b', 's.x', 'S', 's.y', 's.z.w'];
const lines = (all: readonly string[]) => Buffer.from(`${all.join('\n')}\n`);

describe('JSON is read alike by the host and by the job', () => {
  // Each file names all columns, as a plan has one list of them.
  const first = `{${JSON_COLUMNS.map((name) => `"${name}":"first"`).join(',')}}`;
  const flat = `{"id":"first","s":"","n":"","b":"","S":"","s.x":"","s.y":"","s.z.w":""}`;
  const all = [flat, first, ...JSON_LINES];
  const columns = ['id', 's', 'n', 'b', 'S', 's.x', 's.y', 's.z.w'];

  test('JSON Lines', async () => {
    const broken = Buffer.concat([
      lines([flat]),
      bytes('{"id":"', [0xff], '"}\n{"id":"', [0xed, 0xa0, 0x80], '"}\n'),
    ]);
    const files = { all: lines(all), crlf: Buffer.from(all.join('\r\n')), broken };
    const found = await compare('json-lines', files, columns, usualDialect('jsonl'), '.jsonl');
    expect(found.counts.unreadable).toBeGreaterThan(30);
  });

  test('JSON Lines in other encodings, compressed', async () => {
    const content = lines([flat, '{"id":"J\u00f6rg \u20ac"}']);
    const wide = { all: Buffer.from(content.toString('utf8'), 'utf16le') };
    await compare('json-wide', wide, columns, { ...usualDialect('jsonl'), encoding: 'utf-16le' }, '.jsonl');
    const source: Dialect = { ...usualDialect('jsonl'), encoding: 'windows-1252', compression: 'gzip' };
    const windows = { all: gzipSync(Buffer.concat([content, bytes('{"id":"', [0x80, 0x81], '"}\n')])) };
    await compare('json-windows', windows, columns, source, '.jsonl.gz');
  });

  test('a key that a plan has no column for is told', async () => {
    const [inputs] = await makeFiles(
      'json-more',
      { a: lines(['{"id":1}', '{"id":2,"x":1}', '{"x":null}']) },
      '.jsonl',
    );
    const { rows, rejects } = await readOnSpark(inputs, ['id'], usualDialect('jsonl'), 'json-more');
    expect([rows.length, rejects.length]).toEqual([2, 1]);
    expect(rejects[0]).toContain('no column for');
  });

  const document = (records: readonly string[]) => `{"data":{"no":[1],"rows":[${records.join(' ,\n')}]}}`;
  test('documents', async () => {
    const whole = all.filter((one) => one.trim() !== '' && !/^\{"id":(14|28)/.test(one));
    const files = {
      whole: Buffer.from(document(whole)),
      marked: Buffer.from(`\ufeff${document([flat, '{"id":2}'])}`),
      cut: Buffer.from(document([flat, '{"id":2}', '{"id":"x']).slice(0, -4)),
      commas: Buffer.from(document([flat, '', '{"id":2}', ''])),
      brackets: Buffer.from(document([flat, '{"id":]}', '{"id":3}'])),
      after: Buffer.from(`${document([flat])} x`),
      'not utf-8': Buffer.concat([
        Buffer.from(document([flat]).slice(0, -3)),
        bytes(',{"id":"', [0xff], '"}]}}'),
      ]),
    };
    const source: Dialect = { ...usualDialect('json'), records: 'data.rows' };
    const found = await compare('documents', files, columns, source, '.json');
    expect(found.counts.unreadable).toBeGreaterThan(15);
    const small = Buffer.from(`[${flat},{"id":1}]`);
    for (const [compression, ending, packed] of [
      ['gzip', '.gz', gzipSync(small)],
      ['zstd', '.zst', zstdRaw(small)],
      ['snappy-framed', '.sz', await framedSnappy(small)],
    ] as const) {
      const how: Dialect = { ...usualDialect('json'), compression };
      await compare(`documents-${compression}`, { all: packed }, columns, how, `.json${ending}`);
    }
  });
});

const NUMBERS = [
  '0',
  '-0.0',
  '1',
  '0.1',
  '1e15',
  '1e16',
  '1.5e300',
  '1e-4',
  '1e-5',
  '123456789.125',
  '5e-324',
  "'inf'",
  "'-inf'",
  "'nan'",
];

/** Runs statements on a DuckDB of its own. */
async function onDuckdb(...statements: string[]): Promise<void> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  for (const one of statements) await connection.run(one);
  connection.closeSync();
  instance.closeSync();
}

test('Parquet of every type that both read is spelled alike', async () => {
  const inputs = path.join(folder, 'parquet');
  await mkdir(inputs);
  const input = path.join(inputs, 'types.parquet');
  const doubles = [...NUMBERS, 'random() * 1e9', 'random() / 1e9'].map((one) => `(CAST(${one} AS DOUBLE))`);
  await onDuckdb(
    `COPY (SELECT 'é' AS "Text", NULL AS nothing, i % 2 = 0 AS "truth", CAST(i AS TINYINT) AS tiny, CAST(-i * 1e9 AS BIGINT) AS big,
      CAST(i * 1e18 AS UBIGINT) AS unsigned, CAST(i / 7 AS DECIMAL(9, 2)) AS price, CAST(i / 7e9 AS DECIMAL(38, 12)) AS exact, CAST(i / 1e8 AS DECIMAL(18, 8)) AS small,
      DATE '0001-01-01' + CAST(i * 50000 AS INTEGER) AS day, TIMESTAMP '1582-10-04 23:59:59.9' + to_microseconds(i * 12345678901234567) AS moment,
      TIMESTAMPTZ '2024-02-29 12:00:00+00' + to_milliseconds(i * 500) AS instant, column0 AS number
      FROM (SELECT row_number() OVER () AS i, * FROM (VALUES ${doubles.join(', ')}) t(column0))) TO '${input}' (FORMAT parquet)`,
  );
  const columns = [
    'Text',
    'nothing',
    'truth',
    'tiny',
    'big',
    'unsigned',
    'price',
    'exact',
    'small',
    'day',
    'moment',
    'instant',
    'number',
  ];
  const source = usualDialect('parquet');
  const natively = await readNatively(input, source, 'parquet');
  expect(natively.rows).toHaveLength(NUMBERS.length + 2);
  expect((await readOnSpark(inputs, columns, source, 'parquet')).rows).toEqual(natively.rows);
});

const NESTED = `SELECT * FROM (VALUES
  (1, {'a': 1, 'b': {'c d': 'x', 'e': [1, NULL]}}, ['q"\\', NULL, 'é😀' || chr(127)], MAP {'k': 1.50, 'l"': NULL},
   [{'d': DATE '2024-02-29', 'n': 0.1::DOUBLE, 't': TIMESTAMP '2024-02-29 12:00:00.5'}, NULL, {'d': NULL, 'n': 'nan'::DOUBLE, 't': NULL}],
   [[true], [], NULL], MAP {7: [1e20::DOUBLE, '-inf'::DOUBLE]}, [1.00000000::DECIMAL(18, 8), NULL]),
  (2, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
  (3, {'a': NULL, 'b': NULL}, [], MAP {}, [], [], MAP {-1: NULL}, [0.00000001]),
  (4, {'a': 2, 'b': {'c d': '', 'e': []}}, [(SELECT string_agg(chr(i::INTEGER), '' ORDER BY i) FROM range(1, 33) t(i))], MAP {'': 0}, [], [[]], MAP {}, [])
) t(id, s, list, map, rows, lists, numbers, exact)`;

test('nested columns of Parquet are read alike: structs by path, lists and maps as JSON text', async () => {
  const inputs = path.join(folder, 'nested');
  await mkdir(inputs);
  const input = path.join(inputs, 'nested.parquet');
  await onDuckdb(`COPY (${NESTED}) TO '${input}' (FORMAT parquet)`);
  const columns = ['id', 's.a', 's.b.c d', 's.b.e', 'list', 'map', 'rows', 'lists', 'numbers', 'exact'];
  const natively = await readNatively(input, usualDialect('parquet'), 'nested');
  expect(natively.rows).toHaveLength(4);
  expect((await readOnSpark(inputs, columns, usualDialect('parquet'), 'nested')).rows).toEqual(natively.rows);
});

test('Avro files, damaged ones too: the same cells, rejects and counts', async () => {
  const all = await awkwardAvro();
  const some = Object.fromEntries(
    [
      ...['plain', 'no block', 'a year that is none', 'a branch that is none', 'a marker that is none'],
      ...['cut in the data', 'deflate that is none', 'snappy', 'snappy of another checksum'],
    ].map((name) => [name, all[name] ?? Buffer.alloc(0)]),
  );
  const found = await compare('avro', some, PEOPLE_COLUMNS, usualDialect('avro'), '.avro');
  expect(found.counts.unreadable).toBe(14);
});

test('ORC is read by the job alone, under the columns that the end of a file tells', async () => {
  const inputs = path.join(folder, 'orc');
  await cp(ORC_FOLDER, inputs, { recursive: true, filter: (name) => !name.endsWith('float.orc') });
  const { columns } = await inspect(createLocalConnector(), inputs);
  expect(columns).toEqual(ORC_COLUMNS);
  const { rows, counts } = await readOnSpark(inputs, columns, usualDialect('orc'), 'orc');
  const people = [
    [
      '1',
      'Ann',
      'Café',
      '[1,null]',
      '1.50',
      '0.1',
      'true',
      '2024-02-29',
      '2024-02-29 12:00:00.5',
      '{"k":1}',
      'x',
    ],
    ['2', ...Array(9).fill(null), 'a "quoted" cell'],
    ['3', '', null, '[]', '-0.05', '1e+20', 'false', '0001-01-01', '1970-01-01 00:00:00.999999', '{}', 'y'],
  ].map((row) => JSON.stringify(row));
  expect(rows).toEqual(people.flatMap((row) => Array(5).fill(row)));
  expect(counts).toMatchObject({ read: 15, kept: 15, unreadable: 0 });
  await cp(path.join(ORC_FOLDER, 'float.orc'), path.join(inputs, 'z.orc'));
  await expect(readOnSpark(inputs, columns, usualDialect('orc'), 'orc-2')).rejects.toThrow();
  const report = JSON.parse(await readFile(path.join(folder, 'orc-2-spark/_runs/r1/report.json'), 'utf8'));
  expect(report).toMatchObject({
    code: 'input.columns',
    details: { file: expect.stringContaining('z.orc') },
  });
});

describe('many files are one data set, here and for the job', () => {
  test('folders named by keys, names that need care, files that are no part of it', async () => {
    const root = path.join(folder, 'keys');
    const files: Record<string, string> = {
      'year=2023/town=a%2Fb%25/x [1]{2}*.csv': 'id,v\n1,a\n2,"b"c\n',
      'year=2023/town=__HIVE_DEFAULT_PARTITION__/é +%20.csv': 'id,v\n3,\n',
      'year=02024/town=é x/_hidden.csv': 'other\n1\n',
      'year=02024/town=é x/part.csv': 'id,v\n4,d\n5\n',
      'year=02024/town=é x/none.csv': '',
      '_old/x.csv': 'other\n1\n',
      _SUCCESS: '',
    };
    for (const [file, content] of Object.entries(files)) {
      await mkdir(path.dirname(path.join(root, file)), { recursive: true });
      await writeFile(path.join(root, file), content);
    }
    const natively = await readNatively(root, dialect({}), 'keys-here');
    const onSpark = await readOnSpark(root, ['id', 'v', 'year', 'town'], dialect({}), 'keys');
    expect(onSpark).toEqual({ ...natively, rejects: onSpark.rejects });
    expect(onSpark.rejects).toHaveLength(2);
    expect(natively.rows).toContain(JSON.stringify(['1', 'a', '2023', 'a/b%']));
  });

  test('Parquet; a file of other columns is named', async () => {
    const root = path.join(folder, 'many-parquet');
    for (const day of ['d=1', 'd=2']) await mkdir(path.join(root, day), { recursive: true });
    const write = (file: string, select: string) =>
      onDuckdb(`COPY (${select}) TO '${path.join(root, file)}' (FORMAT parquet)`);
    await write('d=1/a.parquet', "SELECT 1 AS id, 'x' AS v");
    await write('d=2/b.parquet', 'SELECT 2 AS id, NULL::VARCHAR AS v');
    const source = usualDialect('parquet');
    const natively = await readNatively(root, source, 'many-parquet-here');
    const onSpark = await readOnSpark(root, ['id', 'v', 'd'], source, 'many-parquet');
    expect(onSpark.rows).toEqual(natively.rows);
    expect(onSpark.counts).toEqual(natively.counts);
    await write('d=2/c.parquet', 'SELECT 3 AS id');
    await expect(readOnSpark(root, ['id', 'v', 'd'], source, 'many-parquet-2')).rejects.toThrow();
    const report = JSON.parse(
      await readFile(path.join(folder, 'many-parquet-2-spark/_runs/r1/report.json'), 'utf8'),
    );
    expect(report.code).toBe('input.columns');
    expect(report.details.file).toContain('c.parquet');
    await expect(readNatively(root, source, 'many-parquet-3')).rejects.toMatchObject({
      code: 'source.columns-differ',
    });
  });
});
