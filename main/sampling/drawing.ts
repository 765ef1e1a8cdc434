import type { DrawnHow } from '../../shared/contract/calls/source';
import type { FileSampling } from '../../shared/document/sampling';
import type { Scanned } from './scan';

/** What drawing came to, beside the rows in the table. */
export type Drawing = {
  readonly how: DrawnHow;
  readonly total: { readonly rows: number; readonly exact: boolean };
  readonly scanned: Scanned;
  /** Bytes read of the source. */
  readonly bytes: number;
  readonly parts: { readonly read: number; readonly of: number } | null;
  /** Partitions of which parts were read; left out where the source has none, or is read as a whole. */
  readonly partitions?: { readonly read: number; readonly of: number };
  /** The share of groups that were drawn. */
  readonly share: number | null;
  readonly matches: number | null;
  /** Whether the rows' numbers are known; else where the records begin, in bytes, row by row, if one file holds them. */
  readonly offsets: readonly number[] | 'unknown' | null;
};

export type Method<M extends FileSampling['method']> = Extract<FileSampling, { method: M }>;

export const plain = {
  parts: null,
  share: null,
  matches: null,
  offsets: null,
} as const;
