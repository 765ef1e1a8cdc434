import type { Dirt } from './dirt';

/** A generated row and its dirt. */
export type SampleRow = {
  readonly id: string;
  readonly values: readonly (string | null)[];
  readonly dirt: readonly Dirt[];
};

/** Takes a row; answers its number in the table, from 1. */
export type Emit = {
  (row: SampleRow): number;
  /** Notes something of an earlier row that is known only now. */
  later(row: number, id: string, dirt: Dirt): void;
};

/** One table of the sample. */
export type SampleTable = {
  readonly name: 'customers' | 'transactions' | 'events';
  readonly file: string;
  readonly columns: readonly string[];
  /** How many ids were given out so far; a row that is there twice has one id. */
  readonly ids: number;
  /** Makes rows one by one. Memory does not grow with their number. */
  generate(rows: number, emit: Emit): Iterable<void>;
};
