import type { CountedEffect } from './effect';
import type { Candidate, Suggestion } from './suggestion';

const grouped = new Intl.NumberFormat('en-GB');
const LONGEST = 40;

/** `2311` as `2,311`. */
export const figure = (n: number): string => grouped.format(n);

/** A value of the sample in quotation marks, cut where it is long. */
export function quoted(value: string): string {
  const points = [...value];
  return `“${points.length > LONGEST ? `${points.slice(0, LONGEST).join('')}…` : value}”`;
}

/** `a, b and c` */
export const listed = (parts: readonly string[]): string =>
  parts.length < 2 ? (parts[0] ?? '') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;

/** `31 cells`, `1 cell`. */
export const cellsOf = (n: number): string => `${figure(n)} ${n === 1 ? 'cell' : 'cells'}`;

/** Why a step is suggested: what is wrong, how much of it the step mends, and what it cannot mend. */
export function evidenceOf(
  { wrong, cannotBe = 'read' }: Candidate,
  { fixed, failed, left, failures }: CountedEffect,
  column: string,
  rows: number,
): string {
  if (left > 0) return `${figure(left)} of ${figure(rows)} rows ${wrong}; this step takes them out.`;
  const all = `${figure(fixed + failed)} of ${figure(rows)} ${column} cells ${wrong}`;
  if (failed === 0) return `${all}; this step mends ${fixed === 1 ? 'it' : 'all of them'}.`;
  const examples = failures.length === 0 ? '' : `, for example ${listed(failures.map(quoted))}`;
  return `${all}; ${figure(fixed)} would be after this step; ${figure(failed)} cannot be ${cannotBe}${examples}.`;
}

/** Why the same step is suggested for several columns; the counts of each. */
export function evidenceTogether(group: readonly Suggestion[]): string {
  const total = group.reduce((sum, one) => sum + one.fixed, 0);
  const each = group.map(({ about, fixed }) => `${about.join(', ')} ${figure(fixed)}`);
  return `${cellsOf(total)} in ${figure(group.length)} columns ${group[0]?.wrong ?? ''}; this step mends all of them: ${listed(each)}.`;
}
