import type { GridRow } from './grid-row';

/** Width of a character of the grid's text on average, and of what stands around it, in pixels. */
const CHARACTER = 7.4;
const AROUND = 28;
const CHANGE = 40;
const [LEAST, MOST] = [128, 340];
/** Share of the rows that should fit whole, and of changed cells where those are few, up to a width. */
const FITTING = 0.9;
const FITTING_CHANGES = 0.5;
const MOST_FOR_CHANGES = 260;
/** A bold character of a header, and its menu with what stands around both. */
const HEADER_CHARACTER = 8;
const HEADER_AROUND = 50;

const at = (widths: readonly number[], share: number): number =>
  [...widths].sort((a, b) => a - b)[Math.floor(share * (widths.length - 1))] ?? LEAST;

/** Widths for columns after what some rows hold, within reason, in pixels. */
export function columnWidths(rows: readonly GridRow[]): { key: string; newWidth: number }[] {
  const names = rows[0]?.view.names ?? [];
  return names.map((key, i) => {
    const cells = rows.map(({ before, after }) => ({ old: before[i] ?? '', now: after[i] ?? '' }));
    const changed = cells
      .filter(({ old, now }) => old !== now)
      .map(({ old, now }) => (old.length + now.length) * CHARACTER + AROUND + CHANGE);
    const plain = cells
      .filter(({ old, now }) => old === now)
      .map(({ now }) => now.length * CHARACTER + AROUND);
    const wanted = Math.max(
      at([...plain, ...changed], FITTING),
      Math.min(MOST_FOR_CHANGES, at(changed, FITTING_CHANGES)),
      Math.min(MOST_FOR_CHANGES, key.length * HEADER_CHARACTER + HEADER_AROUND),
    );
    return { key, newWidth: Math.round(Math.min(MOST, Math.max(LEAST, wanted))) };
  });
}
