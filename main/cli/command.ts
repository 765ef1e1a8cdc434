import type { Arguments, Syntax } from './arguments';

export type CommandContext = {
  readonly signal: AbortSignal;
  /** A message for the person at the terminal; goes to stderr. */
  tell(line: string): void;
  /** A line that replaces the one before, where stderr is a terminal; otherwise it is dropped. */
  progress(line: string): void;
};

/** What a command answers: text for stdout, or with --json one object; and lines for stderr if it failed. */
export type Answer = {
  readonly text: string;
  readonly json: unknown;
  readonly failed?: readonly string[];
};

export type Command = {
  readonly name: string;
  readonly does: string;
  readonly syntax: Syntax;
  run(args: Arguments, context: CommandContext): Promise<Answer>;
};
