import { readable } from '../../../shared/compile/duckdb';
import { canonicalJson } from '../../../shared/compile/hash';
import { duckdb as quote } from '../../../shared/compile/sql/quote';
import { isWhole } from '../../../shared/lookup/registry';
import type { Engine } from '../../../shared/ports/engine';
import type { Lookups } from '../../engine/lookups';
import type { EnsureAnswers } from './parts';

/** Up to so many answers are written as a statement; more go as Arrow. */
const FEW = 500;

const asText = (value: unknown): string | null => (value === null ? null : String(value));

/** Keeps answered lookups in tables of the engine, one for each lookup's options, so that only new inputs are asked. */
export function createAnswers(lookups: Lookups): EnsureAnswers {
  const tables = new Map<string, string>();
  let made = 0;
  // Two writers at once could put the same input in twice.
  let writing: Promise<unknown> = Promise.resolve();
  const inTurn = (task: () => Promise<void>): Promise<void> => {
    const turn = writing.then(task);
    writing = turn.catch(() => {});
    return turn;
  };

  return async (lookup, inputs, { engine, urgent, signal }) => {
    const options = canonicalJson([lookup.lookup, lookup.options]);
    // Answers that depend on all rows are good for these rows only.
    const whole = isWhole(lookup.lookup);
    const old = whole ? tables.get(options) : undefined;
    const known = whole ? undefined : tables.get(options);
    const table = known ?? `answers_${++made}`;
    if (old !== undefined)
      await inTurn(() => engine.execute(`DROP TABLE IF EXISTS ${quote.identifier(old)}`));
    const questions = lookup.inputs.map((_, i) => `i${i}`);
    const columns = [...questions, ...lookup.ids.map((_, i) => `a${i}`)];
    if (known === undefined) {
      tables.set(options, table);
      const types = columns.map((column) => `${column} VARCHAR`).join(', ');
      await inTurn(() => engine.execute(`CREATE TABLE IF NOT EXISTS ${quote.identifier(table)} (${types})`));
    }
    await writing;
    // The first input is never null: an equality lets the engine build on the few that are asked for.
    const same = questions.map((one, i) => `n.${one} ${i === 0 ? '=' : 'IS NOT DISTINCT FROM'} a.${one}`);
    const asked = await engine.query(
      `SELECT ${questions.map((one) => `${readable(`n.${one}`)} AS ${one}`).join(', ')} FROM (${inputs}) n
        ANTI JOIN ${quote.identifier(table)} a ON ${same.join(' AND ')} WHERE n.i0 IS NOT NULL`,
      signal,
    );
    if (asked.rows === 0) return table;
    const texts = asked.columns.map((column) => column.map(asText));
    const answered = await (urgent ? lookups.answerUrgently : lookups.answer)(lookup, texts, signal);
    await inTurn(() => insert(engine, table, columns, questions, [...texts, ...answered]));
    return table;
  };
}

async function insert(
  engine: Engine,
  table: string,
  columns: readonly string[],
  questions: readonly string[],
  values: readonly (readonly (string | null)[])[],
): Promise<void> {
  const rows = values[0]?.length ?? 0;
  const same = questions.map((one) => `n.${one} IS NOT DISTINCT FROM t.${one}`).join(' AND ');
  const fresh = (source: string) =>
    `INSERT INTO ${quote.identifier(table)} SELECT * FROM ${source} WHERE NOT EXISTS (SELECT 1 FROM ${quote.identifier(table)} t WHERE ${same})`;
  if (rows <= FEW) {
    const lines = Array.from({ length: rows }, (_, row) => {
      return `(${values.map((column) => quote.text(column[row] ?? null)).join(', ')})`;
    });
    await engine.execute(fresh(`(VALUES ${lines.join(', ')}) n(${columns.join(', ')})`));
    return;
  }
  const loaded = `${table}_new`;
  await engine.load(loaded, columns, values);
  await engine.execute(fresh(`${quote.identifier(loaded)} n`));
  await engine.execute(`DROP TABLE ${quote.identifier(loaded)}`);
}
