import type { TopicSampling, TopicScan } from '../../shared/document/topic-sampling';
import type { CancelSignal } from '../../shared/ports/signal';
import type { Partition, Stretch, Topics } from '../../shared/ports/topics';

export type BoundedStretch = Stretch & { readonly end: bigint };

const lengthOf = ({ start, end }: BoundedStretch) => Number(end - start);

/**
 * Shares out messages among stretches: each gets an equal share as far as it has as many, and what some lack goes to
 * the others. Answers how many each gets.
 */
export function shareOut(lengths: readonly number[], rows: number): number[] {
  const shares = lengths.map(() => 0);
  let left = rows;
  let open = lengths.map((_, i) => i).filter((i) => (lengths[i] ?? 0) > 0);
  while (left > 0 && open.length > 0) {
    const each = Math.max(1, Math.floor(left / open.length));
    for (const i of open) {
      const more = Math.min(each, left, (lengths[i] ?? 0) - (shares[i] ?? 0));
      shares[i] = (shares[i] ?? 0) + more;
      left -= more;
    }
    open = open.filter((i) => (shares[i] ?? 0) < (lengths[i] ?? 0));
  }
  return shares;
}

/** What is asked for, as far as it is there; before it is cut down to a number of rows. */
async function wanted(
  topics: Topics,
  topic: string,
  sampling: TopicSampling,
  partitions: readonly Partition[],
  signal?: CancelSignal,
): Promise<BoundedStretch[]> {
  if (sampling.method === 'offsets') {
    return sampling.ranges.map(({ partition, start, end }) => ({
      partition,
      start: BigInt(start),
      end: BigInt(end),
    }));
  }
  const { partitions: chosen } = sampling;
  const all = partitions
    .filter(({ partition }) => chosen === undefined || chosen.includes(partition))
    .map(({ partition, earliest, latest }) => ({ partition, start: earliest, end: latest }));
  if (sampling.method === 'last') return all;
  const from = await topics.offsetsAt(topic, sampling.from, signal);
  const to = sampling.to === undefined ? null : await topics.offsetsAt(topic, sampling.to, signal);
  return all.map(({ partition, start, end }) => ({
    partition,
    start: from.get(partition) ?? start,
    end: to?.get(partition) ?? end,
  }));
}

/** The stretches of a topic that a sample consists of, at most as many offsets as rows are wanted. */
export async function stretchesOf(
  topics: Topics,
  topic: string,
  sampling: TopicSampling,
  partitions: readonly Partition[],
  signal?: CancelSignal,
): Promise<BoundedStretch[]> {
  const asked = (await wanted(topics, topic, sampling, partitions, signal)).filter(
    ({ start, end }) => start < end,
  );
  const shares = shareOut(asked.map(lengthOf), sampling.rows);
  return asked
    .map((one, i) => {
      const share = BigInt(shares[i] ?? 0);
      // The last messages are those before the end; of a time or a range, those from its start on.
      return sampling.method === 'last'
        ? { ...one, start: one.end - share }
        : { ...one, end: one.start + share };
    })
    .filter(({ start, end }) => start < end)
    .sort((a, b) => a.partition - b.partition);
}

/** The same as a way to draw, without a bound of its own. */
function drawnAs(scan: TopicScan): TopicSampling {
  const rows = Number.MAX_SAFE_INTEGER;
  const { isolation } = scan;
  switch (scan.method) {
    case 'all':
      return { method: 'last', isolation, rows };
    case 'last':
      return { method: 'last', isolation, rows: scan.rows };
    case 'time':
      return { ...scan, rows };
  }
}

/** The stretches of a topic that a scan reads, up to where the topic ends now. */
export async function stretchesOfScan(
  topics: Topics,
  topic: string,
  scan: TopicScan,
  signal?: CancelSignal,
): Promise<BoundedStretch[]> {
  const partitions = await topics.partitions(topic, signal);
  return stretchesOf(topics, topic, drawnAs(scan), partitions, signal);
}

/** Numbers as a call takes them. */
export const asDoubles = (numbers: readonly number[]) => new Uint8Array(Float64Array.from(numbers).buffer);
