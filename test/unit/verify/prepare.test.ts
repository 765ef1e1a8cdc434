import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createLocalConnector } from '../../../main/connectors/local/connector';
import { prepare } from '../../../main/verify/prepare';
import { usualDialect } from '../../../shared/document/dialect';
import { PEOPLE_COLUMNS, peopleFile, personCells } from '../../doubles/avro';
import { engineInFolder } from '../../doubles/native';
import { remote } from '../../files/sampling/sources';

let bench: Awaited<ReturnType<typeof engineInFolder>>;
beforeAll(async () => {
  bench = await engineInFolder();
});
afterAll(() => bench.close());

test('Avro: Spark reads the very file; of one on a cluster only the first blocks are taken', async () => {
  const file = path.join(bench.folder, 'people.avro');
  const content = await peopleFile(Array(400).fill(200));
  await writeFile(file, content);
  const work = { folder: bench.folder, engine: bench.engine, takesFolders: true };
  const dialect = usualDialect('avro');
  const whole = await prepare({ connector: createLocalConnector(), path: file, dialect, rows: null }, work);
  expect(whole).toEqual({ input: file, dialect, unreadable: 0, columns: PEOPLE_COLUMNS });
  const connector = remote();
  const some = await prepare({ connector, path: file, dialect, rows: 300 }, work);
  expect([some.dialect.format, some.columns]).toEqual(['csv', PEOPLE_COLUMNS]);
  expect(connector.bytes).toBeLessThan(content.length * 0.8);
  const { columns } = await bench.engine.query('SELECT c0, c2 FROM source');
  expect(columns[0]).toHaveLength(300);
  expect(columns[1]?.[299]).toBe(personCells(299)[2]);
});
