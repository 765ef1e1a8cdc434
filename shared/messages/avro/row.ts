import { Unreadable } from '../faults';
import { Cursor } from './cursor';
import { jsonReader } from './json';
import { scalarOf } from './scalar';
import type { AvroType } from './schema';

type Cells = (string | null)[];
type Fill = (cursor: Cursor, cells: Cells) => void;

/** Records in records may multiply: a schema with more columns is not read. */
const MOST_COLUMNS = 10_000;

/** Reads values of one schema as rows. Every row has the same columns; `cells` belong to them. */
export type AvroRows = {
  readonly columns: readonly string[];
  /** The value that begins at `start`; `end` is the offset after it. Throws Unreadable. */
  read(bytes: Uint8Array, start: number): { cells: Cells; end: number };
};

class Layout {
  readonly columns: string[] = [];

  private slot(path: string): number {
    const at = this.columns.indexOf(path);
    if (at >= 0) return at;
    if (this.columns.length === MOST_COLUMNS) throw new Unreadable('schema');
    return this.columns.push(path) - 1;
  }

  /** @param within records that the value stands in: one that holds itself is kept as JSON from there on */
  fill(type: AvroType, path: string, within: readonly AvroType[]): Fill {
    if (type.kind === 'record' && !within.includes(type)) {
      const inside = [...within, type];
      const prefix = path === '' ? '' : `${path}.`;
      const fields = type.fields.map((field) => this.fill(field.type, prefix + field.name, inside));
      return (cursor, cells) => {
        for (const field of fields) field(cursor, cells);
      };
    }
    if (type.kind === 'union') {
      const branches = type.branches.map((branch) =>
        branch.kind === 'null' ? () => {} : this.fill(branch, path, within),
      );
      if (type.branches.every((branch) => branch.kind === 'null')) this.slot(path || 'value');
      return (cursor, cells) => {
        const branch = branches[cursor.size()];
        if (!branch) throw new Unreadable('value');
        branch(cursor, cells);
      };
    }
    const at = this.slot(path || 'value');
    if (type.kind === 'array' || type.kind === 'map' || type.kind === 'record') {
      const read = jsonReader(type);
      return (cursor, cells) => {
        cells[at] = read(cursor, 1);
      };
    }
    const { read } = scalarOf(type);
    return (cursor, cells) => {
      cells[at] = read(cursor);
    };
  }
}

/**
 * A reader of a schema's values as rows.
 * @param path what the columns of a record begin with, and the column of any other value; `value` unless told
 */
export function avroRows(type: AvroType, path = ''): AvroRows {
  const layout = new Layout();
  const fill = layout.fill(type, path, []);
  const { columns } = layout;
  return {
    columns,
    read(bytes, start) {
      const cursor = new Cursor(bytes, start);
      const cells: Cells = new Array(columns.length).fill(null);
      fill(cursor, cells);
      return { cells, end: cursor.at };
    },
  };
}
