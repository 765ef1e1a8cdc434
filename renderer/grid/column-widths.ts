import type { GridRow } from './grid-row';

/** Width of a character of the grid's text on average, and of what stands around it, in pixels. */
const CHARACTER = 7.4;
const AROUND = 28;
const CHANGE = 40;
const [LEAST, MOST] = [112, 340];
/** The same of a heading, which has a menu beside it; a longer one is cut. */
const HEADING = { character: 8, around: 52, most: 220 };
/** Share of the rows that should fit whole. */
const FITTING = 0.9;

/** Widths for columns after what some rows hold, within reason, in pixels. */
export function columnWidths(rows: readonly GridRow[]): { key: string; newWidth: number }[] {
  const names = rows[0]?.view.names ?? [];
  return names.map((key, i) => {
    const widths = rows
      .map(({ before, after }) => {
        const [old, now] = [before[i] ?? '', after[i] ?? ''];
        return old === now
          ? now.length * CHARACTER + AROUND
          : (old.length + now.length) * CHARACTER + AROUND + CHANGE;
      })
      .sort((a, b) => a - b);
    const fitting = widths[Math.floor(FITTING * (widths.length - 1))] ?? LEAST;
    const heading = Math.min(HEADING.most, key.length * HEADING.character + HEADING.around);
    return { key, newWidth: Math.round(Math.min(MOST, Math.max(LEAST, heading, fitting))) };
  });
}
