import type { Counts } from '../../shared/compile/measures';

const FATES = ['kept', 'filtered', 'rejected', 'merged'] as const;
type Fate = (typeof FATES)[number];

/** What the sample lets expect of a whole run. Counts only, never values. */
export type Forecast = {
  /** Rows of the sample, and those that steps added to them. */
  readonly sampleRows: number;
  /** Whether the sample was the whole source: then the forecast is exact. */
  readonly complete: boolean;
  readonly shares: Readonly<Record<Fate, number>>;
  /** Share of rows in which a step changes a cell of one column, by step id. */
  readonly changed: Readonly<Record<string, number>>;
  /** How many steps depend on rows outside the sample. */
  readonly open: number;
};

export type ScopedStep = { readonly scope: 'cell' | 'row' | 'group' | 'table' };

/** The forecast of a sample’s counts. */
export function forecastOf(counts: Counts, steps: readonly ScopedStep[], complete: boolean): Forecast {
  const rows = counts.read + counts.added;
  const share = (n: number) => (rows === 0 ? 0 : n / rows);
  return {
    sampleRows: rows,
    complete,
    shares: {
      kept: share(counts.kept),
      filtered: share(counts.filtered),
      rejected: share(counts.rejected),
      merged: share(counts.merged),
    },
    changed: Object.fromEntries(counts.steps.map((one) => [one.step, share(one.changedCells)])),
    open: steps.filter(({ scope }) => scope === 'group' || scope === 'table').length,
  };
}

const Z = 1.96;

/** 95 % interval of a share seen in n rows, after Wilson. */
export function interval(share: number, n: number): readonly [low: number, high: number] {
  if (n === 0) return [0, 1];
  const z2 = Z * Z;
  const centre = (share + z2 / (2 * n)) / (1 + z2 / n);
  const half = (Z * Math.sqrt((share * (1 - share)) / n + z2 / (4 * n * n))) / (1 + z2 / n);
  return [Math.max(0, centre - half), Math.min(1, centre + half)];
}

export type Reconciled = {
  readonly fate: Fate;
  readonly expected: readonly [low: number, high: number];
  readonly found: number;
  /** `open`: depends on rows outside the sample, so nothing was promised. */
  readonly verdict: 'as expected' | 'fewer than expected' | 'more than expected' | 'open';
};

/** A run’s counts beside what the sample let expect, in rows. */
export function reconcile(
  forecast: Forecast,
  counts: Pick<Counts, 'read' | 'added' | Fate>,
): readonly Reconciled[] {
  const rows = counts.read + counts.added;
  return FATES.map((fate) => {
    const found = counts[fate];
    const [low, high] = forecast.complete
      ? [forecast.shares[fate], forecast.shares[fate]]
      : interval(forecast.shares[fate], forecast.sampleRows);
    const expected = [Math.floor(low * rows), Math.ceil(high * rows)] as const;
    const open = !forecast.complete && forecast.open > 0 && (fate === 'merged' || fate === 'kept');
    const verdict = open
      ? 'open'
      : found < expected[0]
        ? 'fewer than expected'
        : found > expected[1]
          ? 'more than expected'
          : 'as expected';
    return { fate, expected, found, verdict };
  });
}

const key = (runId: string) => `dataharmonize.forecast.${runId}`;

/** Keeps a run’s forecast on this computer, until the run is compared with it. */
export function keepForecast(runId: string, forecast: Forecast): void {
  try {
    localStorage.setItem(key(runId), JSON.stringify(forecast));
  } catch {
    // Without storage there is no comparison; the run itself does not need it.
  }
}

/** The forecast kept for a run, or null. */
export function keptForecast(runId: string): Forecast | null {
  try {
    const text = localStorage.getItem(key(runId));
    return text === null ? null : (JSON.parse(text) as Forecast);
  } catch {
    return null;
  }
}
