import { z } from 'zod';
import { call } from '../../expression/primitives';
import { lookUpPhone, regionSchema } from '../phone';
import { checkKind, failsUnless, rejected } from './kind';

export const phone = checkKind({
  id: 'phone',
  label: 'is a phone number',
  reason: 'not a valid phone number',
  documentation: 'A phone number is judged as the step “Normalise phone numbers” does.',
  parameters: z.object({
    defaultRegion: regionSchema.optional(),
    regionColumn: z.string().min(1).optional(),
  }),
  form: [
    { name: 'defaultRegion', label: 'Default region', control: 'region' },
    { name: 'regionColumn', label: 'Region from column', control: 'column', optional: true },
  ],
  examples: [
    {
      title: 'Phone numbers in the region of the row',
      columns: ['phone'],
      parameters: { kind: 'phone', defaultRegion: 'US', regionColumn: 'country', onFail: 'reject' },
      header: ['phone', 'country'],
      rows: [
        ['020 7946 0018', 'GB'],
        ['020 7946 0018', 'US'],
        [null, 'US'],
      ],
      expected: [['020 7946 0018', 'GB'], rejected, [null, 'US']],
    },
  ],
  reads: ({ regionColumn }) => (regionColumn === undefined ? [] : [regionColumn]),
  fails(builder, value, parameters) {
    const { number } = lookUpPhone(builder, value, parameters, { format: 'e164', extension: 'drop' });
    return failsUnless(value, call('not', [call('isNull', [number])]));
  },
});
