import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isFault } from '../../../shared/contract/errors';
import { usualDialect } from '../../../shared/document/dialect';
import { applyEdit, type Edit } from '../../../shared/document/edit';
import { beginHistory, edit, type History, redo, undo } from '../../../shared/document/history';
import { emptyRuleSet, type RuleSet, type Step, stepSchema } from '../../../shared/document/rule-set';

const id = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f');
const step: fc.Arbitrary<Step> = fc
  .record({
    id,
    operation: fc.constantFrom('trim', 'email', 'no such operation'),
    columns: fc.array(fc.constantFrom('name', 'e-mail'), { maxLength: 2 }),
    parameters: fc.dictionary(fc.constantFrom('to', 'sides'), fc.jsonValue()),
    enabled: fc.boolean(),
    note: fc.string(),
  })
  .map((one) => stepSchema.parse(one));
const change = fc.record(
  {
    columns: fc.array(fc.constantFrom('name', 'e-mail'), { maxLength: 2 }),
    parameters: fc.dictionary(fc.constantFrom('to', 'sides'), fc.jsonValue()),
    enabled: fc.boolean(),
    note: fc.string(),
    examples: fc.array(fc.record({ input: fc.string(), output: fc.option(fc.string()) }), { maxLength: 2 }),
  },
  { requiredKeys: [] },
);
const source = fc.constantFrom(null, usualDialect('jsonl'), { ...usualDialect('csv'), delimiter: ';' });
const anyEdit: fc.Arbitrary<Edit> = fc.oneof(
  fc.record({ kind: fc.constant('insert-step' as const), index: fc.nat(7), step }),
  fc.record({ kind: fc.constant('remove-step' as const), id }),
  fc.record({ kind: fc.constant('move-step' as const), id, index: fc.nat(7) }),
  fc.record({ kind: fc.constant('change-step' as const), id, change }),
  fc.record({ kind: fc.constant('rename' as const), name: fc.string({ minLength: 1, maxLength: 20 }) }),
  fc.record({ kind: fc.constant('set-source' as const), source }),
  fc.record({
    kind: fc.constant('map-columns' as const),
    mapping: fc.dictionary(fc.constantFrom('name', 'e-mail'), fc.constantFrom('mail', 'full name')),
    changes: fc.array(fc.record({ id, change }), { maxLength: 3 }),
    columns: fc.array(
      fc.record({ name: fc.constantFrom('mail', 'name'), type: fc.constant('text' as const) }),
    ),
  }),
);

function freeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const one of Object.values(value)) freeze(one);
  }
  return value;
}

/** Applies those edits that fit; the others must say so and change nothing. */
function carryOut(edits: readonly Edit[]): { history: History; states: RuleSet[] } {
  let history = beginHistory(freeze(emptyRuleSet('rules')));
  const states = [history.ruleSet];
  for (const one of edits) {
    try {
      history = edit(history, freeze(one));
    } catch (error) {
      if (!isFault(error, 'edit.no-step', 'edit.conflict')) throw error;
      continue;
    }
    freeze(history);
    states.push(history.ruleSet);
  }
  return { history, states };
}

const edits = fc.array(anyEdit, { maxLength: 30 });

test('the inverse of an edit takes it back, and its inverse makes it again', () => {
  fc.assert(
    fc.property(edits, anyEdit, (before, one) => {
      const { ruleSet } = carryOut(before).history;
      try {
        const made = applyEdit(ruleSet, freeze(one));
        const back = applyEdit(made.ruleSet, made.inverse);
        expect(back.ruleSet).toEqual(ruleSet);
        expect(applyEdit(back.ruleSet, back.inverse).ruleSet).toEqual(made.ruleSet);
      } catch (error) {
        expect(isFault(error, 'edit.no-step', 'edit.conflict')).toBe(true);
      }
    }),
  );
});

test('undo goes through every state back to the first, and redo to the last', () => {
  fc.assert(
    fc.property(edits, (list) => {
      const { history, states } = carryOut(list);
      let now = history;
      for (const state of states.toReversed()) {
        expect(now.ruleSet).toEqual(state);
        const undone = undo(now);
        if (undone) now = undone.history;
        else expect(state).toBe(states[0]);
      }
      for (const state of states) {
        expect(now.ruleSet).toEqual(state);
        const redone = redo(now);
        if (redone) now = redone.history;
      }
      expect(redo(now)).toBeNull();
    }),
  );
});

test('what undo and redo say they applied leads a copy through the same states', () => {
  fc.assert(
    fc.property(edits, fc.array(fc.boolean(), { maxLength: 40 }), (list, moves) => {
      let { history } = carryOut(list);
      let copy = history.ruleSet;
      for (const back of moves) {
        const moved = back ? undo(history) : redo(history);
        if (!moved) continue;
        history = moved.history;
        copy = applyEdit(copy, moved.applied).ruleSet;
        expect(copy).toEqual(history.ruleSet);
      }
    }),
  );
});

test('a new edit forgets what had been undone', () => {
  const first = edit(beginHistory(emptyRuleSet('a')), { kind: 'rename', name: 'b' });
  const undone = undo(first)?.history ?? first;
  expect(edit(undone, { kind: 'rename', name: 'c' }).future).toEqual([]);
});
