import type { z } from 'zod';
import type { Key } from './key';

export type Text = string | null;
export type Texts = readonly Text[];

/** A library whose version decides answers: its name here, and in the job, which checks it. */
export type LookupLibrary = { readonly name: string; readonly job: string; readonly version: string };

/** Answers one row: a text or null for each output, in order. The first input is never null. Never throws. */
export type AnswerFunction<O> = (inputs: Texts, options: O) => Texts;

/** Answers all rows at once, as columns. May throw a Fault. */
export type WholeFunction<O> = (inputs: readonly Texts[], options: O) => readonly Texts[];

/**
 * What no engine can compute in an expression: answered for each distinct row of inputs, by a pure function here and
 * by a Python module of the same name in the job. A row whose first input is null is not asked: all its answers are
 * null.
 */
export type LookupDefinition<In extends string = string, Out extends string = string, O = never> = {
  readonly id: string;
  /** What is answered, in one sentence. */
  readonly meaning: string;
  readonly inputs: readonly In[];
  readonly outputs: readonly Out[];
  readonly options: z.ZodType<O>;
  /** Takes microseconds and more: answered by workers, and answers are remembered. */
  readonly heavy: boolean;
  readonly library?: LookupLibrary;
  /** Where answers need a secret key: its name, and what proves which key is meant, if that is told. */
  readonly key?: (options: O) => { readonly name: string; readonly check: string | undefined };
  /** The function; what it needs is loaded only now. `key` is there for a lookup that needs one. */
  load(key: Key | null): Promise<AnswerFunction<O>>;
  /** Where an answer depends on all rows asked: the function to use in place of the other. */
  whole?(): Promise<WholeFunction<O>>;
  /** Options with which the conformance test asks for its corpus. */
  readonly samples: readonly O[];
};

/** Declares a lookup, keeping the names of its inputs and outputs and the type of its options. */
export function lookup<In extends string, Out extends string, O>(
  definition: LookupDefinition<In, Out, O>,
): LookupDefinition<In, Out, O> {
  return Object.freeze(definition);
}

/** Answers rows given as columns, as columns. */
export function answerColumns<O>(
  answer: AnswerFunction<O>,
  options: O,
  inputs: readonly Texts[],
  outputs: number,
): Text[][] {
  const rows = inputs[0]?.length ?? 0;
  const columns = Array.from({ length: outputs }, () => new Array<Text>(rows).fill(null));
  for (let row = 0; row < rows; row++) {
    const asked = inputs.map((column) => column[row] ?? null);
    if (asked[0] === null) continue;
    const answers = answer(asked, options);
    for (const [i, column] of columns.entries()) column[row] = answers[i] ?? null;
  }
  return columns;
}
