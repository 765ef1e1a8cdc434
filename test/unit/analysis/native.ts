import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openNative } from '../../../main/engine/native';
import type { CellValue, Engine, ResultTable } from '../../../shared/ports/engine';

/** A native DuckDB that reaches no file. */
export async function openEngine(): Promise<{ engine: Engine; close(): Promise<void> }> {
  const temporaryFolder = await mkdtemp(path.join(tmpdir(), 'analysis-'));
  const engine = await openNative({ temporaryFolder, threads: 2 });
  return {
    engine,
    async close() {
      await engine.close();
      await rm(temporaryFolder, { recursive: true, force: true });
    },
  };
}

type Row = readonly (string | null)[];

/** Loads rows of text as a table. */
export const load = (engine: Engine, table: string, names: readonly string[], rows: readonly Row[]) =>
  engine.load(
    table,
    names,
    names.map((_, at) => rows.map((row) => row[at] ?? null)),
  );

/** Rows of a result as lists of cells, of some columns or of all. */
export const rowsOf = (
  { names, columns, rows }: ResultTable,
  wanted: readonly string[] = names,
): CellValue[][] =>
  Array.from({ length: rows }, (_, row) =>
    wanted.map((name) => columns[names.indexOf(name)]?.[row] as CellValue),
  );
