import { z } from 'zod';
import { call } from '../../expression/primitives';
import { isEmailAddress } from '../email';
import { checkKind, failsUnless } from './kind';

export const email = checkKind({
  id: 'email',
  label: 'is an e-mail address',
  reason: 'not a valid e-mail address',
  documentation: 'An e-mail address is judged as the step “Normalise e-mail addresses” does.',
  parameters: z.object({}),
  form: [],
  examples: [
    {
      title: 'Flag what is no e-mail address',
      columns: ['e-mail'],
      parameters: { kind: 'email', onFail: 'flag', name: 'e-mail' },
      header: ['e-mail'],
      rows: [['ann@example.com '], ['ann@'], [null]],
      expected: [
        ['ann@example.com ', null],
        ['ann@', 'e-mail'],
        [null, null],
      ],
    },
  ],
  fails: (builder, value) =>
    failsUnless(value, isEmailAddress(builder.bind(call('trimWhiteSpace', [value], { sides: 'both' })))),
});
