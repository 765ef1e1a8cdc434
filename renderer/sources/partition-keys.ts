import type { Entry } from '../../shared/ports/connector';
import { folderForm, isHidden } from '../../shared/sources/partitions';
import type { HostClient } from '../state/host';

const DEEPEST = 8;

/** The first entries of a folder: what comes in the first answer, without waiting for the rest. */
async function firstEntries(
  host: HostClient,
  place: { connection: string; path: string },
  signal: AbortSignal,
): Promise<readonly Entry[]> {
  const enough = new AbortController();
  const entries: Entry[] = [];
  const onProgress = (more: { entries: readonly Entry[] }) => {
    entries.push(...more.entries);
    enough.abort();
  };
  const both = AbortSignal.any([signal, enough.signal]);
  await host.call('files.list', place, { signal: both, onProgress }).catch((error: unknown) => {
    if (signal.aborted || !enough.signal.aborted) throw error;
  });
  return entries;
}

/** The keys of the partitions inside a partition, from the outside in, as its first ones have them. */
export async function innerKeys(
  host: HostClient,
  place: { connection: string; path: string },
  signal: AbortSignal,
): Promise<readonly string[]> {
  const keys: string[] = [];
  for (let path = place.path; keys.length < DEEPEST; ) {
    const entries = await firstEntries(host, { ...place, path }, signal);
    const form = folderForm(entries);
    const next = entries.find(({ name }) => !isHidden(name));
    if (form?.kind !== 'partitioned' || next === undefined) break;
    keys.push(form.key);
    path = next.path;
  }
  return keys;
}
