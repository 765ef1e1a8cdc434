import { z } from 'zod';

/** How the bytes of a message's value are read. `registry`: a schema's id stands before them. */
export const VALUE_ENCODINGS = ['json', 'registry', 'text'] as const;
export const KEY_ENCODINGS = ['none', ...VALUE_ENCODINGS] as const;
export type ValueEncoding = (typeof VALUE_ENCODINGS)[number];
export type KeyEncoding = (typeof KEY_ENCODINGS)[number];

/** How the messages of a topic become rows; `message.ts` tells what each setting means. */
export const messagesDialectSchema = z.strictObject({
  format: z.literal('messages'),
  value: z.enum(VALUE_ENCODINGS).default('json'),
  /** `none`: the key is no column. */
  key: z.enum(KEY_ENCODINGS).default('text'),
  keyColumn: z.string().min(1).max(200).default('key'),
});
export type MessagesDialect = z.output<typeof messagesDialectSchema>;
