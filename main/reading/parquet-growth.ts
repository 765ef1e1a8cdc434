import { duckdb as quote } from '../../shared/compile/sql/quote';
import type { CancelSignal } from '../../shared/ports/signal';
import type { NativeEngine } from '../engine/native';
import type { Leaf } from './columnar-text';
import type { InputFile } from './file';
import { fileFault } from './file-fault';

/** A file whose text is more than this many bytes must not hold this many times its own size. */
const HARMLESS = 1024 ** 3;
const MOST_GROWTH = 1000;
/** Larger files are not looked through: what they may hold is bounded by their size well enough. */
const LARGE = 16 * 1024 ** 2;

/**
 * Parquet keeps a value once that comes often, so that a thousand bytes can hold ten thousand million. Throws a Fault
 * (`source.bomb`) before any of it is written out. Values within lists are left to the engine's own limits.
 * @param read SQL of the file's rows, over which the leaves are expressions
 */
export async function assertHarmless(
  { path, named, fingerprint }: InputFile,
  engine: NativeEngine,
  leaves: readonly Leaf[],
  read: string,
  signal?: CancelSignal,
): Promise<void> {
  const most = Math.max(HARMLESS, fingerprint.bytes * MOST_GROWTH);
  const { columns } = await engine.query(
    // A cell is a byte at least in what is written of it; a value is no longer than all that its column holds.
    `SELECT coalesce(sum(num_values), 0), coalesce(sum(num_values * CAST(total_uncompressed_size AS DOUBLE)), 0)
FROM parquet_metadata(${quote.text(path)})`,
    signal,
  );
  const [cells, bound] = columns.map(([one]) => Number(one));
  const texts = leaves.filter(({ nested }) => !nested).map(({ sql }) => `strlen(${sql})`);
  let bytes = cells ?? 0;
  if (bytes <= most && (bound ?? 0) > most && fingerprint.bytes < LARGE && texts.length > 0) {
    // Only lengths are added up: values that come often are not copied for that.
    const sums = texts.map((one) => `coalesce(sum(${one}), 0)`).join(' + ');
    const found = await engine.query(`SELECT CAST(${sums} AS DOUBLE) FROM ${read}`, signal);
    bytes = Number(found.columns[0]?.[0] ?? 0);
  }
  if (bytes > most)
    throw fileFault(
      'source.bomb',
      named,
      `its cells hold more than ${MOST_GROWTH.toLocaleString('en-US')} times as much as the file.`,
      'Check that it is what it should be; if so, have it written without what comes again and again, or in several files.',
    );
}
