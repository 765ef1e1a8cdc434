import { duckdb as quote } from '../compile/sql/quote';

/** One side of a joined view: a table with its columns, and those of the key. */
export type ViewSide = {
  readonly table: string;
  readonly columns: readonly string[];
  readonly keys: readonly string[];
};

/** Names of a joined view's columns: those of `from`, then the others, after their table where the name is taken. */
export function joinedColumns(
  from: ViewSide,
  to: ViewSide,
): readonly (readonly [side: 'from' | 'to', column: string, name: string])[] {
  const taken = new Set<string>();
  const free = (wanted: string): string => {
    let name = wanted;
    for (let n = 2; taken.has(name.toLowerCase()); n++) name = `${wanted}_${n}`;
    taken.add(name.toLowerCase());
    return name;
  };
  const own = from.columns.map((column) => ['from', column, free(column)] as const);
  const others = to.columns
    .filter((column) => !to.keys.includes(column))
    .map((column) => {
      const name = taken.has(column.toLowerCase()) ? `${to.table}_${column}` : column;
      return ['to', column, free(name)] as const;
    });
  return [...own, ...others];
}

/** Each row of `from` with the rows of `to` that share its key, or with none. Null and empty keys match nothing. */
export function joinedSql(from: ViewSide, to: ViewSide): string {
  const name = quote.identifier;
  const list = joinedColumns(from, to).map(
    ([side, column, title]) => `${side === 'from' ? 'a' : 'b'}.${name(column)} AS ${name(title)}`,
  );
  const same = from.keys.map((key, i) => {
    const [one, other] = [`a.${name(key)}`, `b.${name(to.keys[i] ?? '')}`];
    return `${one} = ${other} AND ${one} <> ''`;
  });
  return `SELECT ${list.join(', ')} FROM ${name(from.table)} a LEFT JOIN ${name(to.table)} b ON ${same.join(' AND ')}`;
}
