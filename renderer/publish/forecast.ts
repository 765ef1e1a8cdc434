import type { Counts } from '../../shared/compile/measures';
import type { Drawn, DrawnHow } from '../../shared/contract/calls/source';

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
  /** How the sample was drawn. Forecasts kept from before it was told are of first rows. */
  readonly how?: DrawnHow;
  /** How many independent draws the sample counts for: its rows, or the blocks they came from. */
  readonly draws?: number;
};

/** What a forecast must know of its sample. */
export type ForecastSample = {
  readonly complete: boolean;
  readonly drawn: Pick<Drawn, 'how' | 'parts'>;
  /** Steps by their index that look at groups of rows, all of which are whole in the sample. */
  readonly wholeGroups: ReadonlySet<number>;
};

export type ScopedStep = { readonly scope: 'cell' | 'row' | 'group' | 'table' };

const dependsOnOthers = ({ scope }: ScopedStep) => scope === 'group' || scope === 'table';

/** Rows of one block may be alike: only the blocks are sure to be independent of each other. */
function drawsOf(rows: number, { how, parts }: ForecastSample['drawn']): number {
  const inBlocks = how === 'random-blocks' || how === 'random-row-groups';
  return inBlocks && parts ? Math.min(rows, parts.read) : rows;
}

/** The forecast of a sample’s counts. */
export function forecastOf(
  counts: Counts,
  steps: readonly ScopedStep[],
  { complete, drawn, wholeGroups }: ForecastSample,
): Forecast {
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
    open: steps.filter((step, index) => dependsOnOthers(step) && !wholeGroups.has(index)).length,
    how: drawn.how,
    draws: drawsOf(rows, drawn),
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

/** The share of rows that a fate is expected to have: 0 to 1 where the sample tells nothing of the other rows. */
export const expectedShare = ({ shares, draws, sampleRows, how }: Forecast, fate: Fate) =>
  how === 'filtered' ? ([0, 1] as const) : interval(shares[fate], draws ?? sampleRows);

const isOpen = ({ open, how }: Forecast, fate: Fate) =>
  how === 'filtered' || (open > 0 && (fate === 'merged' || fate === 'kept'));

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
      : expectedShare(forecast, fate);
    const expected = [Math.floor(low * rows), Math.ceil(high * rows)] as const;
    const open = !forecast.complete && isOpen(forecast, fate);
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
