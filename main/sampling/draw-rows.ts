import { reservoir } from '../../shared/sampling/seeded';
import type { Drawing } from './drawing';
import type { DrawnTable } from './drawn-table';
import type { Piece } from './pieces';
import { type Scan, type Scanned, scan } from './scan';
import { partitionsOf } from './strata';

/** Pieces of which rows are drawn, and how many of each share. */
export type RowDrawing = {
  readonly seed: number;
  readonly shares: readonly number[];
  readonly pieces: AsyncIterable<Piece>;
  /** The share that a piece belongs to, by the rows scanned before it and its number, from 0. */
  shareOf(passed: number, piece: number): number;
};

/** Draws as many rows of each share as it says, each as likely as any other of it. */
export async function drawRows(
  job: Scan,
  table: DrawnTable,
  { seed, shares, pieces, shareOf }: RowDrawing,
): Promise<Scanned> {
  // By the row's place among those of its share that were scanned: its number in the source.
  const choices = shares.map((rows) => ({
    choice: rows > 0 ? reservoir(seed, rows) : null,
    passed: 0,
    numbers: new Map<number, number>(),
  }));
  let scanned = 0;
  return scan(job, pieces, async (piece) => {
    const own = choices[shareOf(piece.passed, scanned++)];
    if (!own?.choice) return true;
    const { choice, numbers, passed } = own;
    own.passed += piece.rows;
    choice.advance(piece.rows);
    const kept = new Set(choice.chosen);
    const mine = choice.chosen.filter((one) => one > passed);
    const gone = [...numbers].filter(([one]) => !kept.has(one));
    for (const [one] of gone) numbers.delete(one);
    for (const one of mine) numbers.set(one, one - passed + piece.before);
    await job.engine.load(
      'chosen',
      ['n'],
      [[...mine.map((one) => String(one - passed)), ...gone.map(([, number]) => String(-number))]],
    );
    if (gone.length > 0) await table.remove('n IN (SELECT -CAST(n AS BIGINT) FROM chosen)');
    await table.add(piece, { where: 'n IN (SELECT CAST(n AS BIGINT) FROM chosen)' }, job.signal);
    return true;
  });
}

/** Of how many partitions files were read, by the files' places among all. */
export function partitionsRead({ set }: Scan, files: readonly number[]): Pick<Drawing, 'partitions'> {
  const of = set && partitionsOf(set);
  if (!set || !of) return {};
  const read = files.flatMap((at) => set.files[at] ?? []);
  return { partitions: { read: partitionsOf({ ...set, files: read }) ?? 0, of } };
}
