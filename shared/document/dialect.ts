import { z } from 'zod';
import { messagesDialectSchema } from '../messages/dialect';

/** How a text file is read: set in full, nothing inferred by an engine. */
export const csvDialectSchema = z.strictObject({
  format: z.literal('csv'),
  /** One ASCII character. */
  delimiter: z
    .string()
    .regex(/^[\t\x20-\x7e]$/, 'must be one ASCII character')
    .refine((character) => character !== '"', 'cannot be the quote')
    .default(','),
  header: z.boolean().default(true),
  /** Whether quoted values may hold line breaks; if not, files can be split and read in parallel. */
  lineBreaks: z.boolean().default(false),
  encoding: z.literal('utf-8').default('utf-8'),
});
export const dialectSchema = z.discriminatedUnion('format', [
  csvDialectSchema,
  z.strictObject({ format: z.literal('jsonl') }),
  z.strictObject({ format: z.literal('parquet') }),
]);
export type CsvDialect = z.output<typeof csvDialectSchema>;
export type Dialect = z.output<typeof dialectSchema>;
export type Format = Dialect['format'];

/** How any source is read: files, or the messages of a topic. */
export const sourceDialectSchema = z.discriminatedUnion('format', [
  ...dialectSchema.options,
  messagesDialectSchema,
]);
export type SourceDialect = z.output<typeof sourceDialectSchema>;

/** Whether a source's dialect is one of files. */
export const isFiles = (dialect: SourceDialect): dialect is Dialect => dialect.format !== 'messages';
