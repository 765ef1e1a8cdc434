import type { CancelSignal } from './signal';

export type CellValue = string | number | bigint | boolean | null;
/** A result, column by column: `columns[i][row]`. */
export type ResultTable = {
  readonly names: readonly string[];
  readonly columns: readonly (readonly CellValue[])[];
  readonly rows: number;
};

/** A DuckDB that runs SQL; the same text means the same in all of them. */
export type Engine = {
  readonly kind: 'native' | 'wasm';
  /** The engine's own version, such as `v1.5.6`. */
  readonly version: string;
  /** Runs statements for their effect. A cancelled one throws a Fault `cancelled`. */
  execute(sql: string, signal?: CancelSignal): Promise<void>;
  /** Runs one query and reads all of its rows. Integers over 2^53 come as bigint. */
  query(sql: string, signal?: CancelSignal): Promise<ResultTable>;
  /** Creates or replaces a table of text columns from columns of values. */
  load(
    table: string,
    names: readonly string[],
    columns: readonly (readonly (string | null)[])[],
  ): Promise<void>;
  close(): Promise<void>;
};
