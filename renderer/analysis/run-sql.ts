import { readable } from '../../shared/compile/duckdb';
import { duckdb as quote } from '../../shared/compile/sql/quote';
import { Fault } from '../../shared/contract/errors';
import type { Engine } from '../../shared/ports/engine';
import type { CancelSignal } from '../../shared/ports/signal';
import { isCancelled } from '../state/fault';
import { isQuery, splitStatements } from './statements';

/** More rows are not brought to the screen. */
export const MOST_ROWS = 10_000;

/** A result whose values are written out by DuckDB itself, so that nothing is lost on the way. */
export type SqlResult = {
  readonly columns: readonly { readonly name: string; readonly type: string; readonly numeric: boolean }[];
  /** `values[i][row]` of column i. */
  readonly values: readonly (readonly (string | null)[])[];
  readonly rows: number;
  /** Whether there are more rows than are shown. */
  readonly more: boolean;
  readonly seconds: number;
};

const numeric = /^(U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?|DECIMAL.*|DOUBLE|FLOAT|REAL)$/;

/** A Fault `sql.failed` in DuckDB's words; `place.offset` is the position in the text, in characters, where known. */
function sqlFault(error: unknown, from: number, lead: number): Fault {
  const said = error instanceof Error ? error.message : String(error);
  let [message, offset]: [string, number | null] = [said, null];
  try {
    const told = JSON.parse(said) as Record<string, unknown>;
    if (typeof told.exception_message === 'string') message = told.exception_message;
    if (typeof told.position === 'string') offset = Number(told.position);
  } catch {
    message = said.replace(/\n+LINE \d+:[\s\S]*$/, '');
  }
  const known = offset !== null && offset >= lead;
  return new Fault({
    code: 'sql.failed',
    message: message.replace(/\n\nLINE \d+:[\s\S]*$/, '').trim(),
    unaffected: 'The tables are as they were.',
    ...(known && { place: { offset: from + (offset ?? 0) - lead } }),
    cause: error,
  });
}

/**
 * Runs the statements of a text in turn; the last one's rows are the answer, or null when it has none.
 * @throws Fault `sql.failed`, `sql.empty` or `cancelled`
 */
export async function runSql(engine: Engine, text: string, signal?: CancelSignal): Promise<SqlResult | null> {
  const statements = splitStatements(text);
  const last = statements.at(-1);
  if (!last) {
    throw new Fault({
      code: 'sql.empty',
      message: 'There is no statement to run.',
      advice: 'Write one, such as SELECT * FROM customers.',
    });
  }
  const began = performance.now();
  const attempt = async <T>(from: number, lead: number, work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      if (isCancelled(error)) throw error;
      throw sqlFault(error, from, lead);
    }
  };
  for (const { sql, from } of statements.slice(0, -1)) {
    await attempt(from, 0, () => engine.execute(sql, signal));
  }
  const { sql, from } = last;
  if (!isQuery(sql)) {
    await attempt(from, 0, () => engine.execute(sql, signal));
    return null;
  }
  const describe = 'DESCRIBE SELECT * FROM (\n';
  const described = await attempt(from, describe.length, () => engine.query(`${describe}${sql}\n)`, signal));
  const [names = [], types = []] = described.columns.map((column) => column.map(String));
  const columns = names.map((name, i) => {
    const type = types[i] ?? '';
    return { name, type, numeric: numeric.test(type) };
  });
  const aliases = columns.map((_, i) => `c${i}`);
  const list = aliases.map((alias) => `${readable(alias)} AS ${alias}`).join(', ');
  const casts = aliases.map((alias) => `CAST(${alias} AS VARCHAR) AS ${alias}`).join(', ');
  const lead = `SELECT ${list} FROM (SELECT ${casts} FROM (\n`;
  const query = `${lead}${sql}\n) AS t(${aliases.map(quote.identifier).join(', ')}) LIMIT ${MOST_ROWS + 1})`;
  const answer = await attempt(from, lead.length, () => engine.query(query, signal));
  const shown = Math.min(answer.rows, MOST_ROWS);
  return {
    columns,
    values: answer.columns.map((column) =>
      column.slice(0, shown).map((value) => (value === null ? null : String(value))),
    ),
    rows: shown,
    more: answer.rows > MOST_ROWS,
    seconds: (performance.now() - began) / 1000,
  };
}
