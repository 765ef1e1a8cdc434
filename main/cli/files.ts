import { readFile } from 'node:fs/promises';
import { Fault, isFault } from '../../shared/contract/errors';
import {
  type Dialect,
  dialectSchema,
  type Format,
  isFiles,
  OUTPUT_FORMATS,
  type OutputFormat,
} from '../../shared/document/dialect';
import { endingsOf, FORMAT_NAMES, formatByName, isText } from '../../shared/document/formats';
import { parseRuleSet } from '../../shared/document/project';
import type { RuleSet } from '../../shared/document/rule-set';
import { localFault } from '../connectors/local/faults';
import { oneOf, usage } from './arguments';

/** The names of formats that are read, for the usage line. */
export const INPUT_FORMATS = FORMAT_NAMES.join('|');

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

const unknownEnding = (command: string, option: string, file: string) =>
  usage(`${command}: the extension of --${option} ${file} says no format; use .csv, .jsonl or .parquet.`);

/** The format of an input: as told, else by its name. */
export function formatOf(command: string, option: string, file: string, told?: string): Format {
  if (told !== undefined) return oneOf(command, `${option}-format`, told, FORMAT_NAMES);
  const format = formatByName(file);
  if (format === null) throw unknownEnding(command, option, file);
  return format;
}

/** The format of a file to write: as told, else by its name. */
export function outputFormatOf(command: string, option: string, file: string, told?: string): OutputFormat {
  if (told !== undefined) return oneOf(command, `${option}-format`, told, OUTPUT_FORMATS);
  const format = formatByName(file);
  const found = OUTPUT_FORMATS.find((one) => one === format);
  if (found === undefined) throw unknownEnding(command, option, file);
  return found;
}

/**
 * How an input is read: as the rule set says, where it was made for this format; else CSV by RFC 4180, so that values
 * may hold line breaks, parted by tabs in a .tsv file; compressed as its name says.
 */
export function dialectOf(ruleSet: RuleSet | null, format: Format, file: string): Dialect {
  const source = ruleSet?.source;
  if (source && isFiles(source) && source.format === format) return source;
  const usual = dialectSchema.parse({ format });
  const { ending, compression } = endingsOf(file);
  const delimiter = ending === '.tsv' ? '\t' : ending === '.psv' ? '|' : ',';
  return dialectSchema.parse({
    ...usual,
    ...(isText(usual) && compression !== null && { compression }),
    ...(format === 'csv' && { delimiter, lineBreaks: true }),
  });
}
