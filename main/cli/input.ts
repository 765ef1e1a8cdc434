import { ROW } from '../../shared/compile/duckdb';
import type { Dialect } from '../../shared/document/dialect';
import type { CancelSignal } from '../../shared/ports/signal';
import { type NativeEngine, openNative } from '../engine/native';
import { openInputAt } from '../reading/input';
import type { Source } from '../reading/reader';
import { withTemporaryFolder } from '../run/temporary-folder';

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
  return withTemporaryFolder(async (folder) => {
    const file = await openInputAt(input);
    const engine = await openNative({ folders: [folder], files: file.files, temporaryFolder: folder });
    let source: Source | undefined;
    try {
      source = await file.source(dialect, { engine, folder, signal });
      const read = async (relation: string, stop: CancelSignal) => {
        await engine.execute(
          `CREATE OR REPLACE TEMP TABLE source AS SELECT row_number() OVER () AS ${ROW}, * FROM ${relation}`,
          stop,
        );
        return Number((await engine.query('SELECT count(*) FROM source')).columns[0]?.[0] ?? 0);
      };
      const outcome = await source.read(read, signal);
      if (rows !== undefined) await engine.execute(`DELETE FROM source WHERE ${ROW} > ${rows}`);
      return await use({
        engine,
        columns: source.columns,
        rows: Math.min(outcome.rows, rows ?? outcome.rows),
        unreadable: outcome.unreadable?.count ?? 0,
      });
    } finally {
      await engine.close();
      await source?.close();
      await file.close();
    }
  });
}

/** A DuckDB with no file in reach, for work that needs no data. */
export const withEngine = <T>(use: (engine: NativeEngine) => Promise<T>): Promise<T> =>
  withTemporaryFolder(async (temporaryFolder) => {
    const engine = await openNative({ temporaryFolder });
    try {
      return await use(engine);
    } finally {
      await engine.close();
    }
  });
