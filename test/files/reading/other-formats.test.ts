import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openInput } from '../../../main/reading/file';
import { openSource } from '../../../main/reading/source';
import { usualDialect } from '../../../shared/document/dialect';
import { engineInFolder } from '../../doubles/native';
import { parquetBomb } from '../../doubles/parquet-bomb';
import { readBytes } from '../../doubles/reading';

let bench: Awaited<ReturnType<typeof engineInFolder>>;
beforeAll(async () => {
  bench = await engineInFolder();
});
afterAll(() => bench.close());

describe('JSON Lines files', () => {
  const read = (bytes: Uint8Array | string) =>
    readBytes(bench.engine, bench.folder, bytes, usualDialect('jsonl'));

  test('columns are the keys in order of first appearance, cells are text', async () => {
    const { columns, rows, blankLines, unreadable } = await read(
      '\ufeff{"id":1,"n":1.0,"x":null}\r\n\n{"n":"","id":null,"x":{"a":[1]}}\n{}\n{"id":"say \\"hi\\",\\n"}',
    );
    expect(columns).toEqual(['id', 'n', 'x.a']);
    expect(rows).toEqual([
      ['1', '1.0', null],
      [null, '', '[1]'],
      [null, null, null],
      ['say "hi",\n', null, null],
    ]);
    expect({ blankLines, unreadable }).toEqual({ blankLines: 1, unreadable: [] });
  });

  test('a file of one column keeps its nulls', async () => {
    expect((await read('{"a":1}\n{}\n{"a":null}\n{"a":""}\n')).rows).toEqual([['1'], [null], [null], ['']]);
  });

  test('what cannot be read is rejected with its place', async () => {
    const { rows, unreadable } = await read(
      Buffer.from('{"a":1}\nnot JSON\n{"a":1,"a":2}\n{"a":"\xff"}\n{"a":2}\n', 'latin1'),
    );
    expect(rows).toEqual([['1'], ['2']]);
    expect(unreadable).toEqual([
      { record: 2, line: 2, offset: 8, reason: 'not valid JSON' },
      { record: 3, line: 3, offset: 17, reason: 'a key that stands there twice' },
      { record: 4, line: 4, offset: 31, reason: 'not valid UTF-8' },
    ]);
  });

  test('cells of 5 MB', async () => {
    const cell = 'é"\n'.repeat(1_300_000);
    const { rows } = await read(`${JSON.stringify({ a: cell, b: '1' })}\n{"b":"2"}\n`);
    expect(rows.map(([, b]) => b)).toEqual(['1', '2']);
    expect(rows[0]?.[0] === cell).toBe(true);
  });

  test.each(['', '\n\n', '[1]\n', '{}\n'])('%j has no column', async (bytes) => {
    await expect(read(bytes)).rejects.toMatchObject({ code: 'source.empty' });
  });
});

describe('Parquet files', () => {
  const write = async (select: string) => {
    const name = path.join(bench.folder, 'source.parquet');
    await bench.engine.execute(`COPY (${select}) TO '${name}' (FORMAT parquet)`);
    return name;
  };
  const read = async (name: string) => {
    const file = await openInput(name);
    try {
      const source = await openSource(file, usualDialect('parquet'), bench);
      let rows: unknown[] = [];
      const outcome = await source.read(async (relation) => {
        const table = await bench.engine.query(`SELECT * FROM ${relation}`);
        rows = Array.from({ length: table.rows }, (_, row) => table.columns.map((column) => column[row]));
        return table.rows;
      });
      expect(outcome).toEqual({ rows: rows.length, records: rows.length, blankLines: 0, unreadable: null });
      return { columns: source.columns, rows };
    } finally {
      await file.handle.close();
    }
  };

  test('every type that is taken has one text', async () => {
    const name = await write(`SELECT * FROM (VALUES
      ('x', 9223372036854775807::BIGINT, 255::UTINYINT, 1.50::DECIMAL(10,2), true, DATE '2024-02-29',
       TIMESTAMP '2024-02-29 12:00:00.000001', TIMESTAMPTZ '2024-02-29 12:00:00.5+02'),
      (NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL), ('', -1, 0, -0.05, false, DATE '0001-01-01',
       TIMESTAMP '1969-12-31 23:59:59.999999', TIMESTAMPTZ '2024-01-01 00:00:00+00')) t(a, b, c, d, e, f, g, h)`);
    expect(await read(name)).toEqual({
      columns: ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'],
      rows: [
        [
          'x',
          '9223372036854775807',
          '255',
          '1.50',
          'true',
          '2024-02-29',
          '2024-02-29 12:00:00.000001',
          '2024-02-29 10:00:00.5',
        ],
        Array(8).fill(null),
        ['', '-1', '0', '-0.05', 'false', '0001-01-01', '1969-12-31 23:59:59.999999', '2024-01-01 00:00:00'],
      ],
    });
  });

  test('a float has the fewest digits that mean it, and is spelled as a double', async () => {
    const numbers = [
      '0.1',
      '-0.0',
      '164574.125',
      '16777216',
      '3.4028235e38',
      '1.17549435e-38',
      '0.333333343',
    ];
    const name = await write(
      `SELECT n::FLOAT AS f, [n::FLOAT] AS l FROM (VALUES ${[...numbers, "'nan'", "'-inf'"].map((n) => `(${n}::DOUBLE)`).join(', ')}) t(n)`,
    );
    const spelled = [
      '0.1',
      '-0.0',
      '164574.12',
      '16777216.0',
      '3.4028235e+38',
      '1.1754944e-38',
      '0.33333334',
    ];
    expect((await read(name)).rows).toEqual([
      ...spelled.map((text) => [text, `[${text}]`]),
      ['nan', '["nan"]'],
      ['-inf', '["-inf"]'],
    ]);
  });

  test('nested columns: fields of structs by path, lists and maps as JSON text', async () => {
    const name = await write(`SELECT * FROM (VALUES
      ({'a': 1, 'b': {'c d': 'x', 'e': [1, NULL]}}, ['q"\\', NULL, chr(10) || chr(1) || chr(127) || 'é'], MAP {'k': 1.50, 'l': NULL},
       [{'d': DATE '2024-02-29', 'n': 0.1::DOUBLE}, NULL, {'d': NULL, 'n': 'nan'::DOUBLE}], [[true], [], NULL]),
      (NULL, NULL, NULL, NULL, NULL), ({'a': NULL, 'b': NULL}, [], MAP {}, [], [])) t(s, list, map, rows, lists)`);
    expect(await read(name)).toEqual({
      columns: ['s.a', 's.b.c d', 's.b.e', 'list', 'map', 'rows', 'lists'],
      rows: [
        [
          '1',
          'x',
          '[1,null]',
          '["q\\"\\\\",null,"\\n\\u0001\x7fé"]',
          '{"k":1.50,"l":null}',
          '[{"d":"2024-02-29","n":0.1},null,{"d":null,"n":"nan"}]',
          '[[true],[],null]',
        ],
        Array(7).fill(null),
        [null, null, null, '[]', '{}', '[]', '[]'],
      ],
    });
  });

  test.each([
    ["TIME '12:00'", 'TIME'],
    ["'a'::BLOB", 'BLOB'],
    ['uuid()', 'UUID'],
    ["TIMESTAMP_NS '2024-01-01 00:00:00.000000001'", 'TIMESTAMP_NS'],
    ["INTERVAL '1 day'", 'INTERVAL'],
    ["['a'::BLOB]", 'BLOB'],
    ["MAP {[1]: 'a'}", 'LIST'],
    ["{'x': 'a'::BLOB}", 'BLOB'],
  ])('refuses %s, naming column and type', async (value, words) => {
    await expect(read(await write(`SELECT 1 AS fine, ${value} AS odd`))).rejects.toMatchObject({
      code: 'source.type',
      message: expect.stringMatching(new RegExp(`“odd” .*${words}`)),
    });
  });

  test('refuses a file whose footer is cut off', async () => {
    const whole = await readFile(await write('SELECT i AS n FROM range(10000) t(i)'));
    for (const length of [whole.length - 1, whole.length - 8, whole.length - 40, 4]) {
      const found = readBytes(bench.engine, bench.folder, whole.subarray(0, length), usualDialect('parquet'));
      await expect(found).rejects.toMatchObject({ code: 'source.corrupt' });
    }
  });

  test('one that grows without end is told before it is read; values that come often are none', async () => {
    const read = (bytes: Uint8Array) => readBytes(bench.engine, bench.folder, bytes, usualDialect('parquet'));
    const bomb = parquetBomb(10_000, 1_000_000);
    expect(bomb.length).toBeLessThan(1300);
    // Few long values, and many short ones.
    for (const bytes of [bomb, parquetBomb(1_500_000_000, 1)])
      await expect(read(bytes)).rejects.toMatchObject({
        code: 'source.bomb',
        message: expect.stringContaining('more than 1,000 times as much as the file'),
      });
    const often = await read(parquetBomb(3000, 5000));
    expect(often.columns).toEqual(['v']);
    expect(often.rows).toEqual(Array.from({ length: 3000 }, () => ['x'.repeat(5000)]));
  });

  test.each([
    ['text', Buffer.from('a,b\n1,2\n')],
    ['nothing', Buffer.alloc(0)],
    ['its ends alone', Buffer.from('PAR1xxxxPAR1')],
  ])('refuses a file of %s', async (_, bytes) => {
    const found = readBytes(bench.engine, bench.folder, bytes, { format: 'parquet' });
    await expect(found).rejects.toMatchObject({ code: 'source.corrupt' });
  });
});

test('10,000 columns of CSV and of JSON are read, none lost', async () => {
  const names = Array.from({ length: 10_000 }, (_, i) => `n${i}`);
  const values = names.map((_, i) => String(i));
  const csv = await readBytes(
    bench.engine,
    bench.folder,
    `${names.join()}\n${values.join()}\n${values.join()},too many\n`,
    usualDialect('csv'),
  );
  expect([csv.columns.length, csv.rows, csv.unreadable.length]).toEqual([10_000, [values], 1]);
  const object = JSON.stringify(Object.fromEntries(names.map((name, i) => [name, i])));
  const json = await readBytes(bench.engine, bench.folder, `${object}\n`, usualDialect('jsonl'));
  expect([json.columns.length, json.rows]).toEqual([10_000, [values]]);
});
