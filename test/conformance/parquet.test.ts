import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { verify } from '../../main/verify/verify';
import { validateRuleSet } from '../../shared/document/project';
import { engineInFolder } from '../doubles/native';

let bench: Awaited<ReturnType<typeof engineInFolder>>;
beforeAll(async () => {
  bench = await engineInFolder();
});
afterAll(() => bench.close());

test('a Parquet file of every type that is taken is the same text on DuckDB and on Spark', async () => {
  const input = path.join(bench.folder, 'types.parquet');
  await bench.engine.execute(`COPY (
    SELECT i AS whole, i::UTINYINT AS tiny, (i * 20000003)::UINTEGER AS unsigned,
      CASE WHEN i % 11 > 0 THEN ' text ' || i END AS words, i % 3 = 0 AS flag,
      (i - 100)::DECIMAL(18, 6) / 7 AS decimal, hash(i) / 1e7 AS double, 1 / (i + 3) AS small,
      (i - 50)::DOUBLE * 1e15 AS large, CASE i WHEN 1 THEN 'nan' WHEN 2 THEN '-inf' ELSE '-0' END::DOUBLE AS odd,
      DATE '1890-01-31' + (i * 997)::INTEGER AS day, TIMESTAMP '1960-01-01' + INTERVAL (i * 98765432109) MICROSECOND AS local,
      TIMESTAMPTZ '1999-12-31 23:00:00+00' + INTERVAL (i * 500) MILLISECOND AS instant
    FROM range(200) t(i)) TO '${input}' (FORMAT parquet)`);
  const ruleSet = validateRuleSet(
    {
      format: 'dataharmonize/ruleset',
      version: 1,
      name: 'types',
      steps: [{ id: 's1', operation: 'trim', columns: ['words'] }],
    },
    'types',
  );
  const report = await verify({
    ruleSet,
    input,
    dialect: { format: 'parquet' },
    engines: ['native', 'spark'],
    rows: null,
  });
  expect(report.differences).toEqual([]);
  expect(report).toMatchObject({ equal: true, engines: [{ rows: 200 }, { rows: 200 }] });
});
