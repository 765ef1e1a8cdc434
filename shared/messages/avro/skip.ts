import { Unreadable } from '../faults';
import type { Cursor } from './cursor';
import type { AvroType } from './schema';

/** Values of one type that are still to be passed over. Those of arrays and maps come in blocks. */
type Pending = { readonly type: AvroType; readonly keyed: boolean; readonly blocks: boolean; left: number };

/**
 * Passes over a value, whatever it says, so that what follows it can be read; how deep it nests does not matter.
 * Throws Unreadable where its end cannot be told.
 */
export function skipAvro(cursor: Cursor, type: AvroType): void {
  const pending: Pending[] = [{ type, keyed: false, blocks: false, left: 1 }];
  for (let one = pending.at(-1); one; one = pending.at(-1)) {
    if (one.left === 0 && one.blocks) one.left = cursor.block();
    if (one.left === 0) {
      pending.pop();
      continue;
    }
    one.left--;
    if (one.keyed) cursor.take(cursor.size());
    pass(cursor, one.type, pending);
  }
}

function pass(cursor: Cursor, type: AvroType, pending: Pending[]): void {
  const add = (of: AvroType) => pending.push({ type: of, keyed: false, blocks: false, left: 1 });
  switch (type.kind) {
    case 'null':
      return;
    case 'boolean':
      cursor.byte();
      return;
    case 'int':
    case 'long':
    case 'enum':
      cursor.long();
      return;
    case 'float':
      cursor.take(4);
      return;
    case 'double':
      cursor.take(8);
      return;
    case 'bytes':
    case 'string':
      cursor.take(cursor.size());
      return;
    case 'fixed':
      cursor.take(type.size);
      return;
    case 'array':
      pending.push({ type: type.items, keyed: false, blocks: true, left: 0 });
      return;
    case 'map':
      pending.push({ type: type.values, keyed: true, blocks: true, left: 0 });
      return;
    case 'union': {
      const branch = type.branches[cursor.size()];
      if (!branch) throw new Unreadable('value');
      add(branch);
      return;
    }
    case 'record':
      // The last one added is passed first.
      for (const field of [...type.fields].reverse()) add(field.type);
  }
}
