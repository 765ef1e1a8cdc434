import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { Fault, isFault } from '../../shared/contract/errors';
import {
  csvDialectSchema,
  type Dialect,
  dialectSchema,
  type Format,
  isFiles,
} from '../../shared/document/dialect';
import { parseRuleSet } from '../../shared/document/project';
import type { RuleSet } from '../../shared/document/rule-set';
import { localFault } from '../connectors/local/faults';
import { oneOf, usage } from './arguments';

const FORMATS: readonly Format[] = ['csv', 'jsonl', 'parquet'];
const EXTENSIONS: Readonly<Record<string, Format>> = {
  '.csv': 'csv',
  '.tsv': 'csv',
  '.txt': 'csv',
  '.jsonl': 'jsonl',
  '.ndjson': 'jsonl',
  '.parquet': 'parquet',
};

/** Reads a rule set; throws a fault naming file and place. */
async function readRuleSet(file: string): Promise<RuleSet> {
  let bytes: Buffer;
  try {
    bytes = await readFile(file);
  } catch (error) {
    throw localFault(error, file);
  }
  let source: string;
  try {
    source = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new Fault({
      code: 'document.syntax',
      message: `${file}: the file is not valid UTF-8.`,
      advice: 'Save it as UTF-8.',
      place: { file },
    });
  }
  return parseRuleSet(source, file);
}

const withName = (file: string, lines: readonly string[]) => {
  const named = lines.map((line) => `${file}: ${line}`);
  return { message: named.join('\n'), details: { lines: named }, place: { file } };
};

/** The fault of a rule set with these lines, one a fault, each after the file's name. */
export const invalidRules = (file: string, lines: readonly string[]): Fault =>
  new Fault({
    code: 'rules.invalid',
    ...withName(file, lines),
    unaffected: 'Nothing was written.',
    advice: 'Correct the named steps.',
  });

/** Reads a rule set and lets `use` work with it; faults of its steps name the file. */
export async function withRuleSet<T>(file: string, use: (ruleSet: RuleSet) => Promise<T>): Promise<T> {
  const ruleSet = await readRuleSet(file);
  try {
    return await use(ruleSet);
  } catch (error) {
    if (!isFault(error, 'plan.invalid', 'plan.engine', 'run.examples')) throw error;
    throw new Fault({ ...error.toJSON(), ...withName(file, error.message.split('\n')), cause: error });
  }
}

/** The format of a file: as told, else by its extension. */
export function formatOf(command: string, option: string, file: string, told?: string): Format {
  if (told !== undefined) return oneOf(command, `${option}-format`, told, FORMATS);
  const format = EXTENSIONS[path.extname(file).toLowerCase()];
  if (format === undefined)
    throw usage(
      `${command}: the extension of --${option} ${file} says no format; use .csv, .jsonl or .parquet.`,
    );
  return format;
}

/**
 * How an input is read: as the rule set says, where it was made for this format; else by RFC 4180, so that values
 * may hold line breaks, parted by tabs in a .tsv file.
 */
export function dialectOf(ruleSet: RuleSet | null, format: Format, file: string): Dialect {
  const source = ruleSet?.source;
  if (source && isFiles(source) && source.format === format) return source;
  if (format !== 'csv') return dialectSchema.parse({ format });
  const delimiter = path.extname(file).toLowerCase() === '.tsv' ? '\t' : ',';
  return csvDialectSchema.parse({ format, delimiter, lineBreaks: true });
}
