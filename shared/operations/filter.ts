import { z } from 'zod';
import { call } from '../expression/primitives';
import { conditionsOf, whereHolds, whereSchema, whereWords } from './conditions';
import { operation } from './operation';

const left = { left: 'filtered' } as const;

export const filter = operation({
  id: 'filter',
  version: 1,
  title: 'Filter rows',
  also: 'where select rows remove delete',
  family: 'Rows',
  summary: 'Keeps, or drops, the rows that meet conditions.',
  documentation:
    'Rows that leave are counted and kept aside with their original values; nothing is lost. Empty means null, ' +
    'empty text or nothing but white space. A null cell equals, contains and matches nothing, so it meets “is not” ' +
    'and “does not contain”. Patterns are found anywhere in the cell unless they use ^ and $.',
  scope: 'row',
  stream: 'Works on each record by itself.',
  targets: { least: 0, most: 0 },
  parameters: z.strictObject({ where: whereSchema, action: z.enum(['keep', 'drop']).default('keep') }),
  form: [
    {
      name: 'action',
      label: 'Rows that meet the conditions',
      control: 'choice',
      choices: [
        { value: 'keep', label: 'Keep them, drop the others' },
        { value: 'drop', label: 'Drop them' },
      ],
    },
    { name: 'where', label: 'Conditions', control: 'conditions' },
  ],
  examples: [
    {
      title: 'Drop test accounts',
      columns: [],
      parameters: {
        where: {
          any: [
            { column: 'e-mail', test: 'ends-with', value: '@TEST.example', ignoreCase: true },
            { column: 'name', test: 'is-empty' },
          ],
        },
        action: 'drop',
      },
      header: ['name', 'e-mail'],
      rows: [
        ['Ann', 'ann@example.com'],
        ['Bob', 'bob@Test.Example'],
        ['\u00a0', 'c@example.com'],
        ['Dee', null],
      ],
      expected: [['Ann', 'ann@example.com'], left, left, ['Dee', null]],
    },
    {
      title: 'Keep rows that meet every condition',
      columns: [],
      parameters: {
        where: {
          all: [
            { column: 'code', test: 'matches', value: '^[a-c]\\d+$', ignoreCase: true },
            { column: 'code', test: 'not-in-list', values: ['B2'] },
          ],
        },
        action: 'keep',
      },
      header: ['code'],
      rows: [['A1'], ['b22'], ['B2'], ['d1'], ['a1\n'], ['a\u0661'], [null]],
      expected: [['A1'], ['b22'], left, left, left, left, left],
    },
    {
      title: 'Special characters are plain text',
      columns: [],
      parameters: {
        where: { all: [{ column: 'note', test: 'contains', value: "'; --\\ %" }] },
        action: 'keep',
      },
      header: ['note'],
      rows: [["x'; --\\ %y"], ['%'], [null]],
      expected: [["x'; --\\ %y"], left, left],
    },
  ],
  sentence: ({ where, action }) => `${action === 'keep' ? 'Keep' : 'Drop'} rows where ${whereWords(where)}`,
  reads: ({ where }) => conditionsOf(where).map((condition) => condition.column),
  rewrite(builder, { where, action }) {
    const holds = whereHolds(builder, where);
    const when = action === 'drop' ? holds : call('not', [holds]);
    const reason =
      action === 'drop' ? 'meets the conditions to drop' : 'does not meet the conditions to keep';
    builder.leave({ fate: 'filtered', column: null, reason, when });
  },
});
