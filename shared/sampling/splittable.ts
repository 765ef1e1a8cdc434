import type { Dialect } from '../document/dialect';
import { COMPRESSION_LABELS, isText } from '../document/formats';

/**
 * Why rows from the middle of a source can't be had without reading all before them, as the end of a sentence; null
 * where they can: where every line feed ends a record of text, in Parquet, and between the markers of Avro.
 */
export function readThroughBecause(dialect: Dialect): string | null {
  if (!isText(dialect)) return null;
  if (dialect.compression !== 'none')
    return `what is compressed with ${COMPRESSION_LABELS[dialect.compression]} can’t be entered midway`;
  if (dialect.format === 'json') return 'a JSON document can’t be entered midway';
  if (dialect.encoding !== 'utf-8') return 'text of this encoding is read from its beginning';
  if (dialect.format === 'csv' && dialect.lineBreaks)
    return 'values may hold line breaks, so that a record can’t be told from the middle of a value';
  return null;
}

/** Whether records of text can be found from any place of a file: every line feed ends one. */
export const isSplittable = (dialect: Dialect): boolean =>
  isText(dialect) && readThroughBecause(dialect) === null;
