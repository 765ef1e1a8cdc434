import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createLocalConnector } from '../../../main/connectors/local/connector';
import { openNative } from '../../../main/engine/native';
import { coverShapes } from '../../../main/sampling/cover';
import { MOST_SHAPES } from '../../../shared/sampling/cover';
import { shapeOf } from '../../../shared/sampling/shapes';
import { decodeSample } from './decode';
import { csv, remote, withFile } from './sources';

test('a shape that one row in a million has is found in 3,000,000 rows', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'dataharmonize-cover-'));
  try {
    const path = join(folder, 'large.csv');
    const rows = 3_000_000;
    const writer = await openNative({ folders: [folder], temporaryFolder: folder });
    await writer.execute(
      `COPY (SELECT i AS id, CASE i WHEN 1234567 THEN '+1 (212) 555-O147' WHEN 2500000 THEN NULL
        WHEN 2999999 THEN '212.555.0147' ELSE '+1 (212) 555-' || (1000 + i % 9000) END AS phone
       FROM range(1, ${rows + 1}) t(i)) TO '${path}' (FORMAT csv, HEADER true)`,
    );
    await writer.close();
    const told: number[] = [];
    const cover = await coverShapes({
      ...{ connector: createLocalConnector(), path, dialect: csv() },
      onProgress: (progress) => told.push(progress.rows),
    });
    expect(cover.rows).toBe(rows);
    expect(told.length).toBeGreaterThan(2);
    expect(
      cover.columns.map(({ name, shapes }) => [name, shapes.map(({ shape, rows }) => [shape, rows])]),
    ).toEqual([
      ['id', [['9', rows]]],
      [
        'phone',
        [
          ['+9 (9) 9-9', rows - 3],
          [null, 1],
          ['+9 (9) 9-A9', 1],
          ['9.9.9', 1],
        ],
      ],
    ]);
    const examples = decodeSample(cover.examples);
    const phone = cover.columns[1]?.shapes ?? [];
    expect(phone.map(({ first }) => first)).toEqual([1, 2_500_000, 1_234_567, 2_999_999]);
    expect(phone.map(({ example }) => (example === null ? null : examples[example]))).toEqual([
      ['1', '+1 (212) 555-1001'],
      null,
      ['1234567', '+1 (212) 555-O147'],
      ['2999999', '212.555.0147'],
    ]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

test('in pieces over the network the same shapes are found, with the same rows', () => {
  const values = ['Ann', '\ufeffAnn', 'ann LEE', 'Иван', '', 'x'.repeat(2000), '12-AB', 'Åsa'];
  const rows = Array.from({ length: 20_000 }, (_, i) => [`${i}`, values[(i * i) % 97] ?? 'Bo']);
  const text = `id,name\n${rows.map((row) => row.join(',')).join('\n')}\n`;
  return withFile('people.csv', text, async ({ path }) => {
    const [here, there] = await Promise.all([
      coverShapes({ connector: createLocalConnector(), path, dialect: csv() }),
      coverShapes({ connector: remote(999), path, dialect: csv(), pieceBytes: 100_000 }),
    ]);
    expect(there.columns).toEqual(here.columns);
    expect(decodeSample(there.examples)).toEqual(decodeSample(here.examples));
    const counted = new Map<string | null, number>();
    for (const [, name = ''] of rows) {
      const shape = name === '' ? null : shapeOf(name);
      counted.set(shape, (counted.get(shape) ?? 0) + 1);
    }
    expect(new Map(here.columns[1]?.shapes.map(({ shape, rows: n }) => [shape, n]))).toEqual(counted);
  });
});

test('a column of free text says how many shapes it has', () => {
  const word = (i: number) => i.toString(2).replaceAll('0', '.').replaceAll('1', 'a.');
  const text = `note,kind\n${Array.from({ length: 3000 }, (_, i) => `${word(i)},k`).join('\n')}\n`;
  return withFile('notes.csv', text, async ({ path }) => {
    const { columns } = await coverShapes({ connector: createLocalConnector(), path, dialect: csv() });
    expect(columns[0]?.different).toBe(3000);
    expect(columns[0]?.shapes).toHaveLength(MOST_SHAPES);
    expect(columns[1]?.shapes).toHaveLength(1);
  });
});

test('a scan can be given up', () =>
  withFile('people.csv', `id\n${'12345\n'.repeat(300_000)}`, async ({ path }) => {
    const giving = new AbortController();
    const scanning = coverShapes({
      ...{ connector: remote(10_000), path, dialect: csv(), pieceBytes: 100_000 },
      signal: giving.signal,
      onProgress: ({ rows }) => rows > 20_000 && giving.abort(),
    });
    await expect(scanning).rejects.toThrow();
  }));
