import type { ChartData } from './chart-data';
import type { SqlResult } from './run-sql';

export type ChartChoice = {
  readonly kind: 'bar' | 'line';
  readonly category: number;
  readonly value: number;
};

/** Bars past this many say nothing. */
export const MOST_BARS = 30;
const MOST_POINTS = 2_000;

const isTime = (type: string): boolean => /^(DATE|TIMESTAMP|TIME)/.test(type);

/** A first choice of chart for a result: names or times against the first number; null when nothing fits. */
export function proposeChart({ columns, rows }: SqlResult): ChartChoice | null {
  const value = columns.findIndex((column, i) => column.numeric && (i > 0 || columns.length === 1));
  if (value < 0 || rows < 2) return null;
  const named = columns.findIndex((column, i) => i !== value && !column.numeric);
  const category = named >= 0 ? named : columns.findIndex((_, i) => i !== value);
  if (category < 0) return null;
  const ordered = isTime(columns[category]?.type ?? '') || columns[category]?.numeric === true;
  return { kind: ordered && rows > 8 ? 'line' : 'bar', category, value };
}

/** The chart of a result; rows past what a chart can show are left out. */
export function sqlChart(result: SqlResult, { kind, category, value }: ChartChoice): ChartData {
  const rows = Math.min(result.rows, kind === 'bar' ? MOST_BARS : MOST_POINTS);
  const names = result.values[category]?.slice(0, rows) ?? [];
  const numbers = result.values[value]?.slice(0, rows) ?? [];
  return {
    kind,
    categories: names.map((name) => name ?? 'null'),
    series: [
      {
        name: result.columns[value]?.name ?? '',
        values: numbers.map((number) => (number === null ? null : Number(number))),
      },
    ],
  };
}
