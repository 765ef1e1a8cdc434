import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, expect } from 'vitest';
import { runLocally } from '../../main/run/local-run';
import { compilePlan } from '../../shared/compile/compile';
import { canonicalJson, hashOf } from '../../shared/compile/hash';
import { compileSpark } from '../../shared/compile/spark';
import { type CsvDialect, csvDialectSchema, type Dialect } from '../../shared/document/dialect';
import { emptyRuleSet } from '../../shared/document/rule-set';
import { type SparkServer, startSparkServer } from './spark-server';
import { readWritten, sorted } from './written';

export type Read = { rows: string[]; rejects: string[]; counts: Record<string, number> };

export const bytes = (...parts: (string | number[])[]) =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.from(part))));

export const dialect = (changes: Partial<CsvDialect>): CsvDialect =>
  csvDialectSchema.parse({ format: 'csv', ...changes });

export /** Runs statements on a DuckDB of its own. */
async function onDuckdb(...statements: string[]): Promise<void> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  for (const one of statements) await connection.run(one);
  connection.closeSync();
  instance.closeSync();
}

/** A reject without its place, which engines tell in different ways: file, reason and what stood there. */
const reject = (file: string, reason: string, text: string) => ({
  file,
  reason: reason.replace(/ \(record .*$/, ''),
  text: text.length < 200 ? text : `${text.slice(0, 50)}… ${text.length}`,
});

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

/**
 * Reads files here and by the job, without any step. Opens a Spark and a folder for the tests of a file: call it at its
 * top.
 */
export function readAlike() {
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

  async function readNatively(input: string, source: Dialect, name: string): Promise<Read> {
    const [output, rejects] = [
      path.join(folder, `${name}.out.csv`),
      path.join(folder, `${name}.rejects.csv`),
    ];
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

  /** A path in the folder, by its parts. */
  const at = (...parts: string[]) => path.join(folder, ...parts);
  return { at, readNatively, readOnSpark, makeFiles, compare };
}
