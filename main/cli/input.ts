import { ROW } from '../../shared/compile/duckdb';
import { Fault } from '../../shared/contract/errors';
import type { Dialect } from '../../shared/document/rule-set';
import type { CancelSignal } from '../../shared/ports/signal';
import { type NativeEngine, openNative } from '../engine/native';
import { openInput } from '../reading/file';
import { openSource } from '../reading/source';
import { temporaryFolder } from '../run/targets';

export type ReadInput = {
  readonly engine: NativeEngine;
  readonly columns: readonly string[];
  readonly rows: number;
  readonly unreadable: number;
};

/** Reads a file into the table `source` of a DuckDB of its own and lets `use` work on it. */
export async function withInput<T>(
  {
    input,
    dialect,
    rows,
    signal,
  }: { input: string; dialect: Dialect; rows?: number | undefined; signal: CancelSignal },
  use: (read: ReadInput) => Promise<T>,
): Promise<T> {
  const folder = await temporaryFolder();
  const file = await openInput(input).catch(async (error: unknown) => {
    await folder.remove();
    throw error;
  });
  const engine = await openNative({
    folders: [folder.path],
    files: [file.path],
    temporaryFolder: folder.path,
  });
  try {
    const source = await openSource(file, dialect, engine);
    const read = async (relation: string, stop: CancelSignal) => {
      await engine.execute(
        `CREATE OR REPLACE TEMP TABLE source AS SELECT row_number() OVER () AS ${ROW}, * FROM ${relation}`,
        stop,
      );
      return Number((await engine.query('SELECT count(*) FROM source')).columns[0]?.[0] ?? 0);
    };
    const outcome = await source.read(folder.path, read, signal);
    if (rows !== undefined) await engine.execute(`DELETE FROM source WHERE ${ROW} > ${rows}`);
    return await use({
      engine,
      columns: source.columns,
      rows: Math.min(outcome.rows, rows ?? outcome.rows),
      unreadable: outcome.unreadable?.count ?? 0,
    });
  } finally {
    await engine.close();
    await file.handle.close();
    await folder.remove();
  }
}

/** A DuckDB with no file in reach, for work that needs no data. */
export async function withEngine<T>(use: (engine: NativeEngine) => Promise<T>): Promise<T> {
  const folder = await temporaryFolder();
  const engine = await openNative({ temporaryFolder: folder.path });
  try {
    return await use(engine);
  } finally {
    await engine.close();
    await folder.remove();
  }
}

/** The fault of a document with these lines, one a fault, each after the file's name. */
export function invalidRules(file: string, lines: readonly string[]): Fault {
  const named = lines.map((line) => `${file}: ${line}`);
  return new Fault({
    code: 'rules.invalid',
    message: named.join('\n'),
    details: { lines: named },
    place: { file },
    unaffected: 'Nothing was written.',
    advice: 'Correct the named steps.',
  });
}
