import type { CancelSignal } from '../../shared/ports/signal';
import { abortable } from '../http/abortable';

const MOST_BYTES = 64 * 1024;
const TIMEOUT_MS = 10_000;

/** Spark's own words, then what the job printed: Spark sends both of Python's streams to the second. */
const FILES = ['stderr', 'stdout'];

/** The NodeManager's addresses of a log, from the address of the page that YARN names for it. */
export function logAddresses(page: string): readonly string[] {
  const found = /^(https?:\/\/[^/]+)\/node\/containerlogs\/(container_\w+)\//.exec(page);
  if (!found) return [];
  return FILES.map((file) => `${found[1]}/ws/v1/node/containerlogs/${found[2]}/${file}?size=-${MOST_BYTES}`);
}

/** The lines of a log without what the NodeManager puts around it. */
export function logLines(text: string): readonly string[] {
  const begin = /^LogContents:\n/m.exec(text);
  const content = begin ? text.slice(begin.index + begin[0].length) : text;
  const end = content.search(/^End of LogType:/m);
  const lines = (end < 0 ? content : content.slice(0, end)).trimEnd();
  return lines === '' ? [] : lines.split('\n');
}

/** A log, or null where it can't be had. */
async function fetchLog(address: string, signal: CancelSignal | undefined): Promise<string | null> {
  const stop = [AbortSignal.timeout(TIMEOUT_MS), abortable(signal)].filter((one) => one !== undefined);
  try {
    const answer = await fetch(address, { redirect: 'error', signal: AbortSignal.any(stop) });
    if (answer.ok && !answer.headers.get('content-type')?.startsWith('text/html')) return await answer.text();
    await answer.body?.cancel();
  } catch {
    if (signal?.aborted) throw signal.reason;
  }
  return null;
}

/**
 * The end of what a job's driver printed, at most `most` lines of each stream, from the NodeManager it ran on. A line
 * says so where it can't be had: containers' logs are moved or removed some time after they end, and may be kept from
 * us. No credentials are sent.
 */
export async function readDriverLog(
  page: string,
  most: number,
  signal?: CancelSignal,
): Promise<readonly string[]> {
  const logs = await Promise.all(logAddresses(page).map((address) => fetchLog(address, signal)));
  const lines = logs.flatMap((log) => (log === null ? [] : logLines(log).slice(-most)));
  return lines.length > 0 ? lines : [`The driver’s log cannot be fetched from here; it is at ${page}`];
}
