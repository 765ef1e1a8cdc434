import { type Step, stepSchema } from '../../shared/document/rule-set';
import type { FormField } from '../../shared/operations/operation';
import type { AnyOperation } from '../../shared/operations/registry';

/** What a parameter that has no default begins with, so that a new step does something at once. */
function beginning(field: FormField, column: string): unknown {
  if (field.control === 'columns') return [column];
  if (field.control === 'conditions') return { all: [{ column, test: 'is-not-empty' }] };
  if (field.control === 'blocks') return [{ columns: [column], by: 'fingerprint' }];
  if (field.control === 'comparisons') return [{ column }];
  return undefined;
}

/** Parameters of a step that needs more than its defaults: the fewest that are free of faults, if any are. */
function beginnings(
  { form, parameters, begin }: AnyOperation,
  column: string | undefined,
): Record<string, unknown> {
  if (begin && column !== undefined) return { ...begin(column) };
  const begun: Record<string, unknown> = {};
  if (column !== undefined) {
    for (const field of form) {
      if (field.when !== undefined) continue;
      const value = beginning(field, column);
      if (value !== undefined) begun[field.name] = value;
    }
  }
  if (parameters.safeParse(begun).success) return begun;
  for (const field of form) {
    if (field.control === 'choice' && field.when === undefined) begun[field.name] = field.choices[0]?.value;
  }
  return begun;
}

/** A step with the operation's own defaults; `columns` are its targets, or what its parameters begin with. */
export function newStep(operation: AnyOperation, columns: readonly string[]): Step {
  const defaults = operation.parameters.safeParse({});
  const [column] = columns;
  const begun = defaults.success ? defaults.data : beginnings(operation, column);
  // With defaults in place, so that the document says in full what the step does.
  const whole = operation.parameters.safeParse(begun);
  return stepSchema.parse({
    id: `s-${crypto.randomUUID().slice(0, 8)}`,
    operation: operation.id,
    version: operation.version,
    columns: columns.slice(0, operation.targets.most),
    parameters: (whole.success ? whole.data : begun) as Record<string, unknown>,
  });
}
