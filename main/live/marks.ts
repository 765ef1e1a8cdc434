import type { Mark } from '../../shared/contract/calls/topics';

/** Different marks that are kept; those above are counted only. */
export const MOST_MARKS = 500;

type Seen = Pick<Mark, 'kind' | 'name' | 'shape'>;
type Place = Pick<Mark, 'partition' | 'offset'>;

/** What of a stream was not promised: each thing with its first message and how often it was seen. */
export type Marks = {
  add(seen: Seen, place: Place): void;
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
    add(seen, { partition, offset }) {
      const key = `${seen.kind} ${seen.name} ${seen.shape ?? ''}`;
      const known = marks.get(key);
      if (!known && marks.size >= MOST_MARKS) {
        more++;
        return;
      }
      marks.set(key, known ? { ...known, count: known.count + 1 } : { ...seen, partition, offset, count: 1 });
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
