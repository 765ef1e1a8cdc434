import { z } from 'zod';
import {
  BOUNDS,
  carriedText,
  isBounded,
  keyExpression,
  keyOf,
  MOST_ENTRIES,
  planTable,
} from '../carried-table';
import { keyFields } from '../map-values';
import { checkKind, failsUnless, rejected } from './kind';

export const inList = checkKind({
  id: 'in-list',
  label: 'is one of a list',
  reason: 'not in the list',
  documentation:
    'A list is compared with the whole cell, code point for code point, unless told otherwise without regard to letter ' +
    `case and white space around; it has ${BOUNDS}.`,
  parameters: z.object({
    values: z
      .array(carriedText)
      .min(1)
      .max(MOST_ENTRIES)
      .refine((values) => isBounded([values]), `may hold ${BOUNDS}`),
    ignoreCase: z.boolean().default(false),
    trim: z.boolean().default(false),
  }),
  form: [{ name: 'values', label: 'Values', control: 'texts', help: 'One a line.' }, ...keyFields],
  examples: [
    {
      title: 'Known states alone',
      columns: ['state'],
      parameters: { kind: 'in-list', values: ['CA', 'ny', 'NY', ''], ignoreCase: true, onFail: 'reject' },
      header: ['state'],
      rows: [['ca'], ['NY'], [' CA'], ['TX'], [''], [null]],
      expected: [['ca'], ['NY'], rejected, rejected, [''], [null]],
    },
  ],
  fails(builder, value, { values, ...settings }) {
    const keys = [...new Set(values.map((one) => keyOf(one, settings)))];
    const table = planTable(
      keys.map((key) => ({ keys: [key], values: [] })),
      settings,
    );
    return failsUnless(value, builder.join([keyExpression(value, settings, builder.bind)], table).found);
  },
});
