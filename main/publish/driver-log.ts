import type { CancelSignal } from '../../shared/ports/signal';
import { abortable } from '../http/abortable';

const MOST_BYTES = 64 * 1024;
const TIMEOUT_MS = 10_000;

/** The NodeManager's address of a log, from the address of the page that YARN names for it; null where it has none. */
export function logAddress(page: string): string | null {
  const found = /^(https?:\/\/[^/]+)\/node\/containerlogs\/(container_\w+)\//.exec(page);
  return found && `${found[1]}/ws/v1/node/containerlogs/${found[2]}/stderr?size=-${MOST_BYTES}`;
}

/** The lines of a log without what the NodeManager puts around it. */
export function logLines(text: string): readonly string[] {
  const begin = /^LogContents:\n/m.exec(text);
  const content = begin ? text.slice(begin.index + begin[0].length) : text;
  const end = content.search(/^End of LogType:/m);
  return (end < 0 ? content : content.slice(0, end)).trimEnd().split('\n');
}

/**
 * The end of what a job's driver printed, from the NodeManager it ran on; a line that says so where it can't be had:
 * containers' logs are moved or removed some time after they end, and may be kept from us. No credentials are sent.
 */
export async function readDriverLog(page: string, signal?: CancelSignal): Promise<readonly string[]> {
  const address = logAddress(page);
  if (address === null) return [`The driver’s log is at ${page}`];
  const stop = [AbortSignal.timeout(TIMEOUT_MS), abortable(signal)].filter((one) => one !== undefined);
  try {
    const answer = await fetch(address, { redirect: 'error', signal: AbortSignal.any(stop) });
    if (answer.ok && !answer.headers.get('content-type')?.startsWith('text/html'))
      return logLines(await answer.text());
    await answer.body?.cancel();
  } catch {
    if (signal?.aborted) throw signal.reason;
  }
  return [`The driver’s log cannot be fetched just now; it is at ${page}`];
}
