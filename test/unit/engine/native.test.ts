import { symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openNative } from '../../../main/engine/native';
import { readable } from '../../../shared/compile/duckdb';
import { engineInFolder } from '../../doubles/native';

let bench: Awaited<ReturnType<typeof engineInFolder>>;
beforeAll(async () => {
  bench = await engineInFolder();
});
afterAll(() => bench.close());

const one = async (sql: string) => (await bench.engine.query(`SELECT ${sql}`)).columns[0]?.[0];

describe('native DuckDB', () => {
  test('numbers, whole ones exactly', async () => {
    expect(await one('1::TINYINT')).toBe(1);
    expect(await one('9007199254740991')).toBe(Number.MAX_SAFE_INTEGER);
    expect(await one('9007199254740993')).toBe(9007199254740993n);
    expect(await one('sum(9223372036854775807) FROM range(2)')).toBe(18446744073709551614n);
    expect(await one('0.5::DOUBLE')).toBe(0.5);
    expect(await one('true')).toBe(true);
    expect(await one('NULL')).toBe(null);
    expect(await one("DATE '2024-02-29'")).toBe('2024-02-29');
  });

  test('texts that are loaded come back, a leading U+FEFF and NUL included', async () => {
    const text = fc.option(fc.string({ unit: 'binary', maxLength: 6 }));
    const awkward = ['\ufeff', '\ufeff\ufeffa', '\u0000', '', null, "o'x", '😀'];
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(text, fc.oneof(text, fc.constantFrom(...awkward)))),
        async (rows) => {
          const columns = [rows.map(([a]) => a), rows.map(([, b]) => b)];
          await bench.engine.load('loaded', ['a "b"', 'c'], columns);
          const cells = [`${readable('"a ""b"""')} AS a`, `${readable('c')} AS c`].join(', ');
          const read = await bench.engine.query(`SELECT ${cells} FROM loaded`);
          expect(read.columns).toEqual(columns);
        },
      ),
      { numRuns: 100 },
    );
  });

  test('more rows than fit one chunk', async () => {
    const values = Array.from({ length: 5000 }, (_, i) => (i % 7 === 0 ? null : String(i)));
    await bench.engine.load('many', ['v'], [values]);
    expect((await bench.engine.query('SELECT v FROM many')).columns[0]).toEqual(values);
  });

  test('reaches no file but those it was given, and can’t be talked into it', async () => {
    const outside = path.join(tmpdir(), `outside-${process.pid}.csv`);
    await writeFile(outside, 'a\n1\n');
    await symlink('/etc', path.join(bench.folder, 'link'));
    for (const sql of [
      `SELECT * FROM read_csv('${outside}')`,
      `SELECT * FROM read_text('${bench.folder}/../${path.basename(outside)}')`,
      `SELECT * FROM read_text('${bench.folder}/link/hostname')`,
      "SELECT * FROM read_text('/etc/hostname')",
      "SELECT * FROM glob('/etc/*')",
      `COPY (SELECT 1) TO '${outside}.out'`,
      "ATTACH '/tmp/other.duckdb'",
      'INSTALL httpfs',
      'LOAD httpfs',
      'SET enable_external_access = true',
      "SET memory_limit = '90GB'",
      "SELECT * FROM read_csv('http://127.0.0.1:1/x.csv')",
    ])
      await expect(bench.engine.execute(sql), sql).rejects.toMatchObject({ code: 'engine.failed' });
    await expect(
      bench.engine.execute(`COPY (SELECT 1) TO '${bench.folder}/own.csv'`),
    ).resolves.toBeUndefined();
  });

  test('a cancelled statement stops, those after it run', async () => {
    const controller = new AbortController();
    const endless = 'SELECT count(*) FROM range(1000000000) a, range(1000000000) b';
    const running = bench.engine.query(endless, controller.signal);
    const waiting = bench.engine.query(endless, controller.signal);
    const other = bench.engine.query('SELECT 42');
    setTimeout(() => controller.abort(), 50);
    await expect(running).rejects.toMatchObject({ code: 'cancelled' });
    await expect(waiting).rejects.toMatchObject({ code: 'cancelled' });
    expect((await other).columns).toEqual([[42]]);
  });

  test('what DuckDB says of cells stays out of the fault', async () => {
    const failing = bench.engine.query("SELECT CAST('secret value' AS INTEGER)");
    await expect(failing).rejects.toMatchObject({
      code: 'engine.failed',
      message: expect.not.stringContaining('secret'),
    });
  });

  test('has the version and the settings of the design', async () => {
    const engine = await openNative({ temporaryFolder: bench.folder, memoryBytes: 1e8 });
    expect(engine.version).toBe('v1.5.6');
    expect((await engine.query("SELECT current_setting('TimeZone')")).columns[0]?.[0]).toBe('UTC');
    await engine.close();
  });
});
