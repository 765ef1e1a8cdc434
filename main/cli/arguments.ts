import { Fault } from '../../shared/contract/errors';

/** What a command takes. Options have a value, flags have none. */
export type Syntax = {
  readonly positionals: readonly { readonly name: string; readonly required: boolean }[];
  readonly options: Readonly<Record<string, { readonly value: string; readonly required?: boolean }>>;
  readonly flags: readonly string[];
};

export type Arguments = {
  readonly positionals: readonly string[];
  option(name: string): string | undefined;
  /** An option that the syntax requires. */
  required(name: string): string;
  flag(name: string): boolean;
};

/** The fault for arguments that are wrong. */
export const usage = (message: string): Fault =>
  new Fault({ code: 'usage', message, advice: 'See --help.', unaffected: 'Nothing was written.' });

/** `run RULES.json --input F [--report F] [--json]` */
export function syntaxLine(command: string, { positionals, options, flags }: Syntax): string {
  return [
    command,
    ...positionals.map(({ name, required }) => (required ? name : `[${name}]`)),
    ...Object.entries(options).map(([name, { value, required }]) =>
      required ? `--${name} ${value}` : `[--${name} ${value}]`,
    ),
    ...flags.map((name) => `[--${name}]`),
  ].join(' ');
}

/** Reads a command's arguments; whatever the syntax does not name is refused. */
export function parseArguments(command: string, syntax: Syntax, given: readonly string[]): Arguments {
  const positionals: string[] = [];
  const values = new Map<string, string>();
  const flags = new Set<string>();
  let plain = false;
  for (let at = 0; at < given.length; at++) {
    const argument = given[at] ?? '';
    if (plain || !argument.startsWith('-') || argument === '-') {
      positionals.push(argument);
      continue;
    }
    if (argument === '--') {
      plain = true;
      continue;
    }
    const equals = argument.indexOf('=');
    const name = argument.slice(2, equals < 0 ? undefined : equals);
    const known = argument.startsWith('--');
    if (known && syntax.flags.includes(name)) {
      if (equals >= 0) throw usage(`${command}: --${name} takes no value.`);
      flags.add(name);
      continue;
    }
    if (!known || !Object.hasOwn(syntax.options, name))
      throw usage(`${command}: there is no option ${equals < 0 ? argument : argument.slice(0, equals)}.`);
    if (values.has(name)) throw usage(`${command}: --${name} is given twice.`);
    const value = equals < 0 ? given[++at] : argument.slice(equals + 1);
    if (value === undefined || value === '') throw usage(`${command}: --${name} needs a value.`);
    values.set(name, value);
  }
  if (positionals.length > syntax.positionals.length)
    throw usage(`${command}: “${positionals[syntax.positionals.length]}” is one argument too many.`);
  const missing = syntax.positionals.find(({ required }, i) => required && positionals[i] === undefined);
  if (missing) throw usage(`${command}: ${missing.name} is missing.`);
  for (const [name, { required }] of Object.entries(syntax.options))
    if (required && !values.has(name)) throw usage(`${command}: --${name} is missing.`);
  return {
    positionals,
    option: (name) => values.get(name),
    required(name) {
      const value = values.get(name);
      if (value === undefined) throw new RangeError(`The syntax of ${command} does not require --${name}.`);
      return value;
    },
    flag: (name) => flags.has(name),
  };
}

/** A whole number from 1. */
export function countOf(command: string, name: string, value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  const number = /^[0-9]{1,9}$/.test(value) ? Number(value) : 0;
  if (number < 1) throw usage(`${command}: --${name} must be a whole number from 1.`);
  return number;
}

/** One of the allowed words. */
export function oneOf<T extends string>(
  command: string,
  name: string,
  value: string,
  allowed: readonly T[],
): T {
  const found = allowed.find((one) => one === value);
  if (found === undefined) throw usage(`${command}: --${name} must be one of ${allowed.join(', ')}.`);
  return found;
}
