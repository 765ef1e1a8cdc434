import type { PlanBuilder } from '../../../shared/compile/builder';
import { text } from '../../../shared/expression/expression';
import { call } from '../../../shared/expression/primitives';
import type { FormField } from '../../../shared/operations/operation';
import { type AnyOperation, operations } from '../../../shared/operations/registry';

export type RewriteMutant = {
  readonly operation: AnyOperation;
  readonly fault: string;
  /** The parameter that is taken for another. */
  readonly parameter?: string;
  readonly faulty: AnyOperation;
};
type Rewrite = (builder: PlanBuilder, parameters: never, columns: readonly string[]) => void;
type Parameters = Readonly<Record<string, unknown>>;

/** A builder that does some things otherwise. Its getters stay the builder's own. */
const otherwise = (builder: PlanBuilder, changed: Partial<PlanBuilder>): PlanBuilder =>
  Object.create(builder, Object.getOwnPropertyDescriptors(changed)) as PlanBuilder;

/** Faults that somebody might make in any rewrite. */
const FAULTS: Readonly<Record<string, (rewrite: Rewrite) => Rewrite>> = {
  'does nothing': () => () => {},
  'empties what it makes': (rewrite) => (builder, parameters, columns) =>
    rewrite(otherwise(builder, { assign: (name) => builder.assign(name, text(null)) }), parameters, columns),
  'keeps what it should make': (rewrite) => (builder, parameters, columns) =>
    rewrite(otherwise(builder, { assign: () => {} }), parameters, columns),
  'lets no row leave': (rewrite) => (builder, parameters, columns) =>
    rewrite(otherwise(builder, { leave: () => {} }), parameters, columns),
  'lets the other rows leave': (rewrite) => (builder, parameters, columns) =>
    rewrite(
      otherwise(builder, { leave: (exit) => builder.leave({ ...exit, when: call('not', [exit.when]) }) }),
      parameters,
      columns,
    ),
  'takes a rejected row for a filtered one': (rewrite) => (builder, parameters, columns) =>
    rewrite(
      otherwise(builder, {
        leave: (exit) => builder.leave({ ...exit, fate: exit.fate === 'rejected' ? 'filtered' : 'rejected' }),
      }),
      parameters,
      columns,
    ),
  'merges by no order': (rewrite) => (builder, parameters, columns) =>
    rewrite(
      otherwise(builder, { merge: (group) => builder.merge({ ...group, order: [] }) }),
      parameters,
      columns,
    ),
  'merges in the opposite order': (rewrite) => (builder, parameters, columns) =>
    rewrite(
      otherwise(builder, {
        merge: (group) =>
          builder.merge({
            ...group,
            order: group.order.map((one) => ({
              ...one,
              direction: one.direction === 'ascending' ? 'descending' : 'ascending',
            })),
          }),
      }),
      parameters,
      columns,
    ),
  'merges by the first key alone': (rewrite) => (builder, parameters, columns) =>
    rewrite(
      otherwise(builder, { merge: (group) => builder.merge({ ...group, keys: group.keys.slice(0, 1) }) }),
      parameters,
      columns,
    ),
};

/** Values that a control may set, whatever the step says. */
function forced(
  field: FormField,
): readonly (readonly [words: string, change: (value: unknown) => unknown])[] {
  switch (field.control) {
    case 'choice':
      return field.choices.map(({ value }) => [`is always ${value}`, () => value] as const);
    case 'flag':
      return [['is the opposite', (value) => value !== true]];
    case 'number':
      return [['is one more', (value) => (typeof value === 'number' ? value + 1 : value)]];
    case 'texts':
      return [['lacks its last', (value) => (Array.isArray(value) ? value.slice(0, -1) : value)]];
    default:
      return [];
  }
}

/** Each fault of each operation's rewrite, and each parameter taken for another. */
export function rewriteMutants(): RewriteMutant[] {
  return operations.flatMap((operation) => {
    const rewrite = operation.rewrite.bind(operation) as Rewrite;
    const mutant = (fault: string, changed: Rewrite, parameter?: string): RewriteMutant => ({
      operation,
      fault,
      ...(parameter !== undefined && { parameter }),
      faulty: { ...operation, rewrite: changed },
    });
    const general = Object.entries(FAULTS).map(([fault, change]) => mutant(fault, change(rewrite)));
    const parameters = operation.form.flatMap((field) =>
      forced(field).map(([words, change]) =>
        mutant(
          `${field.name} ${words}`,
          (builder, given: Parameters, columns) =>
            rewrite(builder, { ...given, [field.name]: change(given[field.name]) } as never, columns),
          field.name,
        ),
      ),
    );
    return [...general, ...parameters];
  });
}
