import { DEEPEST } from '../../reading/flatten';
import { Unreadable } from '../faults';
import { textOf } from '../text';
import type { Cursor } from './cursor';
import { scalarOf } from './scalar';
import type { AvroType } from './schema';

/** Reads a value as JSON text without white space. */
export type ReadJson = (cursor: Cursor, depth: number) => string;

const NO_NUMBERS = new Set(['NaN', 'Infinity', '-Infinity']);

const deeper = (depth: number): number => {
  if (depth >= DEEPEST) throw new Unreadable('depth');
  return depth + 1;
};

/** Elements of an array or a map, which come in blocks. */
function elements(cursor: Cursor, read: () => string): string {
  const all: string[] = [];
  for (let left = cursor.block(); left > 0; left = cursor.block()) {
    for (let i = 0; i < left; i++) all.push(read());
  }
  return all.join(',');
}

/**
 * A reader of values within arrays and maps, and of records within themselves. Numbers and decimals are JSON
 * numbers; what is none (NaN) and everything else is a JSON string of the text it would be in a cell.
 * @param known readers of records, by the record: one may hold itself
 */
export function jsonReader(type: AvroType, known = new Map<AvroType, ReadJson>()): ReadJson {
  switch (type.kind) {
    case 'array': {
      const item = jsonReader(type.items, known);
      return (cursor, depth) => {
        const below = deeper(depth);
        return `[${elements(cursor, () => item(cursor, below))}]`;
      };
    }
    case 'map': {
      const value = jsonReader(type.values, known);
      return (cursor, depth) => {
        const below = deeper(depth);
        const names = new Set<string>();
        const members = elements(cursor, () => {
          const name = textOf(cursor.take(cursor.size()));
          if (names.has(name)) throw new Unreadable('duplicate');
          names.add(name);
          return `${JSON.stringify(name)}:${value(cursor, below)}`;
        });
        return `{${members}}`;
      };
    }
    case 'union': {
      const branches = type.branches.map((branch) => jsonReader(branch, known));
      return (cursor, depth) => {
        const branch = branches[cursor.size()];
        if (!branch) throw new Unreadable('value');
        return branch(cursor, depth);
      };
    }
    case 'record': {
      const same = known.get(type);
      if (same) return same;
      const fields: { name: string; read: ReadJson }[] = [];
      const read: ReadJson = (cursor, depth) => {
        const below = deeper(depth);
        return `{${fields.map((field) => `${field.name}:${field.read(cursor, below)}`).join(',')}}`;
      };
      known.set(type, read);
      for (const { name, type: of } of type.fields)
        fields.push({ name: JSON.stringify(name), read: jsonReader(of, known) });
      return read;
    }
    default: {
      const { bare, read } = scalarOf(type);
      return (cursor) => {
        const text = read(cursor);
        if (text === null) return 'null';
        return bare && !NO_NUMBERS.has(text) ? text : JSON.stringify(text);
      };
    }
  }
}
