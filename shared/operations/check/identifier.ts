import { z } from 'zod';
import { identifierKindChoices, identifierKindSchema } from '../identifier';
import { compactIdentifier, isIdentifier } from '../identifier-tests';
import { checkKind, failsUnless, rejected } from './kind';

export const identifier = checkKind({
  id: 'identifier',
  label: 'is an identifier with the right check digits',
  reason: 'not a valid identifier',
  documentation:
    'An identifier is judged as the step “Normalise identifiers” does: separators and letter case do not matter.',
  parameters: z.object({ identifier: identifierKindSchema }),
  form: [{ name: 'identifier', label: 'Identifier', control: 'choice', choices: identifierKindChoices }],
  examples: [
    {
      title: 'IBANs with the right check digits',
      columns: ['account'],
      parameters: { kind: 'identifier', identifier: 'iban', onFail: 'reject' },
      header: ['account'],
      rows: [['GB82 WEST 1234 5698 7654 32'], ['gb82west12345698765433'], [''], [null]],
      expected: [['GB82 WEST 1234 5698 7654 32'], rejected, rejected, [null]],
    },
  ],
  fails: (builder, value, { identifier: kind }) =>
    failsUnless(value, isIdentifier(builder.bind(compactIdentifier(value)), kind, builder.bind)),
});
