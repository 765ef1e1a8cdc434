import { DIRT_KINDS, type Dirt, type DirtKind } from './dirt';
import type { SampleTable } from './table';

/** What the starter rule set makes of a table: read = filtered + rejected + merged + kept. */
export type Expected = { read: number; filtered: number; rejected: number; merged: number; kept: number };

/** How many cells of a column, or rows where `column` is null, show a kind of dirt. */
export type DirtCount = { table: string; column: string | null; kind: DirtKind; count: number };

/** One affected cell or row: a line of `truth.jsonl`. `row` counts from 1, without the header. */
export type TruthLine = { table: string; row: number; id: string; column: string | null; kind: DirtKind };

export type TableTruth = {
  name: string;
  file: string;
  rows: number;
  /** Different ids; fewer than rows, because some rows are there twice. */
  ids: number;
  columns: readonly string[];
  bytes: number;
  sha256: string;
  starter: Expected;
};

/** What is known about a generated sample: `truth.json`. */
export type Truth = {
  format: 'dataharmonize/sample-truth';
  version: 1;
  seed: number;
  kinds: Readonly<Record<DirtKind, string>>;
  tables: TableTruth[];
  dirt: DirtCount[];
};

/** Counts the dirt of one table and writes each find as a line. */
export function createTally({ name, columns }: SampleTable) {
  const counts = new Map<string, DirtCount>();
  const endings = new Map<string, string>();
  const columnOf = (column: number | null) => (column === null ? null : (columns[column] ?? null));
  return {
    /** Counts a find; answers its line: a TruthLine in JSON. Ids are plain letters and digits. */
    note(row: number, id: string, [at, kind]: Dirt): string {
      const column = columnOf(at);
      const key = `${at}:${kind}`;
      const counted = counts.get(key) ?? { table: name, column, kind, count: 0 };
      counted.count += 1;
      counts.set(key, counted);
      let ending = endings.get(key);
      if (ending === undefined) {
        ending = `,"column":${JSON.stringify(column)},"kind":"${kind}"}\n`;
        endings.set(key, ending);
      }
      return `{"table":"${name}","row":${row},"id":"${id}"${ending}`;
    },
    /** By column, then in the order of the catalogue. */
    dirt(): DirtCount[] {
      const kinds = Object.keys(DIRT_KINDS);
      const place = ({ column }: DirtCount) => (column === null ? columns.length : columns.indexOf(column));
      return [...counts.values()].sort(
        (a, b) => place(a) - place(b) || kinds.indexOf(a.kind) - kinds.indexOf(b.kind),
      );
    },
    starter(read: number): Expected {
      const of = (kind: DirtKind) => counts.get(`null:${kind}`)?.count ?? 0;
      const filtered = of('starter-filtered');
      const rejected = of('starter-rejected');
      const merged = of('starter-merged');
      return { read, filtered, rejected, merged, kept: read - filtered - rejected - merged };
    },
  };
}
