import { z } from 'zod';
import { messagesDialectSchema } from '../messages/dialect';

export const ENCODINGS = ['utf-8', 'utf-16le', 'utf-16be', 'iso-8859-1', 'windows-1252'] as const;
/**
 * Compressions of a text file as a whole; columnar files and Avro compress within. `snappy` is that of Hadoop's
 * `.snappy` files, `snappy-framed` snappy's own format of `.sz` files.
 */
export const COMPRESSIONS = ['none', 'gzip', 'zstd', 'snappy', 'snappy-framed'] as const;
export const QUOTES = ['double', 'single', 'none'] as const;
export type Encoding = (typeof ENCODINGS)[number];
export type Compression = (typeof COMPRESSIONS)[number];
export type Quote = (typeof QUOTES)[number];

/** The character that stands around quoted values; empty where there is none. */
export const QUOTE_CHARACTERS: Readonly<Record<Quote, string>> = { double: '"', single: "'", none: '' };

const text = {
  encoding: z.enum(ENCODINGS).default('utf-8'),
  compression: z.enum(COMPRESSIONS).default('none'),
};

/** How a text file is read: set in full, nothing inferred by an engine. */
export const csvDialectSchema = z
  .strictObject({
    format: z.literal('csv'),
    /** One ASCII character. */
    delimiter: z
      .string()
      .regex(/^[\t\x20-\x7e]$/, 'must be one ASCII character')
      .default(','),
    header: z.boolean().default(true),
    /** What quotes values; a quote of their own is doubled. */
    quote: z.enum(QUOTES).default('double'),
    /** Whether quoted values may hold line breaks; if not, files can be split and read in parallel. */
    lineBreaks: z.boolean().default(false),
    ...text,
  })
  .refine(({ delimiter, quote }) => delimiter !== QUOTE_CHARACTERS[quote], {
    path: ['delimiter'],
    message: 'cannot be the quote',
  });
/** One object a line, or an array of objects: the document itself, or what stands at a path of keys in it. */
const jsonLines = z.strictObject({ format: z.literal('jsonl'), ...text });
const json = z.strictObject({
  format: z.literal('json'),
  /** Keys on the way to the array, as `data.items`; empty where the document is the array. */
  records: z.string().default(''),
  ...text,
});

export const dialectSchema = z.discriminatedUnion('format', [
  csvDialectSchema,
  jsonLines,
  json,
  z.strictObject({ format: z.literal('parquet') }),
  z.strictObject({ format: z.literal('avro') }),
  z.strictObject({ format: z.literal('orc') }),
  z.strictObject({ format: z.literal('text'), ...text }),
]);
export type Dialect = z.output<typeof dialectSchema>;
export type Format = Dialect['format'];
export type DialectOf<F extends Format> = Extract<Dialect, { format: F }>;
export type CsvDialect = DialectOf<'csv'>;
/** Dialects of files that are text. */
export type TextDialect = DialectOf<'csv' | 'jsonl' | 'json' | 'text'>;

/** Formats that a run on this machine writes. */
export const OUTPUT_FORMATS = ['csv', 'jsonl', 'parquet'] as const;
export type OutputFormat = (typeof OUTPUT_FORMATS)[number];

/** The dialect of a format where nothing else is stated. */
export const usualDialect = <F extends Format>(format: F): DialectOf<F> =>
  dialectSchema.parse({ format }) as DialectOf<F>;

/** How any source is read: files, or the messages of a topic. */
export const sourceDialectSchema = z.discriminatedUnion('format', [
  ...dialectSchema.options,
  messagesDialectSchema,
]);
export type SourceDialect = z.output<typeof sourceDialectSchema>;

/** Whether a source's dialect is one of files. */
export const isFiles = (dialect: SourceDialect): dialect is Dialect => dialect.format !== 'messages';
