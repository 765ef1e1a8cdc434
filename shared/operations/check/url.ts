import { z } from 'zod';
import { call } from '../../expression/primitives';
import { isUrl } from '../url';
import { checkKind, failsUnless, rejected } from './kind';

export const url = checkKind({
  id: 'url',
  label: 'is a web address',
  reason: 'not a web address',
  documentation:
    'A web address has its scheme (http, https, ftp) and is otherwise judged as the step “Normalise web addresses” ' +
    'does.',
  parameters: z.object({}),
  form: [],
  examples: [
    {
      title: 'Web addresses with their scheme',
      columns: ['site'],
      parameters: { kind: 'url', onFail: 'reject' },
      header: ['site'],
      rows: [
        ['https://example.com/a?b#c'],
        [' HTTP://EXAMPLE.COM\u00a0'],
        ['example.com'],
        ['https://'],
        [''],
        [null],
      ],
      expected: [
        ['https://example.com/a?b#c'],
        [' HTTP://EXAMPLE.COM\u00a0'],
        rejected,
        rejected,
        rejected,
        [null],
      ],
    },
  ],
  fails: (builder, value) =>
    failsUnless(value, isUrl(builder.bind(call('trimWhiteSpace', [value], { sides: 'both' })))),
});
