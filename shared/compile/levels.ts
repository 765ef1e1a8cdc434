import { columnsOf, type Expression } from '../expression/expression';
import type { Action, Assign, Join, Leave, Plan, Stop } from './plan';

/** Actions that answer for a row from that row alone, so that their order is only that of what they read. */
type Free = Assign | Leave | Stop | Join;
const FREE: Record<Action['kind'], boolean> = {
  assign: true,
  leave: true,
  stop: true,
  join: true,
  merge: false,
  size: false,
  tally: false,
  golden: false,
  lookup: false,
  explode: false,
};
const isFree = (action: Action): action is Free => FREE[action.kind];

function expressionsOf(action: Free): readonly Expression[] {
  if (action.kind === 'assign') return [action.value];
  return action.kind === 'join' ? action.inputs : [action.when];
}
const madeBy = (action: Free): readonly string[] => (action.kind === 'join' ? action.ids : [action.id]);

/**
 * The same actions in an order in which those that do not read each other stand together: engines nest a level for
 * each run of them, and take long over plans of many levels. None passes an action that looks at other rows or makes rows.
 * @param indexes of the plan's actions, ascending
 */
export function inFewLevels({ actions }: Plan, indexes: readonly number[]): readonly number[] {
  const ordered: number[] = [];
  let run: { index: number; level: number; joins: boolean }[] = [];
  const levels = new Map<string, number>();
  const end = () => {
    // Joins come after what else is on their level, as each is a level of its own.
    run.sort((a, b) => a.level - b.level || Number(a.joins) - Number(b.joins) || a.index - b.index);
    ordered.push(...run.map(({ index }) => index));
    run = [];
    levels.clear();
  };
  for (const index of indexes) {
    const action = actions[index];
    if (!action) throw new RangeError(`The plan has no action ${index}.`);
    if (!isFree(action)) {
      end();
      ordered.push(index);
      continue;
    }
    const reads = expressionsOf(action).flatMap((one) => [...columnsOf(one)]);
    const level = 1 + Math.max(0, ...reads.map((id) => levels.get(id) ?? 0));
    for (const id of madeBy(action)) levels.set(id, level);
    run.push({ index, level, joins: action.kind === 'join' });
  }
  end();
  return ordered;
}
