import type { z } from 'zod';
import { Fault } from '../contract/errors';
import { issueLines, issueWords } from './issues';
import { type Migration, migrate } from './migrations';

type DocumentKind<T> = {
  /** What the steward calls it: `rule set`. */
  noun: string;
  format: string;
  version: number;
  schema: z.ZodType<T>;
  migrations: readonly Migration[];
};

function syntaxFault(noun: string, file: string, source: string, error: Error): Fault {
  const offset = Number(/position (\d+)/.exec(error.message)?.[1] ?? Number.NaN);
  const before = source.slice(0, Number.isNaN(offset) ? source.length : offset).split('\n');
  const row = before.length;
  const column = (before.at(-1)?.length ?? 0) + 1;
  return new Fault({
    code: 'document.syntax',
    message: `${file}:${row}:${column}: this ${noun} is not valid JSON.`,
    place: { file, row, column },
    unaffected: 'Nothing was changed.',
    advice: 'Correct the file at that place, or open another one.',
  });
}

/**
 * Reads a document from JSON text: syntax, format, version (older ones are migrated, newer ones refused), schema.
 * Throws one Fault; `details.lines` holds one line per fault found.
 */
export function parseDocument<T>(kind: DocumentKind<T>, source: string, file: string): T {
  let data: unknown;
  try {
    data = JSON.parse(source);
  } catch (error) {
    throw syntaxFault(kind.noun, file, source, error as Error);
  }
  return validateDocument(kind, data, file);
}

/** Like parseDocument, for data that is already parsed. */
export function validateDocument<T>(kind: DocumentKind<T>, data: unknown, file: string): T {
  const { format, version } = (typeof data === 'object' && data !== null ? data : {}) as Record<
    string,
    unknown
  >;
  const refuse = (code: string, message: string, advice: string) =>
    new Fault({
      code,
      message: `${file}: ${message}`,
      advice,
      place: { file },
      unaffected: 'Nothing was changed.',
    });
  if (format !== kind.format) {
    throw refuse(
      'document.format',
      `this is not a ${kind.noun}: its "format" is not "${kind.format}".`,
      `Choose a ${kind.noun} file.`,
    );
  }
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 1) {
    throw refuse(
      'document.version',
      'its "version" is not a whole number from 1.',
      'Correct the "version" in the file.',
    );
  }
  if (version > kind.version) {
    throw refuse(
      'document.newer',
      `this ${kind.noun} has version ${version}; this program reads up to version ${kind.version}.`,
      'Open it with a newer DataHarmonize.',
    );
  }
  const result = kind.schema.safeParse(
    migrate(data as Record<string, unknown>, version, kind.version, kind.migrations),
    { error: issueWords },
  );
  if (result.success) return result.data;
  const lines = issueLines(result.error).map((line) => `${file}: ${line}`);
  throw new Fault({
    code: 'document.invalid',
    message: lines.join('\n'),
    place: { file },
    details: { lines },
    unaffected: 'Nothing was changed.',
    advice: 'Correct the named places in the file.',
  });
}
