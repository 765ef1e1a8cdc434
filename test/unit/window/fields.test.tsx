import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { Field } from '../../../renderer/rules/field';
import { parameterOf } from '../../../renderer/rules/parameters';
import { operations } from '../../../shared/operations/registry';

/** Controls that take what they show from the workbench, not from their own value alone. */
const OF_THE_WORKBENCH = new Set(['variants', 'comparisons', 'review', 'key']);

const fields = operations.flatMap((operation) =>
  operation.form
    .filter(({ control }) => !OF_THE_WORKBENCH.has(control))
    .map((field) => [operation.id, field.name, { operation, field }] as const),
);

test.each(fields)(
  '%s: the field %s is drawn with every example’s value',
  (_id, _name, { operation, field }) => {
    for (const { parameters, header } of operation.examples) {
      const value = parameterOf(operation, parameters, field.name);
      const drawn = renderToStaticMarkup(
        <Field field={field} columns={header} value={value} faults={[]} onChange={() => {}} />,
      );
      expect(drawn).toContain(field.label.replaceAll('&', '&amp;'));
      expect(drawn).toMatch(/<(?:input|select|textarea|button)\b/);
    }
  },
);
