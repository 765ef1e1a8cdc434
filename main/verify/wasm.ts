import { createRequire } from 'node:module';
import path from 'node:path';
import { ROW, readable } from '../../shared/compile/duckdb';
import { duckdb as quote } from '../../shared/compile/sql/quote';
import type { CellValue, Engine, ResultTable } from '../../shared/ports/engine';
import type { CancelSignal } from '../../shared/ports/signal';
import { encodeTexts } from '../../shared/sampling/arrow';

const require = createRequire(import.meta.url);

type Rows = { schema: { fields: { name: string }[] }; numRows: number; getChildAt(i: number): Column | null };
type Column = { get(row: number): unknown };
type BlockingConnection = {
  query(sql: string): Rows;
  insertArrowFromIPCStream(bytes: Uint8Array, options: { name: string; create: boolean }): void;
  close(): void;
};

/** duckdb-wasm in Node: the very WebAssembly file of the preview, without a worker around it. */
export async function openWasm(): Promise<Engine> {
  const dist = path.dirname(require.resolve('@duckdb/duckdb-wasm'));
  const duckdb = require(path.join(dist, 'duckdb-node-blocking.cjs'));
  const bundle = (kind: string) => ({ mainModule: path.join(dist, `duckdb-${kind}.wasm`), mainWorker: '' });
  const database = await duckdb.createDuckDB(
    { mvp: bundle('mvp'), eh: bundle('eh') },
    new duckdb.VoidLogger(),
    duckdb.NODE_RUNTIME,
  );
  await database.instantiate();
  database.open({ path: ':memory:' });
  const connection: BlockingConnection = database.connect();
  connection.query('SET autoload_known_extensions = false; SET autoinstall_known_extensions = false');
  return {
    kind: 'wasm',
    version: database.getVersion(),
    async execute(sql) {
      connection.query(sql);
    },
    async query(sql) {
      return resultOf(connection.query(sql));
    },
    async load(table, names, columns) {
      connection.query(`DROP TABLE IF EXISTS ${quote.identifier(table)}`);
      connection.insertArrowFromIPCStream(encodeTexts(names, columns), { name: table, create: true });
    },
    async close() {
      connection.close();
    },
  };
}

function resultOf(rows: Rows): ResultTable {
  const columns = rows.schema.fields.map((_, i): CellValue[] => {
    const column = rows.getChildAt(i);
    return Array.from({ length: rows.numRows }, (_, row) => cellOf(column?.get(row)));
  });
  return { names: rows.schema.fields.map((field) => field.name), columns, rows: rows.numRows };
}

function cellOf(value: unknown): CellValue {
  if (value === undefined || value === null) return null;
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : value;
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  throw new TypeError('This type is not read here.');
}

/** Columns of a result as text. */
export const textsOf = (columns: readonly (readonly CellValue[])[]): (string | null)[][] =>
  columns.map((column) => column.map((value) => (value === null ? null : String(value))));

/** Copies the table `source` (`r, c0 … cn`) from one engine to another, in the order of its rows. */
export async function copySource(
  from: Engine,
  to: Engine,
  columns: number,
  signal?: CancelSignal,
): Promise<void> {
  const names = Array.from({ length: columns }, (_, i) => `c${i}`);
  const cells = names.map((name) => `${readable(name)} AS ${name}`).join(', ');
  const source = await from.query(
    `SELECT CAST(${ROW} AS VARCHAR) AS ${ROW}, ${cells} FROM source ORDER BY source.${ROW}`,
    signal,
  );
  await to.load('source_text', [ROW, ...names], textsOf(source.columns));
  await to.execute(
    `CREATE TABLE source AS SELECT CAST(${ROW} AS BIGINT) AS ${ROW}, * EXCLUDE (${ROW}) FROM source_text`,
  );
}
