import { Fault } from '../../shared/contract/errors';

const UNAFFECTED = 'Nothing was written.';

/** The fault for a cancelled call. */
export const cancelled = (): Fault =>
  new Fault({ code: 'cancelled', message: 'The work was cancelled.', unaffected: UNAFFECTED });

type Meaning = { code: string; test: RegExp; message: string; advice: string };

const MEANINGS: readonly Meaning[] = [
  {
    code: 'engine.disk-full',
    test: /no space left|disk quota|not enough (?:disk )?space|file too large|max_temp_directory_size/i,
    message: 'The disk is full.',
    advice: 'Free some space, or write to another disk, then run again.',
  },
  {
    code: 'engine.memory',
    test: /^Out of Memory|failed to allocate/i,
    message: 'The engine needs more memory than it may use.',
    advice: 'Allow it more memory, or run with fewer columns.',
  },
];

/** What DuckDB threw, as a fault. Its own words may hold cell values, so they travel only as the cause. */
export function engineFault(error: unknown): Fault {
  if (error instanceof Fault) return error;
  const words = error instanceof Error ? error.message : String(error);
  if (/^INTERRUPT/i.test(words)) return cancelled();
  const meaning = MEANINGS.find(({ test }) => test.test(words));
  const file = /write file "([^"]+)"/.exec(words)?.[1];
  return new Fault({
    code: meaning?.code ?? 'engine.failed',
    message:
      meaning?.message ?? `DuckDB failed (${/^[A-Za-z ]+ Error/.exec(words)?.[0] ?? 'unknown error'}).`,
    unaffected: UNAFFECTED,
    advice: meaning?.advice ?? 'Run it again; if it fails again, report it with the rule set.',
    ...(meaning?.code === 'engine.disk-full' && file !== undefined && { place: { file } }),
    cause: error,
  });
}
