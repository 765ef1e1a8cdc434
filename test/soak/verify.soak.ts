import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { customersRules } from '../../main/sample/customers.rules';
import type { VerifyReport } from '../../shared/contract/calls/runs';
import { record } from '../bench/record.mjs';
import { customersFile, root, scratch } from '../bench/sample.mjs';

const ROWS = Number(process.env.SOAK_ROWS ?? 1_000_000);

test('native DuckDB and Spark agree on every cell of the cleaned sample', async () => {
  const input = customersFile(ROWS);
  const rules = path.join(scratch, 'starter.rules.json');
  await writeFile(rules, JSON.stringify(customersRules));
  console.log(`verifying ${ROWS} rows on native DuckDB and Spark …`);
  const command = ['verify', rules, '--input', input, '--engines', 'native,spark', '--json'];
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [path.join(root, 'out/cli/main.js'), ...command],
    {
      maxBuffer: 64_000_000,
    },
  ).catch((error: { stdout: string; stderr: string }) => {
    console.error(error.stderr.slice(0, 4000));
    return error;
  });
  const report = JSON.parse(stdout) as VerifyReport;
  expect(report.differences).toEqual([]);
  expect(report.equal).toBe(true);
  record('soak', 'verify', {
    title: `Verify: ${ROWS.toLocaleString('en')} customers, the sample's rules, native DuckDB and Spark`,
    conditions: { rules: `${customersRules.steps.length} steps, phone and deduplicate among them` },
    rows: report.engines.map(({ engine, version, rows, cells, seconds }) => ({
      ...{ engine, version, 'rows compared': rows, 'cells compared': cells, seconds },
      differences: report.differing,
    })),
  });
});
