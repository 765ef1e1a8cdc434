import { madeBy } from '../../../shared/compile/duckdb';
import { type Action, isExit, type Order, type Plan, seesAll } from '../../../shared/compile/plan';
import type { Expression } from '../../../shared/expression/expression';

/** Keys of a plan's columns, by their ids: two columns with the same key hold the same cells. */
export type ColumnKeys = ReadonlyMap<string, string>;

/** Gives short names to texts, always the same one to the same text. */
export type Interner = (text: string) => string;

/** An interner that names `v1`, `v2` … */
export function createInterner(): Interner {
  const names = new Map<string, string>();
  return (text) => {
    const known = names.get(text);
    if (known !== undefined) return known;
    const name = `v${names.size + 1}`;
    names.set(text, name);
    return name;
  };
}

/** Keys of all columns of a plan over one source, by content: what an action computes and from what. */
export function columnKeys(plan: Plan, intern: Interner): ColumnKeys {
  const keys = new Map<string, string>(plan.input.map((_, i) => [`c${i}`, `c${i}`]));
  const keyOf = (id: string) => {
    const key = keys.get(id);
    if (key === undefined) throw new RangeError(`The plan reads ${id} before it is made.`);
    return key;
  };
  const written = (node: Expression): string => {
    if (node.kind === 'column') return keyOf(node.id);
    if (node.kind === 'literal') return JSON.stringify([node.type, node.value]);
    return `${node.primitive}(${node.operands.map(written).join(',')})${JSON.stringify(node.constants)}`;
  };
  /** Marks and ordinals so far: they tell which rows there are. */
  const rows: string[] = [];
  const ordered = (order: readonly Order[]) =>
    order.map((one) => `${written(one.by)} ${one.direction} ${one.nulls}`).join(',');
  const content = (action: Action): string => {
    switch (action.kind) {
      case 'assign':
        return written(action.value);
      case 'leave':
      case 'stop':
        return written(action.when);
      case 'lookup':
        return `${action.lookup}(${action.inputs.map(written).join(',')})${JSON.stringify(action.options)}${seesAll(action) ? rows.join(',') : ''}`;
      case 'join':
        return `join(${action.inputs.map(written).join(',')})${JSON.stringify(action.table)}`;
      case 'merge':
        return `merge(${action.keys.map(written).join(',')};${ordered(action.order)};${rows.join(',')})`;
      case 'size':
        return `size(${action.keys.map(written).join(',')};${rows.join(',')})`;
      case 'explode':
        return `explode(${written(action.value)};${JSON.stringify(action.separator)};${rows.join(',')})`;
      // A merge's key tells its groups.
      case 'tally':
        return `tally(${keyOf(action.merge)};${written(action.value)})`;
      case 'golden':
        return `golden(${keyOf(action.merge)};${written(action.value)};${ordered(action.order)})`;
    }
  };
  for (const action of plan.actions) {
    const text = content(action);
    for (const [i, id] of madeBy(action).entries()) keys.set(id, intern(`${i} ${text}`));
    if (isExit(action) || action.kind === 'explode') rows.push(keyOf(action.id));
  }
  return keys;
}

/** The key of a column that the plan makes or reads. */
export function keyIn(keys: ColumnKeys, id: string): string {
  const key = keys.get(id);
  if (key === undefined) throw new RangeError(`The plan has no column ${id}.`);
  return key;
}
