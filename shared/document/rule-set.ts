import { z } from 'zod';
import { sourceDialectSchema } from './dialect';

export const RULE_SET_FORMAT = 'dataharmonize/ruleset';
export const RULE_SET_VERSION = 1;

const cell = z.string().nullable();

export const inputColumnSchema = z.strictObject({
  name: z.string().min(1),
  type: z.literal('text').default('text'),
});

/** "It must stay like this": what a step must answer for a cell. `row` holds other columns the step reads. */
export const pinnedExampleSchema = z.strictObject({
  input: cell,
  output: cell,
  row: z.record(z.string(), cell).optional(),
});
export type PinnedExample = z.output<typeof pinnedExampleSchema>;

export const stepSchema = z.strictObject({
  id: z.string().min(1).max(100),
  operation: z.string().min(1),
  version: z.number().int().min(1).default(1),
  columns: z.array(z.string().min(1)).default([]),
  parameters: z.record(z.string(), z.unknown()).default({}),
  enabled: z.boolean().default(true),
  note: z.string().default(''),
  examples: z.array(pinnedExampleSchema).default([]),
});
export type Step = z.output<typeof stepSchema>;

/** A share of the rows read that must hold after a run; a run that breaks it fails and writes nothing. */
export const expectationSchema = z.strictObject({
  measure: z.enum(['kept', 'filtered', 'rejected', 'merged']),
  atLeast: z.number().min(0).max(1).optional(),
  atMost: z.number().min(0).max(1).optional(),
});
export type Expectation = z.output<typeof expectationSchema>;

export const ruleSetSchema = z
  .strictObject({
    format: z.literal(RULE_SET_FORMAT),
    version: z.literal(RULE_SET_VERSION),
    name: z.string().min(1).max(200),
    source: sourceDialectSchema.optional(),
    columns: z.array(inputColumnSchema).default([]),
    steps: z.array(stepSchema).max(1000),
    expectations: z.array(expectationSchema).default([]),
  })
  .check((context) => {
    const seen = new Set<string>();
    for (const [index, step] of context.value.steps.entries()) {
      if (seen.has(step.id)) {
        context.issues.push({
          code: 'custom',
          path: ['steps', index, 'id'],
          message: `another step has the id “${step.id}”`,
          input: step.id,
        });
      }
      seen.add(step.id);
    }
  });
export type RuleSet = z.output<typeof ruleSetSchema>;

/** A rule set with no steps. */
export function emptyRuleSet(name: string): RuleSet {
  return {
    format: RULE_SET_FORMAT,
    version: RULE_SET_VERSION,
    name,
    columns: [],
    steps: [],
    expectations: [],
  };
}
