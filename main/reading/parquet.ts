import { duckdb as quote } from '../../shared/compile/sql/quote';
import { Fault, isFault } from '../../shared/contract/errors';
import type { DialectOf } from '../../shared/document/dialect';
import type { CancelSignal } from '../../shared/ports/signal';
import type { NativeEngine } from '../engine/native';
import { type Leaf, leavesOf, UnknownType } from './columnar-text';
import { checkNames } from './csv-header';
import { parseDuckdbType } from './duckdb-type';
import type { InputFile } from './file';
import { fileFault } from './file-fault';
import { assertHarmless } from './parquet-growth';
import type { Reader } from './reader';

const NEVER: CancelSignal = new AbortController().signal;
const corrupt = (named: string, cause: unknown) =>
  new Fault({
    code: 'source.corrupt',
    message: `${named} is not a Parquet file, or is damaged.`,
    unaffected: 'Nothing was written.',
    advice: 'Choose another file, or have it written again.',
    place: { file: named },
    cause,
  });

/** Runs reads of a Parquet file; what DuckDB then says against the file is a fault of the file. */
async function reading<T>(named: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw isFault(error, 'engine.failed') ? corrupt(named, error) : error;
  }
}

function leaves(named: string, name: string, column: string, type: string): Leaf[] {
  try {
    return leavesOf(name, column, parseDuckdbType(type));
  } catch (error) {
    if (!(error instanceof UnknownType)) throw error;
    throw fileFault(
      'source.type',
      named,
      `the column “${name}” has the type ${error.type}, which engines write as text in different ways.`,
      'Have it written as text, an integer, a decimal, a float, a double, a date or a timestamp of microseconds.',
    );
  }
}

/** Names of the columns at the top, of a schema that tells each type and how many it holds, in order. */
function topNames(names: readonly string[], children: readonly number[]): string[] {
  const top: string[] = [];
  let at = 1;
  const skip = () => {
    let left = children[at++] ?? 0;
    for (; left > 0 && at < names.length; left--) skip();
  };
  while (at < names.length) {
    top.push(names[at] ?? '');
    skip();
  }
  return top;
}

/** Columns of a Parquet file, and SQL that reads them as text columns `c0 … cn`. */
async function describeParquet(
  file: InputFile,
  engine: NativeEngine,
  signal: CancelSignal | undefined,
): Promise<{ columns: readonly string[]; relation: string; rows: number }> {
  const { named } = file;
  const target = quote.text(file.path);
  return reading(named, async () => {
    const schema = await engine.query(
      `SELECT name, coalesce(num_children, 0) AS children FROM parquet_schema(${target})`,
    );
    const [names = [], children = []] = schema.columns;
    const top = topNames(names.map(String), children.map(Number));
    // DuckDB renames a column whose name differs from another's only in case; places stay.
    const read = `read_parquet(${target}, hive_partitioning = false)`;
    const described = await engine.query(`DESCRIBE SELECT * FROM ${read}`);
    const [own = [], types = []] = described.columns;
    const found = top.flatMap((name, i) =>
      leaves(named, name, quote.identifier(String(own[i])), String(types[i])),
    );
    const columns = checkNames(
      found.map(({ path }) => path),
      named,
    );
    await assertHarmless(file, engine, found, read, signal);
    const cells = found.map(({ sql }, i) => `${sql} AS c${i}`);
    const rows = await engine.query(`SELECT num_rows FROM parquet_file_metadata(${target})`);
    return {
      columns,
      relation: `(SELECT ${cells.join(', ')} FROM ${read})`,
      rows: Number(rows.columns[0]?.[0] ?? 0),
    };
  });
}

/** Parquet: DuckDB reads it as it stands, and the number of rows is held against the file's own. */
export const openParquet: Reader<DialectOf<'parquet'>> = async (file, _, { engine, signal: opening }) => {
  const { columns, relation, rows } = await describeParquet(file, engine, opening);
  const found = { records: rows, blankLines: 0, unreadable: null };
  return {
    columns,
    rows,
    read: (make, signal) =>
      reading(file.named, async () => {
        const read = await make(relation, signal ?? NEVER);
        if (read > rows) throw corrupt(file.named, new RangeError('More rows than the file claims.'));
        return { ...found, rows: read };
      }),
    ready: async () => ({ ...found, relation }),
    close: async () => {},
  };
};
