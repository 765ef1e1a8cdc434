import type { Assign } from './plan';
import { spark as quote } from './sql/quote';

const name = quote.identifier;

/** Bits of one column: a BIGINT without its sign. */
const BITS = 62;

type Bit = { readonly column: string; readonly bit: string };

/**
 * Marks of changed cells, as bits of columns `d0 … dn` computed as soon as both versions are there. So versions that
 * nothing else reads are dropped before rows are shuffled, sorted and kept, and a mark costs a bit.
 */
export class Changes {
  readonly #bits = new Map<number, Bit>();
  #awaited: { readonly action: number; readonly assign: Assign }[] = [];
  #ready: { readonly action: number; readonly assign: Assign }[] = [];
  #columns = 0;

  /** A new version of a column, by the plan's action of this index. */
  await(assign: Assign, action: number): void {
    if (assign.column !== null) this.#awaited.push({ action, assign });
  }

  /** These versions are there for what comes next. */
  see(ids: readonly string[]): void {
    this.#ready.push(...this.#awaited.filter(({ assign }) => ids.includes(assign.id)));
    this.#awaited = this.#awaited.filter(({ assign }) => !ids.includes(assign.id));
  }

  /** Whether there are marks to compute now. */
  get waiting(): boolean {
    return this.#ready.length > 0;
  }

  /** Columns with the marks that can be computed now. */
  take(): { readonly id: string; readonly sql: string }[] {
    const taken: { id: string; sql: string }[] = [];
    while (this.#ready.length > 0) {
      const id = `d${this.#columns++}`;
      const marks = this.#ready.splice(0, BITS).map(({ action, assign }, place) => {
        const bit = `${2n ** BigInt(place)}L`;
        this.#bits.set(action, { column: id, bit });
        const before = assign.from === null ? 'NULL' : name(assign.from);
        return `IF(${name(assign.id)} <=> ${before}, 0L, ${bit})`;
      });
      taken.push({ id, sql: marks.join(' | ') });
    }
    return taken;
  }

  /** SQL for whether an action changed a row's cell; never null. */
  by(action: number): string {
    const { column, bit } = this.#of(action);
    return `(${name(column)} & ${bit}) <> 0L`;
  }

  /** The columns that hold the marks. */
  get columns(): readonly string[] {
    return Array.from({ length: this.#columns }, (_, i) => `d${i}`);
  }

  #of(action: number): Bit {
    const found = this.#bits.get(action);
    if (!found) throw new RangeError(`No change of action ${action} is marked.`);
    return found;
  }
}
