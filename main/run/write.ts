import { duckdb as quote } from '../../shared/compile/sql/quote';
import { Fault } from '../../shared/contract/errors';
import type { OutputFormat } from '../../shared/document/dialect';
import type { Rows } from './result';

const CSV = "FORMAT csv, QUOTE '\"', ESCAPE '\"', NULLSTR '', USE_TMP_FILE false";
/** Stands between nothing in JSON text: control characters are escaped there. */
const NO_DELIMITER = 'chr(1)';

/** Names that differ only in letter case, or null. */
export function clashingNames(names: readonly string[]): readonly [string, string] | null {
  const seen = new Map<string, string>();
  for (const name of names) {
    const other = seen.get(name.toLowerCase());
    if (other !== undefined) return [other, name];
    seen.set(name.toLowerCase(), name);
  }
  return null;
}

/** Throws a fault when a format cannot hold columns of these names. */
export function assertWritable(format: OutputFormat, names: readonly string[], file: string): void {
  const clash = format === 'parquet' ? clashingNames(names) : null;
  if (!clash) return;
  throw new Fault({
    code: 'plan.names',
    message: `${file}: Parquet readers take “${clash[0]}” and “${clash[1]}” for one column.`,
    unaffected: 'Nothing was written.',
    advice: 'Write CSV or JSON Lines, or rename one of the columns.',
    place: { file },
  });
}

/** The statement that writes rows to a file; it answers how many. Cells are text. */
export function writeSql({ columns, from }: Rows, format: OutputFormat, file: string): string {
  const target = quote.text(file);
  const named = columns.map(({ column, sql }) => `${sql} AS ${quote.identifier(column)}`).join(', ');
  switch (format) {
    case 'parquet':
      return `COPY (SELECT ${named} FROM ${from}) TO ${target} (FORMAT parquet, USE_TMP_FILE false)`;
    case 'csv': {
      if (!clashingNames(columns.map(({ column }) => column)))
        return `COPY (SELECT ${named} FROM ${from}) TO ${target} (${CSV}, HEADER true)`;
      // DuckDB would write email_1 for a second name that differs only in case.
      const header = columns.map(({ column }, i) => `${quote.text(column)} AS h${i}`).join(', ');
      const rows = `SELECT ${columns.map(({ sql }) => sql).join(', ')} FROM ${from}`;
      return `COPY (SELECT ${header} UNION ALL (${rows})) TO ${target} (${CSV}, HEADER false)`;
    }
    case 'jsonl': {
      const fields = columns.map(({ column, sql }, i) => {
        const key = quote.text(`${i === 0 ? '{' : ','}${JSON.stringify(column)}:`);
        return `${key} || coalesce(CAST(to_json(${sql}) AS VARCHAR), 'null')`;
      });
      return (
        `COPY (SELECT ${fields.join(' || ')} || '}' AS line FROM ${from}) TO ${target} ` +
        `(FORMAT csv, HEADER false, QUOTE '', ESCAPE '', DELIMITER ${NO_DELIMITER}, USE_TMP_FILE false)`
      );
    }
  }
}

/** Rows that such a statement writes beside those it counts: a header that is a row of its own. */
export const headerRows = ({ columns }: Rows, format: OutputFormat): number =>
  format === 'csv' && clashingNames(columns.map(({ column }) => column)) ? 1 : 0;
