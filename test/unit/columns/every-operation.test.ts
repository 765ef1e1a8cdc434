import { expect, test } from 'vitest';
import { mapColumnsEdit } from '../../../shared/columns/map-columns';
import { missingColumns } from '../../../shared/columns/missing';
import { compilePlan } from '../../../shared/compile/compile';
import { applyEdit } from '../../../shared/document/edit';
import { emptyRuleSet, stepSchema } from '../../../shared/document/rule-set';
import { operations } from '../../../shared/operations/registry';

const examples = operations.flatMap((operation) =>
  operation.examples.map((example) => [operation.id, example.title, example] as const),
);

/** What a plan works out, without the names at its edges. */
const workings = (columns: readonly string[], ruleSet: Parameters<typeof compilePlan>[0]) =>
  JSON.stringify(compilePlan(ruleSet, columns).actions, (key, value) =>
    key === 'column' || key === 'name' ? null : value,
  );

test.each(examples)('%s, %s: works the same out of columns with other names', (id, _title, example) => {
  const { header, columns, parameters } = example;
  const step = stepSchema.parse({ id: 's', operation: id, columns, parameters });
  const ruleSet = { ...emptyRuleSet('x'), steps: [step] };
  const others = header.map((name) => `other ] ${name}`);
  const mapping = Object.fromEntries(header.map((name, i) => [name, others[i] ?? '']));
  const { ruleSet: mapped } = applyEdit(ruleSet, mapColumnsEdit(ruleSet, others, { mapping }));
  expect(missingColumns(mapped, others)).toEqual([]);
  expect(workings(others, mapped)).toBe(workings(header, ruleSet));
});
