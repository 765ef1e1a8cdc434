import { expect, test } from 'vitest';
import { compilePlan } from '../../../shared/compile/compile';
import { compileSpark } from '../../../shared/compile/spark';
import { compileStream, streamObstacles } from '../../../shared/compile/stream';
import type { Step } from '../../../shared/document/rule-set';
import { messagesDialectSchema } from '../../../shared/messages/dialect';
import { COLUMNS, plan, ruleSet, rulesOf, step, streamPlan } from './rules';

const obstacles = (steps: Step[], more: object = {}) => {
  const rules = { ...rulesOf(...steps), ...more };
  return streamObstacles(compilePlan(rules, COLUMNS), rules);
};

test('a stream runs the stages, measures and outputs of the batch job', () => {
  const batch = compileSpark(plan, { format: 'parquet' });
  const { source, place, unreadable, ...same } = streamPlan;
  const { source: _, place: __, unreadable: ___, ...expected } = batch;
  expect(same).toEqual(expected);
  expect(source).toMatchObject({ format: 'messages', value: 'json' });
  expect(place).toEqual(['_topic', '_partition', '_offset', '_value']);
  expect(unreadable).toMatchObject({ utf8: 'not valid UTF-8', 'key/utf8': 'key: not valid UTF-8' });
});

test('names of the place are free names', () => {
  const columns = ['_Offset', 'name', 'e-mail'];
  const dialect = messagesDialectSchema.parse({ format: 'messages' });
  const { place } = compileStream(compilePlan(ruleSet, columns), ruleSet, dialect);
  expect(place).toEqual(['_topic', '_partition', '__offset', '_value']);
});

test('steps by cell and row run in a stream, a row that becomes several too', () => {
  expect(obstacles([...ruleSet.steps])).toEqual([]);
  expect(obstacles([step('explode', ['name'], { separator: ';' })])).toEqual([]);
  expect(obstacles([step('explode', ['name'], { at: 'array' })])).toEqual([]);
});

test('what needs more than a row is refused with its reason, before anything is published', () => {
  expect(obstacles([step('trim', ['name']), step('deduplicate', [], { keys: ['name'] })])).toEqual([
    expect.stringMatching(/^Step 2 \(deduplicate\) does not run in a stream\. Refused as yet: .*\.$/),
  ]);
  expect(obstacles([step('check', ['name'], { kind: 'unique', onFail: 'reject' })])).toEqual([
    'Step 1 (check) does not run in a stream: it compares rows with one another, and later ones may always follow.',
  ]);
  expect(obstacles([step('check', ['name'], { kind: 'not-empty', onFail: 'stop', maxShare: 0.01 })])).toEqual(
    [
      'Step 1 (check) does not run in a stream: it stops the run where more than 1 % of all rows fail, and a stream has no last row.',
    ],
  );
  expect(obstacles([], { expectations: [{ measure: 'kept', atLeast: 0.9 }] })).toEqual([
    expect.stringContaining('a stream never has all'),
  ]);
});
