import type { Random } from './random';

/** The last `size` things, of which one can be drawn. `onLeave` sees each that makes room for another. */
export type Recent<T> = {
  add(one: T): void;
  draw(random: Random): T | undefined;
  drain(): void;
};

export function createRecent<T>(size: number, onLeave: (one: T) => void = () => {}): Recent<T> {
  const kept: T[] = [];
  let at = 0;
  return {
    add(one) {
      const leaving = kept[at];
      if (leaving !== undefined) onLeave(leaving);
      kept[at] = one;
      at = (at + 1) % size;
    },
    draw: (random) => kept[random.below(kept.length)],
    drain() {
      for (let index = 0; index < kept.length; index++) onLeave(kept[(at + index) % kept.length] as T);
      kept.length = 0;
      at = 0;
    },
  };
}
