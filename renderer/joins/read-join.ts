import { readable } from '../../shared/compile/duckdb';
import { duckdb as quote } from '../../shared/compile/sql/quote';
import type { Join, JoinSide } from '../../shared/document/join';
import { countsOf, countsSql, type JoinCounts } from '../../shared/joins/check';
import { type Keyed, keyPlaces } from '../../shared/joins/keyed';
import { PROBLEMS, type Problem, problemsSql } from '../../shared/joins/problems';
import type { Engine } from '../../shared/ports/engine';
import type { CancelSignal } from '../../shared/ports/signal';
import type { WorkspaceSource } from '../analysis/workspace';

function sideOf(
  side: JoinSide,
  sources: readonly WorkspaceSource[],
): { source: WorkspaceSource; keyed: Keyed } {
  const source = sources.find((one) => one.source.id === side.source);
  if (!source) throw new RangeError('A joined source is not there.');
  const places = keyPlaces(side, source.columns, source.source.name);
  const keys = places.map((place) => `o${place}`);
  return { source, keyed: { relation: quote.identifier(source.tables.rows), keys } };
}

const sidesOf = (join: Join, sources: readonly WorkspaceSource[]) => ({
  from: sideOf(join.from, sources),
  to: sideOf(join.to, sources),
});

/** Counts along a join in cleaned samples; both sources must be ready. @throws Fault `join.column` */
export async function countJoin(
  engine: Engine,
  join: Join,
  sources: readonly WorkspaceSource[],
  signal: CancelSignal,
): Promise<JoinCounts> {
  const { from, to } = sidesOf(join, sources);
  return countsOf(await engine.query(countsSql(from.keyed, to.keyed), signal));
}

/** A row with a problem. */
export type ProblemRow = {
  /** Its number in the sample, from 1. */
  readonly row: number;
  readonly gone: string | null;
  readonly cells: readonly (string | null)[];
};
export type ProblemRows = {
  readonly source: string;
  /** Columns of the cells: the key first, then others. */
  readonly columns: readonly string[];
  readonly keys: number;
  readonly rows: readonly ProblemRow[];
};

const OTHERS = 5;

/** The first rows of a sample that have a problem along a join, with their key and some other columns. */
export async function readProblems(
  engine: Engine,
  join: Join,
  problem: Problem,
  sources: readonly WorkspaceSource[],
  { limit, signal }: { limit: number; signal: CancelSignal },
): Promise<ProblemRows> {
  const { from, to } = sidesOf(join, sources);
  const { source } = PROBLEMS[problem] === 'from' ? from : to;
  const keys = PROBLEMS[problem] === 'from' ? join.from.columns : join.to.columns;
  const others = source.columns.filter((one) => !keys.includes(one)).slice(0, OTHERS);
  const columns = [...keys, ...others];
  const cells = columns.map((one) => readable(`o${source.columns.indexOf(one)}`));
  const sql = problemsSql(problem, { from: from.keyed, to: to.keyed }, { row: 'r', cells, limit });
  const found = await engine.query(sql, signal);
  const [numbers = [], gone = [], ...values] = found.columns;
  const text = (value: unknown) => (value === null || value === undefined ? null : String(value));
  return {
    source: source.source.id,
    columns,
    keys: keys.length,
    rows: numbers.map((number, i) => ({
      row: Number(number),
      gone: text(gone[i]),
      cells: values.map((column) => text(column[i])),
    })),
  };
}
