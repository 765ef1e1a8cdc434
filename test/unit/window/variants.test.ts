import { expect, test } from 'vitest';
import {
  approve,
  decidedBy,
  keepApart,
  openProposals,
  rename,
  settingsOf,
  withdraw,
} from '../../../renderer/variants/approval';
import type { Step } from '../../../shared/document/rule-set';
import { mergeVariants } from '../../../shared/operations/merge-variants';

const empty: Step = {
  id: 's1',
  operation: 'merge-variants',
  version: 1,
  columns: ['city'],
  parameters: { key: 'cologne' },
  enabled: true,
  note: '',
  examples: [],
};
const cluster = {
  members: [
    { value: 'Meier', rows: 9 },
    { value: 'Mayer', rows: 4 },
    { value: 'Maurer', rows: 2 },
    { value: 'meier', rows: 1 },
  ],
};
const approved: Step = {
  ...empty,
  ...approve(empty, cluster, { value: 'Meier', excluded: new Set(['Maurer']) }),
};

test('an approved cluster is a rule with its exceptions and guard examples', () => {
  expect(approved.parameters).toEqual({
    key: 'cologne',
    canonical: [{ value: 'Meier', members: ['Meier', 'Mayer', 'meier'] }],
    exceptions: ['Maurer'],
  });
  expect(approved.examples).toEqual([
    { input: 'Mayer', output: 'Meier' },
    { input: 'Maurer', output: 'Maurer' },
  ]);
  expect(mergeVariants.parameters.safeParse(approved.parameters).success).toBe(true);
});

test('a value that has an approved key, or stays, is not offered again', () => {
  const decided = decidedBy(settingsOf(approved.parameters));
  expect(['Meyr', 'Maurer', 'Schmidt'].map(decided)).toEqual([true, true, false]);
});

test('another spelling goes into the guard examples; what is taken back leaves them', () => {
  const renamed = { ...approved, ...rename(approved, 0, 'MEIER') };
  expect(renamed.examples).toEqual([
    { input: 'Mayer', output: 'MEIER' },
    { input: 'Maurer', output: 'Maurer' },
  ]);
  expect(withdraw(renamed, 0)).toEqual({
    parameters: { key: 'cologne', canonical: [], exceptions: ['Maurer'] },
    examples: [{ input: 'Maurer', output: 'Maurer' }],
  });
});

test('a key that stands for two values is refused, and so is an exception among the variants', () => {
  const refused = mergeVariants.parameters.safeParse({
    key: 'fingerprint',
    canonical: [{ value: 'New York' }, { value: 'NYC', members: ['york, new'] }, { value: '!' }],
    exceptions: ['york, new'],
  });
  expect(refused.error?.issues.map(({ path }) => path)).toEqual([
    ['canonical', 1],
    ['canonical', 2],
    ['exceptions', 0],
  ]);
});

test('values that are kept apart are no longer proposed, and the step stays valid', () => {
  const apart: Step = { ...empty, ...keepApart(empty, cluster) };
  expect(apart.parameters.exceptions).toEqual(['Meier', 'Mayer', 'Maurer', 'meier']);
  expect(apart.examples).toEqual([{ input: 'Mayer', output: 'Mayer' }]);
  expect(openProposals([cluster], settingsOf(apart.parameters))).toEqual([]);
  expect(mergeVariants.parameters.safeParse(apart.parameters).success).toBe(true);
});

test('a value like one that is approved is offered it, and approving adds it there', () => {
  const listed: Step = {
    ...empty,
    parameters: { key: 'exact', canonical: [{ value: 'MEIER', members: ['Meier', 'meier'] }] },
  };
  const [proposal, ...others] = openProposals([cluster], settingsOf(listed.parameters));
  expect(others).toEqual([]);
  expect(proposal).toEqual({ value: 'MEIER', members: cluster.members.slice(1, 3) });
  const { parameters } = approve(listed, proposal ?? cluster, {
    value: 'MEIER',
    excluded: new Set(['Maurer']),
  });
  expect(parameters.canonical).toEqual([{ value: 'MEIER', members: ['Meier', 'meier', 'Mayer'] }]);
  expect(mergeVariants.parameters.safeParse(parameters).success).toBe(true);
  expect(openProposals([cluster], settingsOf({ ...parameters }))).toEqual([]);
});
