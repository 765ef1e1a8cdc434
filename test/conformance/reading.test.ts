import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runLocally } from '../../main/run/local-run';
import { compilePlan } from '../../shared/compile/compile';
import { canonicalJson, hashOf } from '../../shared/compile/hash';
import { compileSpark } from '../../shared/compile/spark';
import { type CsvDialect, csvDialectSchema, type Dialect } from '../../shared/document/dialect';
import { emptyRuleSet } from '../../shared/document/rule-set';
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

async function makeFiles(name: string, files: Record<string, Buffer>): Promise<[string, string[]]> {
  const inputs = path.join(folder, name);
  await mkdir(inputs);
  const paths = Object.keys(files).map((file) => path.join(inputs, `${file}.csv`));
  await Promise.all(Object.values(files).map((content, i) => writeFile(paths[i] ?? '', content)));
  return [inputs, paths];
}

async function compare(name: string, files: Record<string, Buffer>, columns: string[], source: CsvDialect) {
  const [inputs, paths] = await makeFiles(name, files);
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
  const inputs = path.join(folder, 'parquet');
  await mkdir(inputs);
  const input = path.join(inputs, 'types.parquet');
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  const doubles = [...NUMBERS, 'random() * 1e9', 'random() / 1e9'].map((one) => `(CAST(${one} AS DOUBLE))`);
  await connection.run(
    `COPY (SELECT 'é' AS "Text", NULL AS nothing, i % 2 = 0 AS "truth", CAST(i AS TINYINT) AS tiny, CAST(-i * 1e9 AS BIGINT) AS big,
      CAST(i * 1e18 AS UBIGINT) AS unsigned, CAST(i / 7 AS DECIMAL(9, 2)) AS price, CAST(i / 7e9 AS DECIMAL(38, 12)) AS exact,
      DATE '0001-01-01' + CAST(i * 50000 AS INTEGER) AS day, TIMESTAMP '1582-10-04 23:59:59.9' + to_microseconds(i * 12345678901234567) AS moment,
      TIMESTAMPTZ '2024-02-29 12:00:00+00' + to_milliseconds(i * 500) AS instant, column0 AS number
      FROM (SELECT row_number() OVER () AS i, * FROM (VALUES ${doubles.join(', ')}) t(column0))) TO '${input}' (FORMAT parquet)`,
  );
  connection.closeSync();
  instance.closeSync();
  const columns = [
    'Text',
    'nothing',
    'truth',
    'tiny',
    'big',
    'unsigned',
    'price',
    'exact',
    'day',
    'moment',
    'instant',
    'number',
  ];
  const source: Dialect = { format: 'parquet' };
  const natively = await readNatively(input, source, 'parquet');
  expect(natively.rows).toHaveLength(NUMBERS.length + 2);
  expect((await readOnSpark(inputs, columns, source, 'parquet')).rows).toEqual(natively.rows);
});
