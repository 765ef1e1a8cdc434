import { insteadOf } from '../../shared/columns/near-names';
import { parseArguments, syntaxLine, usage } from './arguments';
import type { Command } from './command';
import { check } from './commands/check';
import { compile } from './commands/compile';
import { operations } from './commands/operations';
import { preview } from './commands/preview';
import { profile } from './commands/profile';
import { run } from './commands/run';
import { suggest } from './commands/suggest';
import { verify } from './commands/verify';
import { errorJson, exitCodeOf, faultLines } from './faults';

export const commands: readonly Command[] = [
  run,
  preview,
  verify,
  check,
  profile,
  suggest,
  compile,
  operations,
];

export type Terminal = {
  stdout(text: string): void;
  stderr(text: string): void;
  readonly isTerminal: boolean;
  readonly signal: AbortSignal;
};

const help = () =>
  [
    'Usage: dataharmonize COMMAND …',
    '',
    ...commands.flatMap(({ name, does, syntax }) => [`  ${syntaxLine(name, syntax)}`, `      ${does}`]),
    '',
    'Exit codes: 0 done; 1 the run failed; 2 the arguments, the rules or the data are wrong.',
    '',
  ].join('\n');

/** What is done in the window alone. */
const IN_WINDOW = ['publish', 'runs', 'registry'];

const noCommand = (name: string) =>
  IN_WINDOW.includes(name)
    ? `the command line has no “${name}”: publish, and follow runs, in the window under Publish.`
    : `there is no command “${name}”; ${insteadOf(
        name,
        commands.map((one) => one.name),
        'commands',
      )}`;

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
      stdout(help());
      return 0;
    }
    if (name === undefined)
      throw usage(`a command is missing: ${commands.map((one) => one.name).join(', ')}.`);
    const command = commands.find((one) => one.name === name);
    if (!command) throw usage(noCommand(name));
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
