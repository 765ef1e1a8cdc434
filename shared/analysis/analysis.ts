import type { z } from 'zod';
import type { SourceRole } from '../document/project';
import type { FormField } from '../operations/operation';

/** A column an analysis needs. `names` are the usual ones, to propose a column. */
export type ColumnRole = {
  readonly id: string;
  readonly title: string;
  readonly help: string;
  readonly optional: boolean;
  readonly names: readonly string[];
  /** The column of another input whose values these are: a key between the two tables tells it. */
  readonly refersTo?: { readonly input: string; readonly column: string };
};

/** A table an analysis needs. `role` is that of the sources which fit. */
export type InputRole = {
  readonly id: string;
  readonly title: string;
  readonly help: string;
  readonly optional: boolean;
  readonly role: SourceRole | null;
  readonly columns: readonly ColumnRole[];
};

/** The table and columns that play an input's roles: names as they are in DuckDB, not quoted. */
export type TableBinding = {
  readonly table: string;
  readonly columns: Readonly<Record<string, string>>;
};
export type Bindings = Readonly<Record<string, TableBinding | undefined>>;

/** A column of a result. A `date` is text in ISO form; `share` runs from 0 to 1. */
export type ResultColumn = {
  readonly name: string;
  readonly title: string;
  readonly type: 'text' | 'integer' | 'number' | 'share' | 'date' | 'flag';
};

/** How a result is best drawn, by the names of its columns. Rows are drawn in their order. */
export type Chart =
  | { readonly kind: 'bar'; readonly category: string; readonly value: string; readonly compare?: string }
  | { readonly kind: 'heatmap'; readonly x: string; readonly y: string; readonly value: string }
  | { readonly kind: 'flow'; readonly from: string; readonly to: string; readonly value: string };

export type ResultDefinition<Id extends string = string> = {
  readonly id: Id;
  readonly title: string;
  readonly description: string;
  readonly columns: readonly ResultColumn[];
  readonly chart: Chart | null;
};

/**
 * DuckDB statements of one run, free of extensions. `prepare` makes temporary tables whose names hold the run's,
 * `results` holds one query for each result, `dispose` drops what `prepare` made.
 */
export type Statements<Id extends string = string> = {
  readonly prepare: readonly string[];
  readonly results: Readonly<Record<Id, string>>;
  readonly dispose: readonly string[];
};

/** Sets two runs of one analysis side by side, such as before and after cleaning. Both must still be prepared. */
export type Comparison<Id extends string = string> = {
  readonly title: string;
  readonly results: readonly ResultDefinition<Id>[];
  statements(before: string, after: string): Readonly<Record<Id, string>>;
};

/** A ready analysis, as a definition: forms, documentation, SQL and charts all come from here. */
export type Analysis<P, Id extends string = string> = {
  readonly id: string;
  readonly version: number;
  readonly title: string;
  readonly summary: string;
  readonly documentation: string;
  readonly inputs: readonly InputRole[];
  readonly parameters: z.ZodType<P>;
  readonly form: readonly FormField[];
  readonly results: readonly ResultDefinition<Id>[];
  /** `name` is in the names of temporary tables: lower-case letters, digits and underscores. */
  statements(bindings: Bindings, parameters: P, name: string): Statements<Id>;
  readonly comparison: Comparison | null;
};

/** Declares an analysis, keeping the types of its parameters and results. */
export function analysis<P, const Id extends string>(definition: Analysis<P, Id>): Analysis<P, Id> {
  return Object.freeze(definition);
}
