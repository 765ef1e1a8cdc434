import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { createLocalConnector } from '../../main/connectors/local/connector';
import { inspect } from '../../main/sampling/sample';
import { type Dialect, usualDialect } from '../../shared/document/dialect';
import { awkwardAvro, PEOPLE_COLUMNS } from '../doubles/avro';
import { ORC_COLUMNS, ORC_FOLDER } from '../doubles/orc';
import { framedSnappy } from '../doubles/snappy';
import { zstdRaw } from '../doubles/zstd';
import { bytes, dialect, onDuckdb, readAlike } from './read-alike';

const { at, readNatively, readOnSpark, makeFiles, compare } = readAlike();

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

test('Parquet of every type that both read is spelled alike', async () => {
  const inputs = at('parquet');
  await mkdir(inputs);
  const input = path.join(inputs, 'types.parquet');
  const random = ['random() * 1e9', 'random() / 1e9', 'random() * 1e6'];
  const doubles = [...NUMBERS, ...random].map((one) => `(CAST(${one} AS DOUBLE))`);
  await onDuckdb(
    `COPY (SELECT 'é' AS "Text", NULL AS nothing, i % 2 = 0 AS "truth", CAST(i AS TINYINT) AS tiny, CAST(-i * 1e9 AS BIGINT) AS big,
      CAST(i * 1e18 AS UBIGINT) AS unsigned, CAST(i / 7 AS DECIMAL(9, 2)) AS price, CAST(i / 7e9 AS DECIMAL(38, 12)) AS exact, CAST(i / 1e8 AS DECIMAL(18, 8)) AS small,
      DATE '0001-01-01' + CAST(i * 50000 AS INTEGER) AS day, TIMESTAMP '1582-10-04 23:59:59.9' + to_microseconds(i * 12345678901234567) AS moment,
      TIMESTAMPTZ '2024-02-29 12:00:00+00' + to_milliseconds(i * 500) AS instant, column0 AS number,
      TRY_CAST(column0 AS FLOAT) AS float, [TRY_CAST(column0 AS FLOAT)] AS floats
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
    'float',
    'floats',
  ];
  const source = usualDialect('parquet');
  const natively = await readNatively(input, source, 'parquet');
  expect(natively.rows).toHaveLength(NUMBERS.length + random.length);
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
  const inputs = at('nested');
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
      ...['zstandard of level 3', 'zstandard, another checksum'],
    ].map((name) => [name, all[name] ?? Buffer.alloc(0)]),
  );
  const found = await compare('avro', some, PEOPLE_COLUMNS, usualDialect('avro'), '.avro');
  expect(found.counts.unreadable).toBe(18);
});

test('ORC is read by the job alone, under the columns that the end of a file tells', async () => {
  const inputs = at('orc');
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
  await cp(path.join(ORC_FOLDER, 'float.orc'), path.join(at('orc-float'), 'x.orc'));
  const floats = await readOnSpark(at('orc-float'), ['fine', 'odd'], usualDialect('orc'), 'orc-float');
  expect(floats.rows).toEqual([JSON.stringify(['1', '1.5'])]);
  await cp(path.join(ORC_FOLDER, 'float.orc'), path.join(inputs, 'z.orc'));
  await expect(readOnSpark(inputs, columns, usualDialect('orc'), 'orc-2')).rejects.toThrow();
  const report = JSON.parse(await readFile(at('orc-2-spark/_runs/r1/report.json'), 'utf8'));
  expect(report).toMatchObject({
    code: 'input.columns',
    details: { file: expect.stringContaining('z.orc') },
  });
});

describe('many files are one data set, here and for the job', () => {
  test('folders named by keys, names that need care, files that are no part of it', async () => {
    const root = at('keys');
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
    const root = at('many-parquet');
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
    const report = JSON.parse(await readFile(at('many-parquet-2-spark/_runs/r1/report.json'), 'utf8'));
    expect(report.code).toBe('input.columns');
    expect(report.details.file).toContain('c.parquet');
    await expect(readNatively(root, source, 'many-parquet-3')).rejects.toMatchObject({
      code: 'source.columns-differ',
    });
  });
});
