import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { NativeEngine } from '../../main/engine/native';
import { openInput } from '../../main/reading/file';
import type { Source } from '../../main/reading/reader';
import { openSource } from '../../main/reading/source';
import type { UnreadableRecord } from '../../main/reading/unreadable';
import { readable } from '../../shared/compile/duckdb';
import type { Dialect } from '../../shared/document/dialect';

export type Row = readonly (string | null)[];
export type ReadFile = {
  readonly columns: readonly string[];
  readonly rows: readonly Row[];
  readonly blankLines: number;
  readonly unreadable: readonly UnreadableRecord[];
  /** Whether DuckDB read the file as it stands. */
  readonly direct: boolean;
};

/** Writes bytes to a file of the folder and reads them as a run does. The engine must reach the folder. */
export async function readBytes(
  engine: NativeEngine,
  folder: string,
  bytes: Uint8Array | string,
  dialect: Dialect,
): Promise<ReadFile> {
  const name = path.join(folder, `source.${dialect.format}`);
  await writeFile(name, bytes);
  const file = await openInput(name);
  let source: Source | undefined;
  try {
    source = await openSource(file, dialect, { engine, folder });
    let relation = '';
    const outcome = await source.read(async (sql, stop) => {
      relation = sql;
      await engine.execute(`CREATE OR REPLACE TEMP TABLE read AS SELECT * FROM ${sql}`, stop);
      return Number((await engine.query('SELECT count(*) FROM read')).columns[0]?.[0] ?? -1);
    });
    const cells = source.columns.map((_, i) => `${readable(`c${i}`)} AS c${i}`).join(', ');
    const table = await engine.query(`SELECT ${cells} FROM read`);
    const rows = Array.from({ length: table.rows }, (_, row) =>
      table.columns.map((column) => (column[row] ?? null) as string | null),
    );
    return {
      columns: source.columns,
      rows,
      blankLines: outcome.blankLines,
      unreadable: outcome.unreadable?.first ?? [],
      direct: relation.includes(name),
    };
  } finally {
    await source?.close();
    await file.handle.close();
  }
}
