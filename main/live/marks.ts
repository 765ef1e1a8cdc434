import type { Mark } from '../../shared/contract/calls/topics';

/** Different marks that are kept; those above are counted only. */
export const MOST_MARKS = 500;

type Seen = Pick<Mark, 'kind' | 'name' | 'shape'>;
type Place = Pick<Mark, 'partition' | 'offset'>;

/** What of a stream was not promised: each thing with its first message and how often it was seen. */
export type Marks = {
  /** `times`: how many messages have it; 1 unless told. */
  add(seen: Seen, place: Place, times?: number): void;
  /** Those that changed since they were last taken. */
  take(): Mark[];
  more(): number;
};

/** Makes an empty collection of marks; it never grows beyond `MOST_MARKS`. */
export function createMarks(): Marks {
  const marks = new Map<string, Mark>();
  const changed = new Set<string>();
  let more = 0;
  return {
    add(seen, { partition, offset }, times = 1) {
      const key = `${seen.kind} ${seen.name} ${seen.shape ?? ''}`;
      const known = marks.get(key);
      if (!known && marks.size >= MOST_MARKS) {
        more += times;
        return;
      }
      marks.set(
        key,
        known ? { ...known, count: known.count + times } : { ...seen, partition, offset, count: times },
      );
      changed.add(key);
    },
    take() {
      const taken = [...changed].flatMap((key) => marks.get(key) ?? []);
      changed.clear();
      return taken;
    },
    more: () => more,
  };
}
