import { readable } from '../../shared/compile/duckdb';
import { render } from '../../shared/compile/render';
import { duckdb as quote } from '../../shared/compile/sql/quote';
import type { ShapeCover } from '../../shared/contract/calls/source';
import { column } from '../../shared/expression/expression';
import { call } from '../../shared/expression/primitives';
import { encodeSample } from '../../shared/sampling/arrow';
import { MOST_EXAMPLES, MOST_SHAPES } from '../../shared/sampling/cover';
import type { NativeEngine } from '../engine/native';
import type { DrawnTable } from './drawn-table';
import { type OpenPiece, withColumns } from './scan';

/** Columns whose shapes are counted in one pass. */
const AT_ONCE = 24;

const shapeSql = render(call('valueShape', [column('value')]), 'duckdb');
/** Rows from whose beginning it is told whether the values of a column are few. */
const JUDGED = 50_000;

/** Which columns hold few different values: the shape of each is found once then, which takes far less time. */
async function fewValues(
  engine: NativeEngine,
  { columns, relation }: OpenPiece,
  signal: AbortSignal | undefined,
): Promise<ReadonlySet<number>> {
  const counts = columns.map((_, i) => `approx_count_distinct(c${i})`).join(', ');
  const found = await engine.query(
    `SELECT count(*), ${counts} FROM (SELECT * FROM ${relation} LIMIT ${JUDGED})`,
    signal,
  );
  const [rows = 0, ...different] = found.columns.map(([count]) => Number(count));
  return new Set(different.flatMap((count, i) => (count < rows / 2 ? [i] : [])));
}

/**
 * Counts the shapes of some columns of a piece: each with the number of the first row that has it. What is counted is
 * told from a missing cell: `=` and the shape, or nothing.
 */
function countSql(
  { columns, relation, before }: OpenPiece,
  few: ReadonlySet<number>,
  [from, to]: readonly [number, number],
): string {
  const places = columns.slice(from, to).map((_, i) => from + i);
  const marked = (at: number) => {
    const counted = few.has(at) ? `c${at}` : render(call('valueShape', [column(`c${at}`)]), 'duckdb');
    return `coalesce('=' || ${counted}, '') AS s${at}`;
  };
  const which = places.map((at) => `WHEN s${at} IS NOT NULL THEN ${quote.integer(at)}`).join(' ');
  const names = places.map((at) => quote.text(columns[at] ?? '')).join(', ');
  const values = places.filter((at) => few.has(at));
  const shape =
    values.length === 0
      ? 'marked'
      : `CASE WHEN marked <> '' AND place IN (${values.join(', ')}) THEN '=' || ${shapeSql} ELSE marked END`;
  return `INSERT INTO found
SELECT list_extract([${names}], place - ${quote.integer(from)} + 1), ${shape}, counted, lowest + ${quote.integer(before)}
FROM (SELECT *, substring(marked, 2) AS value FROM (
  SELECT CASE ${which} END AS place, coalesce(${places.map((at) => `s${at}`).join(', ')}) AS marked,
    count(*) AS counted, min(n) AS lowest
  FROM (SELECT n, ${places.map(marked).join(', ')} FROM (SELECT row_number() OVER () AS n, * FROM ${relation}))
  GROUP BY GROUPING SETS (${places.map((at) => `(s${at})`).join(', ')})
))`;
}

const MERGE = `CREATE OR REPLACE TEMP TABLE shapes AS
SELECT name, shape, CAST(sum(rows) AS BIGINT) AS rows, min(first) AS first
FROM (SELECT * FROM shapes UNION ALL SELECT * FROM found) GROUP BY name, shape`;

/** First rows of shapes that no earlier piece had, of columns that do not have too many. */
const NEW_ROWS = `SELECT DISTINCT first FROM shapes
WHERE first > $before AND shape <> '' AND name IN (
  SELECT name FROM shapes GROUP BY name HAVING count(*) <= ${MOST_SHAPES}
) ORDER BY first LIMIT ${MOST_EXAMPLES}`;

async function countPiece(
  engine: NativeEngine,
  table: DrawnTable,
  piece: OpenPiece,
  signal: AbortSignal | undefined,
): Promise<void> {
  const few = await fewValues(engine, piece, signal);
  await engine.execute('CREATE OR REPLACE TEMP TABLE found AS SELECT * FROM shapes LIMIT 0');
  for (let from = 0; from < piece.columns.length; from += AT_ONCE)
    await engine.execute(
      countSql(piece, few, [from, Math.min(piece.columns.length, from + AT_ONCE)]),
      signal,
    );
  await engine.execute(MERGE, signal);
  const room = MOST_EXAMPLES - (await table.count());
  if (room <= 0) return;
  const { columns } = await engine.query(NEW_ROWS.replace('$before', quote.integer(piece.before)), signal);
  const firsts = (columns[0] ?? []).slice(0, room).map((first) => String(Number(first) - piece.before));
  if (firsts.length === 0) return;
  await engine.load('chosen', ['n'], [firsts]);
  await table.add(piece, { where: 'n IN (SELECT CAST(n AS BIGINT) FROM chosen)' }, signal);
}

/** The shapes of one column: the most frequent first; those alike in number by code point. */
async function shapesOf(engine: NativeEngine, name: string) {
  const found = await engine.query(
    `SELECT ${readable('substring(shape, 2)')}, shape = '', rows, first FROM shapes WHERE name = ${quote.text(name)}
ORDER BY rows DESC, shape LIMIT ${MOST_SHAPES + 1}`,
  );
  const [shapes = [], missing = [], rows = [], firsts = []] = found.columns;
  const listed = shapes.map((shape, i) => ({
    shape: missing[i] === true ? null : String(shape),
    rows: Number(rows[i]),
    first: Number(firsts[i]),
  }));
  const counted = await engine.query(
    `SELECT count(*) FILTER (shape <> '') FROM shapes WHERE name = ${quote.text(name)}`,
  );
  return { listed, different: Number(counted.columns[0]?.[0] ?? 0) };
}

/** Counts the shapes of pieces one after another. */
export type ShapeCount = {
  add(piece: OpenPiece, signal?: AbortSignal): Promise<void>;
  /** The shapes of each column, and a row for each shape as an Arrow stream; columns in the order of `names`. */
  read(names?: readonly string[], signal?: AbortSignal): Promise<Pick<ShapeCover, 'columns' | 'examples'>>;
};

/**
 * Begins to count shapes.
 * @param table gets the rows that are examples
 */
export async function countShapes(engine: NativeEngine, table: DrawnTable): Promise<ShapeCount> {
  await engine.execute('CREATE TEMP TABLE shapes (name VARCHAR, shape VARCHAR, rows BIGINT, first BIGINT)');
  const seen: string[] = [];
  return {
    async add(piece, signal) {
      // Records that state their columns: what a piece lacks is missing in its rows, what it has first, in earlier ones.
      const first = piece.columns.filter((name) => !seen.includes(name));
      const lacking = seen.filter((name) => !piece.columns.includes(name));
      seen.push(...first);
      if (piece.passed > 0)
        for (const name of first)
          await engine.execute(
            `INSERT INTO shapes VALUES (${quote.text(name)}, '', ${quote.integer(piece.passed)}, 1)`,
          );
      await countPiece(engine, table, withColumns(piece, lacking), signal);
    },
    async read(names = seen, signal) {
      const { cells, numbers } = await table.read(signal);
      const placeOf = new Map(numbers.map((number, i) => [number, i]));
      const columns: ShapeCover['columns'] = [];
      for (const name of names) {
        const { listed, different } = await shapesOf(engine, name);
        columns.push({
          name,
          different,
          shapes: listed.slice(0, MOST_SHAPES).map(({ shape, rows, first }) => ({
            ...{ shape, rows, first },
            example: shape === null ? null : (placeOf.get(first) ?? null),
          })),
        });
      }
      const none = numbers.map(() => null);
      const ordered = names.map((name) => cells[table.columns.indexOf(name)] ?? none);
      return { columns, examples: encodeSample(ordered) };
    },
  };
}
