import { setTimeout as pause } from 'node:timers/promises';
import { type Fault, isFault } from '../../shared/contract/errors';
import type { Publisher, RunOnCluster, Sighting } from '../../shared/ports/publisher';
import { PATIENCE_MS } from './judge';

const unknownYet = (runId: string): RunOnCluster => ({ runId, batch: null, applicationId: null });

type Following = {
  readonly pollMs: number;
  readonly lost: () => Fault;
  readonly signal: AbortSignal;
  /** Told what the run does, where the job says. */
  readonly doing?: (words: string) => void;
};

/**
 * Follows a run until it has ended. A cluster that does not answer, or does not know the run, is given time; then its
 * own fault, or `lost`, is thrown.
 */
export async function untilEnded(
  publisher: Publisher,
  runId: string,
  { pollMs, lost, signal, doing }: Following,
): Promise<void> {
  let [seen, sure] = [unknownYet(runId), Date.now()];
  for (;;) {
    const sighting: Sighting | Fault = await publisher.look(seen, signal).catch((error: unknown) => {
      if (!isFault(error)) throw error;
      return error;
    });
    if (isFault(sighting)) {
      if (Date.now() - sure > PATIENCE_MS) throw sighting;
    } else if (sighting.state === 'ended') return;
    else if (sighting.state !== 'absent') {
      sure = Date.now();
      if (sighting.doing !== null) doing?.(sighting.doing);
      seen = { ...seen, batch: sighting.batch, applicationId: sighting.applicationId };
    } else if (Date.now() - sure > PATIENCE_MS) throw lost();
    await pause(pollMs, undefined, { signal });
  }
}

/** Makes sure that a run whose result nobody waits for is over, as far as the cluster lets. */
export async function giveUp(publisher: Publisher, runId: string, pollMs: number): Promise<boolean> {
  const run = unknownYet(runId);
  await publisher.stop(run);
  for (const until = Date.now() + 15 * pollMs; Date.now() < until; await pause(pollMs))
    if (['ended', 'absent'].includes((await publisher.look(run)).state)) return true;
  return false;
}
