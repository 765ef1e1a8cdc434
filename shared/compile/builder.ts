import { Fault } from '../contract/errors';
import { type ColumnReference, type Expression, column as reference } from '../expression/expression';
import { call } from '../expression/primitives';
import {
  type LookupId,
  type LookupInputs,
  type LookupOptions,
  type LookupOutput,
  lookupOf,
} from '../lookup/registry';
import {
  type Action,
  type Fate,
  isExit,
  MOST_EXPLODES,
  type Order,
  ordinalsIn,
  type PlanTable,
} from './plan';

/** What can be asked of the groups of a merge, all of whose rows but one have left. */
export type MergedGroups = {
  /** How many rows of a row's group hold the same value. */
  tally(value: Expression): ColumnReference;
  /** For the row that stays: the first value of its group, in order, that is neither null nor empty; else null. */
  golden(value: Expression, order: readonly Order[]): ColumnReference;
};

/** What an operation's rewrite may do to the plan. */
export type PlanBuilder = {
  /** Names of the columns at this step, in order. */
  readonly columns: readonly string[];
  /** The newest version of a column; throws a Fault where there is no such column. */
  value(name: string): ColumnReference;
  /** Whether a row has not left before; null where no row can have. */
  isKept(): Expression | null;
  /** Names a value that is used more than once; it is never shown. */
  bind(value: Expression): ColumnReference;
  /** A new version of a column, or a new column at the end. */
  assign(name: string, value: Expression): void;
  /** A new column at the end; throws a Fault where there is one of that name. */
  add(name: string, value: Expression): void;
  /** Gives a column another name in its place; throws a Fault where another column has it. */
  rename(name: string, to: string): void;
  /** These columns stay, in this order; throws a Fault where there are none. */
  arrange(names: readonly string[]): void;
  leave(exit: {
    fate: Exclude<Fate, 'merged'>;
    column: string | null;
    reason: string;
    when: Expression;
  }): void;
  merge(group: {
    column: string | null;
    reason: string;
    keys: readonly Expression[];
    order: readonly Order[];
  }): MergedGroups;
  /** Answers of a lookup; all are null where its first input is null. */
  lookup<Id extends LookupId>(
    id: Id,
    inputs: LookupInputs<Id>,
    options: LookupOptions<Id>,
  ): Readonly<Record<LookupOutput<Id>, ColumnReference>>;
  /** How many kept rows have the same keys; 1 where a key is missing. */
  groupSize(keys: readonly Expression[]): ColumnReference;
  /** Whether a table that the plan carries has an entry with these keys, and the entry's values, null without one. */
  join(
    keys: readonly Expression[],
    table: PlanTable,
  ): { found: ColumnReference; values: readonly ColumnReference[] };
  stop(limit: { column: string | null; when: Expression; most: number }): void;
  /**
   * Kept rows become a row for each part of a value between separators, of which none may have more than MOST_PARTS;
   * the answer is the part. Throws a Fault where rows are split too often.
   */
  explode(value: ColumnReference, separator: string): ColumnReference;
};

export type PlanState = {
  versions: Map<string, string>;
  actions: Action[];
  nextVersion: number;
  nextExit: number;
};

/** The state before the first step: version `c<i>` for the i-th input column. */
export function beginPlan(input: readonly string[]): PlanState {
  return {
    versions: new Map(input.map((name, i) => [name, `c${i}`])),
    actions: [],
    nextVersion: input.length,
    nextExit: 0,
  };
}

/** The builder of one step; `where` names the step in errors (`step 2 (trim)`). */
export function planBuilder(state: PlanState, step: number, where: string): PlanBuilder {
  const newVersion = () => `c${state.nextVersion++}`;
  const newExit = () => `l${state.nextExit++}`;
  const refuseTaken = (name: string) => {
    if (!state.versions.has(name)) return;
    throw new Fault({
      code: 'plan.column-taken',
      message: `${where}: there is already a column “${name}” here.`,
      place: { column: name },
      unaffected: 'Nothing was written.',
      advice: 'Choose a name that no column has, or rename or drop that column first.',
    });
  };
  const builder: PlanBuilder = {
    get columns() {
      return [...state.versions.keys()];
    },
    value(name) {
      const id = state.versions.get(name);
      if (id !== undefined) return reference(id);
      throw new Fault({
        code: 'plan.no-column',
        message: `${where}: there is no column “${name}” here; the columns are ${[...state.versions.keys()].map((one) => `“${one}”`).join(', ')}.`,
        place: { column: name },
        unaffected: 'Nothing was written.',
        advice: 'Point the step at a column that exists, or switch the step off.',
      });
    },
    isKept() {
      const marks = state.actions.filter(isExit).map(({ id }) => reference(id, 'boolean'));
      return marks.length === 0 ? null : call('not', [call('or', marks)]);
    },
    bind(value) {
      const id = newVersion();
      state.actions.push({ kind: 'assign', step, id, column: null, from: null, value });
      return reference(id, value.type);
    },
    assign(name, value) {
      if (value.type !== 'text') throw new TypeError(`Columns hold text; “${name}” was given ${value.type}.`);
      const id = newVersion();
      state.actions.push({
        kind: 'assign',
        step,
        id,
        column: name,
        from: state.versions.get(name) ?? null,
        value,
      });
      state.versions.set(name, id);
    },
    add(name, value) {
      refuseTaken(name);
      builder.assign(name, value);
    },
    rename(name, to) {
      if (name === to) return;
      refuseTaken(to);
      builder.value(name);
      state.versions = new Map([...state.versions].map(([one, id]) => [one === name ? to : one, id]));
    },
    arrange(names) {
      if (names.length === 0) {
        throw new Fault({
          code: 'plan.no-columns',
          message: `${where}: no column would be left.`,
          unaffected: 'Nothing was written.',
          advice: 'Keep at least one column.',
        });
      }
      state.versions = new Map(names.map((name) => [name, builder.value(name).id]));
    },
    leave(exit) {
      state.actions.push({ kind: 'leave', step, id: newExit(), ...exit });
    },
    merge(group) {
      const merge = newExit();
      state.actions.push({ kind: 'merge', step, id: merge, ...group });
      return {
        tally(value) {
          const id = newVersion();
          state.actions.push({ kind: 'tally', step, id, merge, value });
          return reference(id, 'integer');
        },
        golden(value, order) {
          const id = newVersion();
          state.actions.push({ kind: 'golden', step, id, merge, value, order });
          return reference(id);
        },
      };
    },
    lookup(id, inputs, options) {
      const { inputs: taken, outputs } = lookupOf(id);
      const given: Readonly<Record<string, Expression>> = inputs;
      const asked = taken.map((name) => {
        const input = given[name];
        if (input?.type !== 'text') throw new TypeError(`The input ${name} of the lookup ${id} is no text.`);
        return input;
      });
      const ids = outputs.map(newVersion);
      state.actions.push({ kind: 'lookup', step, lookup: id, inputs: asked, options, ids });
      const answers = outputs.map((name, i) => [name, reference(ids[i] as string)] as const);
      return Object.fromEntries(answers) as never;
    },
    groupSize(keys) {
      const id = newVersion();
      state.actions.push({ kind: 'size', step, id, keys });
      return reference(id, 'integer');
    },
    join(keys, table) {
      const [first] = table.rows;
      if (!first || keys.length !== table.keys)
        throw new TypeError('A join needs entries and all of their keys.');
      const found = newVersion();
      const values = first.slice(table.keys).map(newVersion);
      state.actions.push({ kind: 'join', step, inputs: keys, table, ids: [found, ...values] });
      return { found: reference(found, 'boolean'), values: values.map((id) => reference(id)) };
    },
    stop(limit) {
      state.actions.push({ kind: 'stop', step, id: newExit(), ...limit });
    },
    explode(value, separator) {
      if (ordinalsIn(state.actions).length === MOST_EXPLODES) {
        throw new Fault({
          code: 'plan.explodes',
          message: `${where}: rows are split ${MOST_EXPLODES} times before; they can’t be split once more.`,
          unaffected: 'Nothing was written.',
          advice: 'Split what these steps write with another rule set.',
        });
      }
      const [id, part] = [newVersion(), newVersion()];
      state.actions.push({ kind: 'explode', step, id, part, value, separator });
      return reference(part);
    },
  };
  return builder;
}
