import { insteadOf } from '../../shared/columns/near-names';
import { parseArguments, syntaxLine, usage } from './arguments';
import type { Command } from './command';
import { errorJson, exitCodeOf, faultLines } from './faults';

/** Each command is loaded with what it needs when it is asked for, which keeps the start of the others short. */
export const commands = {
  run: async () => (await import('./commands/run')).run,
  preview: async () => (await import('./commands/preview')).preview,
  verify: async () => (await import('./commands/verify')).verify,
  check: async () => (await import('./commands/check')).check,
  profile: async () => (await import('./commands/profile')).profile,
  suggest: async () => (await import('./commands/suggest')).suggest,
  compile: async () => (await import('./commands/compile')).compile,
  operations: async () => (await import('./commands/operations')).operations,
} satisfies Record<string, () => Promise<Command>>;

const names = Object.keys(commands);
const isCommand = (name: string): name is keyof typeof commands => Object.hasOwn(commands, name);

export type Terminal = {
  stdout(text: string): void;
  stderr(text: string): void;
  readonly isTerminal: boolean;
  readonly signal: AbortSignal;
};

async function help(): Promise<string> {
  const all = await Promise.all(Object.values(commands).map((load) => load()));
  return [
    'Usage: dataharmonize COMMAND …',
    '',
    ...all.flatMap(({ name, does, syntax }) => [`  ${syntaxLine(name, syntax)}`, `      ${does}`]),
    '',
    'Exit codes: 0 done; 1 the run failed; 2 the arguments, the rules or the data are wrong.',
    '',
  ].join('\n');
}

/** What is done in the window alone. */
const IN_WINDOW = ['publish', 'runs', 'registry'];

const noCommand = (name: string) =>
  IN_WINDOW.includes(name)
    ? `the command line has no “${name}”: publish, and follow runs, in the window under Publish.`
    : `there is no command “${name}”; ${insteadOf(name, names, 'commands')}`;

const CLEAR_LINE = '\r\u001b[K';

/** Runs one command line and answers its exit code. */
export async function runCli(argv: readonly string[], terminal: Terminal): Promise<0 | 1 | 2> {
  const { stdout, stderr, isTerminal, signal } = terminal;
  const [name, ...given] = argv;
  const json = given.includes('--json');
  let drawn = false;
  const clear = () => {
    if (drawn) stderr(CLEAR_LINE);
    drawn = false;
  };
  const asJson = (value: unknown) => stdout(`${JSON.stringify(value)}\n`);
  try {
    if (name === '--help' || name === '-h' || name === 'help') {
      stdout(await help());
      return 0;
    }
    if (name === undefined) throw usage(`a command is missing: ${names.join(', ')}.`);
    if (!isCommand(name)) throw usage(noCommand(name));
    const command = await commands[name]();
    if (given.includes('--help') || given.includes('-h')) {
      stdout(`${syntaxLine(name, command.syntax)}\n    ${command.does}\n`);
      return 0;
    }
    const answer = await command.run(parseArguments(name, command.syntax, given), {
      signal,
      tell: (line) => {
        clear();
        stderr(`${line}\n`);
      },
      progress: (line) => {
        if (!isTerminal) return;
        drawn = true;
        stderr(`${CLEAR_LINE}${line}`);
      },
    });
    clear();
    if (json) asJson(answer.json);
    else if (answer.text !== '') stdout(`${answer.text}\n`);
    for (const line of answer.failed ?? []) stderr(`${line}\n`);
    return answer.failed ? 1 : 0;
  } catch (error) {
    clear();
    if (json) asJson(errorJson(error));
    for (const line of faultLines(error)) stderr(`${line}\n`);
    return exitCodeOf(error);
  }
}
