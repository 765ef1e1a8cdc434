import { duckdb as quote } from '../../shared/compile/sql/quote';
import type { Join, JoinSide } from '../../shared/document/join';
import { joinedColumns, joinedSql, type ViewSide } from '../../shared/joins/view';
import type { Engine } from '../../shared/ports/engine';
import { joinedName, type SourceTables } from './table-names';
import type { WorkspaceSource } from './workspace';

/** A table of the rows of two sources that belong together. */
export type WorkspaceJoin = {
  readonly join: Join;
  /** Name of the table: that of one source “with” the other. */
  readonly name: string;
  /** Empty until both sources are cleaned, and where a column of the key is gone. */
  readonly columns: readonly string[];
};

/** The joined tables of a project, by the names of its sources' tables. */
export function workspaceJoins(
  joins: readonly Join[],
  names: ReadonlyMap<string, SourceTables>,
): readonly WorkspaceJoin[] {
  const taken = new Set([...names.values()].flatMap((one) => Object.values(one)));
  return joins.flatMap((join) => {
    const [from, to] = [names.get(join.from.source), names.get(join.to.source)];
    if (!from || !to) return [];
    const name = joinedName(from, to, taken);
    taken.add(name);
    return [{ join, name, columns: [] }];
  });
}

function sideOf({ source, columns }: JoinSide, sources: readonly WorkspaceSource[]): ViewSide | null {
  const found = sources.find((one) => one.source.id === source);
  if (found?.status !== 'ready' || !columns.every((one) => found.columns.includes(one))) return null;
  return { table: found.tables.clean, columns: found.columns, keys: columns };
}

/** Makes the joined tables whose sources are cleaned, and answers them with their columns. */
export async function prepareJoined(
  engine: Engine,
  joins: readonly WorkspaceJoin[],
  sources: readonly WorkspaceSource[],
): Promise<readonly WorkspaceJoin[]> {
  const made: WorkspaceJoin[] = [];
  for (const one of joins) {
    const [from, to] = [sideOf(one.join.from, sources), sideOf(one.join.to, sources)];
    const view = quote.identifier(one.name);
    if (from && to) await engine.execute(`CREATE OR REPLACE VIEW ${view} AS ${joinedSql(from, to)}`);
    else await engine.execute(`DROP VIEW IF EXISTS ${view}`);
    const columns = from && to ? joinedColumns(from, to).map(([, , name]) => name) : [];
    made.push({ ...one, columns });
  }
  return made;
}
