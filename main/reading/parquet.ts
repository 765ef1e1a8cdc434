import { duckdb as quote } from '../../shared/compile/sql/quote';
import { Fault, isFault } from '../../shared/contract/errors';
import type { DialectOf } from '../../shared/document/dialect';
import type { CancelSignal } from '../../shared/ports/signal';
import type { NativeEngine } from '../engine/native';
import { checkNames } from './csv-header';
import type { InputFile } from './file';
import type { Reader } from './reader';

const NEVER: CancelSignal = new AbortController().signal;
const cast = (column: string) => `CAST(${column} AS VARCHAR)`;

/**
 * How a column of a type becomes text, the same wherever it is read: numbers exactly, doubles by their shortest
 * digits, `true` and `false`, dates as `2024-02-29`, timestamps in UTC as `2024-02-29 12:00:00.5`.
 */
const AS_TEXT: readonly { readonly type: RegExp; readonly text: (column: string) => string }[] = [
  { type: /^(?:VARCHAR|ENUM.*|BOOLEAN|DATE|DOUBLE)$/, text: cast },
  { type: /^(?:U?(?:TINY|SMALL|BIG)INT|U?INTEGER|DECIMAL.*)$/, text: cast },
  { type: /^TIMESTAMP(?:_S|_MS)?$/, text: (column) => cast(`CAST(${column} AS TIMESTAMP)`) },
  { type: /^TIMESTAMP WITH TIME ZONE$/, text: (column) => cast(`${column} AT TIME ZONE 'UTC'`) },
];

const refuse = (named: string, message: string, advice: string) =>
  new Fault({
    code: 'source.type',
    message: `${named}: ${message}`,
    unaffected: 'Nothing was written.',
    advice,
    place: { file: named },
  });

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

function columnText(named: string, name: string, column: string, type: string): string {
  const found = AS_TEXT.find((one) => one.type.test(type));
  if (found) return found.text(column);
  throw refuse(
    named,
    `the column “${name}” has the type ${type}, which engines write as text in different ways.`,
    'Have it written as text, an integer, a decimal, a double, a date or a timestamp of microseconds.',
  );
}

/** Columns of a Parquet file, and SQL that reads them as text columns `c0 … cn`. */
async function describeParquet(
  file: InputFile,
  engine: NativeEngine,
): Promise<{ columns: readonly string[]; relation: string; rows: number }> {
  const { named } = file;
  const target = quote.text(file.path);
  return reading(named, async () => {
    const schema = await engine.query(
      `SELECT name, coalesce(num_children, 0) AS children FROM parquet_schema(${target})`,
    );
    const [names = [], children = []] = schema.columns;
    const nested = children.findIndex((count, i) => i > 0 && Number(count) > 0);
    if (nested > 0)
      throw refuse(
        named,
        `the column “${String(names[nested])}” holds nested values.`,
        'Flatten it before it is cleaned.',
      );
    const columns = checkNames(names.slice(1).map(String), named);
    // DuckDB renames a column whose name differs from another's only in case; places stay.
    const described = await engine.query(`DESCRIBE SELECT * FROM read_parquet(${target})`);
    const [own = [], types = []] = described.columns;
    const cells = columns.map((name, i) => {
      const column = quote.identifier(String(own[i]));
      return `${columnText(named, name, column, String(types[i]))} AS c${i}`;
    });
    const rows = await engine.query(`SELECT num_rows FROM parquet_file_metadata(${target})`);
    return {
      columns,
      relation: `(SELECT ${cells.join(', ')} FROM read_parquet(${target}))`,
      rows: Number(rows.columns[0]?.[0] ?? 0),
    };
  });
}

/** Parquet: DuckDB reads it as it stands, and the number of rows is held against the file's own. */
export const openParquet: Reader<DialectOf<'parquet'>> = async (file, _, { engine }) => {
  const { columns, relation, rows } = await describeParquet(file, engine);
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
