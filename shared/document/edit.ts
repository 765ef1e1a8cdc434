import { z } from 'zod';
import { Fault } from '../contract/errors';
import { sourceDialectSchema } from './dialect';
import { inputColumnSchema, pinnedExampleSchema, type RuleSet, type Step, stepSchema } from './rule-set';

// Spelled out, not stepSchema.partial(): zod fills defaults in even for optional fields.
const changeSchema = z.strictObject({
  operation: z.string().min(1).optional(),
  columns: z.array(z.string().min(1)).optional(),
  parameters: z.record(z.string(), z.unknown()).optional(),
  enabled: z.boolean().optional(),
  note: z.string().optional(),
  examples: z.array(pinnedExampleSchema).optional(),
});

/**
 * Every change of a rule set, as a value. Undo, redo, journal, audit trail and review all use these.
 * Indexes count from 0.
 */
export const editSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('insert-step'), index: z.number().int().min(0), step: stepSchema }),
  z.strictObject({ kind: z.literal('remove-step'), id: z.string() }),
  z.strictObject({ kind: z.literal('move-step'), id: z.string(), index: z.number().int().min(0) }),
  z.strictObject({ kind: z.literal('change-step'), id: z.string(), change: changeSchema }),
  z.strictObject({ kind: z.literal('rename'), name: z.string().min(1).max(200) }),
  z.strictObject({ kind: z.literal('set-source'), source: sourceDialectSchema.nullable() }),
  /** Points steps at other columns, all at once: `mapping` says which, `changes` and `columns` are what comes of it. */
  z.strictObject({
    kind: z.literal('map-columns'),
    mapping: z.record(z.string(), z.string().min(1)),
    changes: z.array(z.strictObject({ id: z.string(), change: changeSchema })),
    columns: z.array(inputColumnSchema),
  }),
]);
export type Edit = z.output<typeof editSchema>;
export type StepChange = z.output<typeof changeSchema>;

/** The rule set after an edit, and the edit that takes it back. */
export type Edited = { readonly ruleSet: RuleSet; readonly inverse: Edit };

function indexOf(ruleSet: RuleSet, id: string): number {
  const index = ruleSet.steps.findIndex((step) => step.id === id);
  if (index >= 0) return index;
  throw new Fault({
    code: 'edit.no-step',
    message: `There is no step “${id}” in this rule set.`,
    unaffected: 'The rule set is as it was.',
    advice: 'Undo the last change, or choose a step that is listed.',
  });
}

function stepAt(ruleSet: RuleSet, index: number): Step {
  const step = ruleSet.steps[index];
  if (!step) throw new RangeError(`There is no step at ${index}.`);
  return step;
}

/** Applies an edit; neither the rule set nor the edit is changed. Throws a Fault when the edit does not fit. */
export function applyEdit(ruleSet: RuleSet, edit: Edit): Edited {
  const { steps } = ruleSet;
  switch (edit.kind) {
    case 'insert-step': {
      if (edit.index > steps.length || steps.some((step) => step.id === edit.step.id)) {
        throw new Fault({
          code: 'edit.conflict',
          message: 'The step cannot be put there: the place or its id is taken.',
          unaffected: 'The rule set is as it was.',
          advice: 'Add the step again.',
        });
      }
      return {
        ruleSet: { ...ruleSet, steps: steps.toSpliced(edit.index, 0, edit.step) },
        inverse: { kind: 'remove-step', id: edit.step.id },
      };
    }
    case 'remove-step': {
      const index = indexOf(ruleSet, edit.id);
      return {
        ruleSet: { ...ruleSet, steps: steps.toSpliced(index, 1) },
        inverse: { kind: 'insert-step', index, step: stepAt(ruleSet, index) },
      };
    }
    case 'move-step': {
      const from = indexOf(ruleSet, edit.id);
      const to = Math.min(edit.index, steps.length - 1);
      return {
        ruleSet: { ...ruleSet, steps: steps.toSpliced(from, 1).toSpliced(to, 0, stepAt(ruleSet, from)) },
        inverse: { kind: 'move-step', id: edit.id, index: from },
      };
    }
    case 'change-step': {
      const index = indexOf(ruleSet, edit.id);
      const step = stepAt(ruleSet, index);
      const keys = Object.keys(edit.change) as (keyof StepChange)[];
      const before = Object.fromEntries(keys.map((key) => [key, step[key]])) as StepChange;
      return {
        ruleSet: { ...ruleSet, steps: steps.with(index, { ...step, ...edit.change }) },
        inverse: { kind: 'change-step', id: edit.id, change: before },
      };
    }
    case 'map-columns': {
      let changed = ruleSet;
      const back: { id: string; change: StepChange }[] = [];
      for (const { id, change } of edit.changes) {
        const { ruleSet: next, inverse } = applyEdit(changed, { kind: 'change-step', id, change });
        changed = next;
        if (inverse.kind === 'change-step') back.unshift({ id, change: inverse.change });
      }
      const mapping = Object.fromEntries(Object.entries(edit.mapping).map(([from, to]) => [to, from]));
      return {
        ruleSet: { ...changed, columns: edit.columns },
        inverse: { kind: 'map-columns', mapping, changes: back, columns: ruleSet.columns },
      };
    }
    case 'rename':
      return { ruleSet: { ...ruleSet, name: edit.name }, inverse: { kind: 'rename', name: ruleSet.name } };
    case 'set-source': {
      const { source, ...rest } = ruleSet;
      return {
        ruleSet: edit.source === null ? rest : { ...rest, source: edit.source },
        inverse: { kind: 'set-source', source: source ?? null },
      };
    }
  }
}
