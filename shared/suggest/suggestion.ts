import type { Expression } from '../expression/expression';

/** What a detector finds out a column to be, or to hold. */
export type SuggestionKind =
  | 'email'
  | 'phone'
  | 'person-name'
  | 'country'
  | 'postal-code'
  | 'date'
  | 'timestamp'
  | 'number'
  | 'money'
  | 'identifier'
  | 'currency'
  | 'yes-no'
  | 'null-tokens'
  | 'letter-case'
  | 'near-duplicates'
  | 'white-space'
  | 'invisible'
  | 'duplicate-rows';

/** A step that a detector proposes. It is offered only if its operation is there and it mends something. */
export type Candidate = {
  readonly operation: string;
  readonly columns: readonly string[];
  /** As a new step would have them; what is left out is the operation's default. */
  readonly parameters: Readonly<Record<string, unknown>>;
  /** What is wrong with the cells it mends, after their number: `are not in E.164`. */
  readonly wrong: string;
  /** What a cell that it cannot mend cannot be: `parsed`. Only where the operation has `invalid`. */
  readonly cannotBe?: string;
  /** What speaks for this step and not another one, a sentence each. */
  readonly remarks?: readonly string[];
  /** Whether the same step for other columns becomes one step for all of them. */
  readonly together?: boolean;
};

/** What a step would do, counted over the sample as it is now. `before` and `after` are values of the sample. */
export type Effect = {
  /** Cells that the step changes; with `invalid: keep`, just what the preview counts. */
  readonly fixed: number;
  /** Cells that hold something and that the operation cannot convert. */
  readonly failed: number;
  /** Rows that leave. */
  readonly left: number;
  readonly examples: readonly { readonly before: string | null; readonly after: string | null }[];
  readonly failures: readonly string[];
};

/** A step with the evidence for it. */
export type Suggestion = Effect & {
  readonly kind: SuggestionKind;
  readonly operation: string;
  readonly version: number;
  readonly columns: readonly string[];
  readonly parameters: Readonly<Record<string, unknown>>;
  /** Columns it is offered for: its targets, or those its parameters name. */
  readonly about: readonly string[];
  /** What is wrong with the cells it mends, after their number. */
  readonly wrong: string;
  /** The step in words. */
  readonly sentence: string;
  /** Why, with its counts, in one sentence. */
  readonly evidence: string;
  readonly remarks: readonly string[];
  readonly together: boolean;
};

export type StepParts = Pick<Candidate, 'operation' | 'columns' | 'parameters'>;
export type Attempt = Pick<Effect, 'fixed' | 'failed'> & { readonly rows: number; readonly filled: number };

/** What a detector may ask of a column. Shares and counts are of rows; expressions are built from the primitives. */
export type Look = {
  readonly column: string;
  /** All columns of the sample, in order. */
  readonly columns: readonly string[];
  readonly rows: number;
  /** Rows that hold something: neither blank nor a placeholder. */
  readonly filled: number;
  /** Different values among them, white space at the ends apart. */
  readonly distinct: number;
  /** The cell, and the cell without white space at its ends, for expressions. */
  readonly value: Expression;
  readonly trimmed: Expression;
  /** Share of the filled rows for which a condition holds, judged by the most frequent values. */
  share(condition: Expression): Promise<number>;
  /** Filled rows for which each condition holds. */
  count<K extends string>(conditions: Readonly<Record<K, Expression>>): Promise<Readonly<Record<K, number>>>;
  /** Rows of any kind for which each condition holds. */
  countAll<K extends string>(
    conditions: Readonly<Record<K, Expression>>,
  ): Promise<Readonly<Record<K, number>>>;
  /** The most frequent filled values, trimmed, and the rows that hold them; only those that meet a condition. */
  frequent(
    most: number,
    where?: Expression,
  ): Promise<readonly { readonly value: string; readonly rows: number }[]>;
  /** What a step would do to the most frequent values, in rows; null where it cannot be had. */
  attempt(candidate: StepParts): Promise<Attempt | null>;
  /** Share of the filled rows that a step would accept, judged by the most frequent values; 0 where it cannot be had. */
  accepts(candidate: StepParts): Promise<number>;
  /** The same look at another column. */
  at(column: string): Promise<Look>;
};

/** Finds out what a column holds and which steps would mend it: one file a kind, and one line in the registry. */
export type Detector = {
  readonly kind: SuggestionKind;
  /** Operations it may propose; while none of them is there, it does not look. */
  readonly operations: readonly string[];
  detect(look: Look): Promise<readonly Candidate[]>;
};
