import type { z } from 'zod';
import type { PlanBuilder } from '../compile/builder';
import type { Fate } from '../compile/plan';

export type Scope = 'cell' | 'row' | 'group' | 'table';
export type Family =
  | 'Text'
  | 'Missing and mapped values'
  | 'People and contact'
  | 'Numbers and money'
  | 'Dates and times'
  | 'Columns'
  | 'Rows'
  | 'Privacy'
  | 'Checks';

/** When a field is shown: while the parameter `name` has, or holds, one of the values; or passes the test. */
export type FieldCondition = { readonly name: string } & (
  | { readonly values: readonly string[] }
  | { readonly holds: (value: string) => boolean }
);

/** One control of a step's form. `name` is the parameter it sets. */
export type FormField = {
  readonly name: string;
  readonly label: string;
  readonly help?: string;
  /** Shown only while another parameter has one of these values, or is what a test says. */
  readonly when?: FieldCondition;
} & (
  | {
      readonly control: 'choice';
      readonly choices: readonly { readonly value: string; readonly label: string }[];
    }
  | {
      readonly control:
        | 'text'
        | 'flag'
        | 'pattern'
        | 'region'
        /** UTC, a distance from it, or a named time zone. */
        | 'zone'
        /** The name of a secret key. */
        | 'key'
        | 'share'
        | 'conditions'
        | 'order'
        /** Columns in an order of their own. */
        | 'arrangement'
        | 'survivorship'
        /** Values with their variants, approved one by one. */
        | 'variants'
        /** Ways to bring rows together; points for columns; pairs of rows to decide. */
        | 'blocks'
        | 'comparisons'
        | 'review';
    }
  /** Any of these. */
  | {
      readonly control: 'choices';
      readonly choices: readonly { readonly value: string; readonly label: string }[];
    }
  /** A whole number. */
  | { readonly control: 'number'; readonly least?: number; readonly most?: number }
  /** A list of entries, each with these fields. */
  | {
      readonly control: 'entries';
      readonly fields: readonly {
        readonly name: string;
        readonly label: string;
        readonly control: 'text' | 'text-or-null' | 'column';
      }[];
    }
  /** A small table with names of columns: `{columns, rows}`. */
  | { readonly control: 'table' }
  /** A formula over columns; with errors at their place and completion. */
  | { readonly control: 'formula' }
  /** Several texts, one a line. */
  | { readonly control: 'texts' }
  | { readonly control: 'column'; readonly optional: boolean }
  | { readonly control: 'columns' }
);

/** A row after the step: its cells, or how it left. */
export type ExpectedRow = readonly (string | null)[] | { readonly left: Fate };

/** A worked example: documentation and conformance case at once. */
export type OperationExample = {
  readonly title: string;
  readonly columns: readonly string[];
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly header: readonly string[];
  readonly rows: readonly (readonly (string | null)[])[];
  /** Names of the columns after the step; unless told, the input's and then those the step adds. */
  readonly columnsAfter?: readonly string[];
  readonly expected: readonly ExpectedRow[];
  /** For each expected row the index of the row it came from; unless told, one comes from each. */
  readonly from?: readonly number[];
};

/** An example's rows beside what they become; a row is null where it is the same as in the line before. */
export const exampleLines = ({ rows, expected, from }: OperationExample) =>
  expected.map((after, i) => {
    const row = from?.[i] ?? i;
    return { before: from && from[i - 1] === row ? null : (rows[row] ?? []), after };
  });

/** Where an operation runs. */
export const ENGINES = ['wasm', 'native', 'spark'] as const;
export type EngineKind = (typeof ENGINES)[number];

/** What keeps an operation from running everywhere; what is left out is not restricted. */
export type Restrictions = {
  readonly engines?: readonly EngineKind[];
  /** Whether it runs in a stream; cell and row steps do unless told. */
  readonly streams?: boolean;
  /** Further limits, a sentence each. */
  readonly limits?: readonly string[];
};

/** A rule of the library. Form, documentation, conformance cases and capabilities all come from here. */
export type Operation<P> = {
  readonly id: string;
  readonly version: number;
  readonly title: string;
  /** Other words by which it is looked for. */
  readonly also?: string;
  readonly family: Family;
  readonly summary: string;
  readonly documentation: string;
  /** What a result depends on, unless `scopeOf` says otherwise. */
  readonly scope: Scope;
  /** What a result depends on with these parameters. */
  scopeOf?(parameters: P): Scope;
  /** Where the operation can't run, or not in full. Everywhere unless told. */
  readonly capabilities?: Restrictions;
  /** What the step does in a stream, in a sentence. */
  readonly stream: string;
  /** How many target columns a step takes. */
  readonly targets: { readonly least: number; readonly most: number };
  readonly parameters: z.ZodType<P>;
  /** What the parameters of a new step for a column begin with, where defaults alone are not valid. */
  begin?(column: string): Readonly<Record<string, unknown>>;
  readonly form: readonly FormField[];
  readonly examples: readonly OperationExample[];
  /** The step in words; `columns` are its targets. */
  sentence(parameters: P, columns: readonly string[]): string;
  /** Columns the parameters name besides the targets. */
  reads(parameters: P): readonly string[];
  rewrite(builder: PlanBuilder, parameters: P, columns: readonly string[]): void;
};

/** Declares an operation, keeping the type of its parameters. */
export function operation<P>(definition: Operation<P>): Operation<P> {
  return Object.freeze(definition);
}

/** Examples of a cell step on one column `value`: pairs of input and output, or how the row left. */
export function cellExamples(
  title: string,
  parameters: Readonly<Record<string, unknown>>,
  cells: readonly (readonly [input: string | null, output: string | null | { left: Fate }])[],
): OperationExample {
  return {
    title,
    columns: ['value'],
    parameters,
    header: ['value'],
    rows: cells.map(([input]) => [input]),
    expected: cells.map(([, output]) => (typeof output === 'object' && output !== null ? output : [output])),
  };
}

/** “a”, “b” and “c”. */
export function listColumns(columns: readonly string[]): string {
  if (columns.length <= 1) return columns[0] ?? 'no column';
  return `${columns.slice(0, -1).join(', ')} and ${columns.at(-1)}`;
}
