/** Bits well mixed: the finalizer of MurmurHash3. */
function mixed(bits: number): number {
  let x = bits;
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return (x ^ (x >>> 16)) >>> 0;
}

/** A number from 0 up to 1 for a seed and a number that may exceed 32 bits: always the same, and spread evenly. */
export function rankOf(seed: number, number: number): number {
  const [low, high] = [number >>> 0, Math.floor(number / 2 ** 32) >>> 0];
  const first = mixed(low ^ mixed((seed ^ 0x9e3779b9) + Math.imul(high, 0x27d4eb2f)));
  const second = mixed(first ^ mixed(low + 0x165667b1) ^ seed);
  return (first * 2 ** 21 + (second >>> 11)) / 2 ** 53;
}

/** Chooses rows of a source, one after another, without knowing how many there are. */
export type Reservoir = {
  /** Lets so many further rows pass. */
  advance(rows: number): void;
  /** Numbers of the rows that are chosen, from 1, in no order. */
  readonly chosen: readonly number[];
  copy(): Reservoir;
};

type State = { slots: number[]; passed: number; next: number; weight: number; drawn: number };

/**
 * A choice of `size` rows, each row being as likely as any other: Li's Algorithm L. What is chosen depends on the seed
 * and on the number of rows alone, not on how they come.
 */
export function reservoir(seed: number, size: number): Reservoir {
  const draw = (state: State) => Math.max(rankOf(seed, state.drawn++), 2 ** -53);
  const skip = (state: State) => {
    state.weight *= Math.exp(Math.log(draw(state)) / size);
    state.next += Math.floor(Math.log(draw(state)) / Math.log1p(-state.weight)) + 1;
  };
  const of = (state: State): Reservoir => ({
    get chosen() {
      return state.slots;
    },
    copy: () => of({ ...state, slots: [...state.slots] }),
    advance(rows) {
      const end = state.passed + rows;
      while (state.slots.length < size && state.passed < end) {
        state.slots.push(++state.passed);
        if (state.slots.length < size) continue;
        state.next = size;
        skip(state);
      }
      while (state.slots.length === size && state.next <= end) {
        state.slots[Math.floor(draw(state) * size)] = state.next;
        skip(state);
      }
      state.passed = end;
    },
  });
  return of({ slots: [], passed: 0, next: 0, weight: 1, drawn: 0 });
}
