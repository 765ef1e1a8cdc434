import { readFileSync } from 'node:fs';
import path from 'node:path';

/** Rows read and kept, rows that left and cells changed by step, as text: of a run report of ours, or of a rival's own. */
export function outcomeOf(folder) {
  const report = JSON.parse(readFileSync(path.join(folder, 'report.json'), 'utf8'));
  const { read, kept, left, changed } = report.counts ?? report;
  // The job tells them beside its counts.
  const steps = report.steps ?? report.counts?.steps;
  if (!steps) return asText({ read, kept, left, changed });
  const gone = steps.map((one) => [one.step, one.filtered + one.rejected + one.merged]);
  const cells = steps.map((one) => [one.step, one.changedByColumn]);
  return asText({ read, kept, left: Object.fromEntries(gone), changed: Object.fromEntries(cells) });
}

/** Steps by which no row left, or that change no column, are left out. */
function asText({ read, kept, left, changed }) {
  const some = Object.entries(left).filter(([, rows]) => rows > 0);
  const cells = Object.entries(changed)
    .filter(([, columns]) => Object.keys(columns).length > 0)
    .map(([step, columns]) => [step, Object.fromEntries(Object.entries(columns).sort())]);
  return JSON.stringify({ read, kept, left: some, changed: cells });
}
