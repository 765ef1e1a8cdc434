import { z } from 'zod';
import { matchesPattern, patternSchema } from '../conditions';
import { checkKind, failsUnless, rejected } from './kind';

export const pattern = checkKind({
  id: 'pattern',
  label: 'matches a pattern',
  reason: 'does not match the pattern',
  documentation: 'A pattern must match the whole cell unless told otherwise.',
  parameters: z.object({
    pattern: patternSchema,
    ignoreCase: z.boolean().default(false),
    match: z.enum(['whole', 'anywhere']).default('whole'),
  }),
  form: [
    { name: 'pattern', label: 'Pattern', control: 'pattern' },
    {
      name: 'match',
      label: 'Match',
      control: 'choice',
      choices: [
        { value: 'whole', label: 'The whole cell' },
        { value: 'anywhere', label: 'Anywhere in the cell' },
      ],
    },
    { name: 'ignoreCase', label: 'Ignore letter case', control: 'flag' },
  ],
  examples: [
    {
      title: 'A pattern for the whole cell',
      columns: ['code'],
      parameters: { kind: 'pattern', pattern: '[A-Z]{2}\\d{3}|none', ignoreCase: true, onFail: 'reject' },
      header: ['code'],
      rows: [['ab123'], ['None'], ['AB1234'], ['AB\u0661\u0662\u0663'], [null]],
      expected: [['ab123'], ['None'], rejected, rejected, [null]],
    },
  ],
  fails: (_, value, { pattern: source, ignoreCase, match }) =>
    failsUnless(value, matchesPattern(value, source, { ignoreCase, whole: match === 'whole' })),
});
