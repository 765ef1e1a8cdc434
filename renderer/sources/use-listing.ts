import { useState } from 'react';
import { isFault } from '../../shared/contract/errors';
import type { Entry } from '../../shared/ports/connector';
import { useLoaded } from '../shell/use-call';
import { useWorkbench } from '../state/context';
import { fileAt, parentOf } from './paths';

/** How often a growing listing is shown anew, in milliseconds: a long one takes longer to put in order. */
const paceOf = (entries: number) => 200 + entries / 100;

export type Listing = {
  readonly status: 'loading' | 'ready' | 'failed';
  /** The folder that is listed; empty while it is not known. */
  readonly path: string;
  /** What has come so far, in the order in which it came. */
  readonly entries: readonly Entry[];
  readonly error: unknown;
  readonly reload: () => void;
  /** Keeps what has come, and asks for no more. */
  readonly stop: () => void;
  readonly stopped: boolean;
};

const NOTHING: readonly Entry[] = [];

/**
 * Lists a folder of a connection; null is where browsing begins. Entries are there as they come. The path of a file
 * lists its folder, and `onFile` is told the file.
 */
export function useListing(
  connection: string,
  folder: string | null,
  onFile: (entry: Entry) => void,
): Listing {
  const { host } = useWorkbench();
  const key = `${connection} ${folder ?? ''}`;
  const [partial, setPartial] = useState<{ key: string; path: string; entries: readonly Entry[] } | null>(
    null,
  );
  const [halt, setHalt] = useState<{ key: string; stop: () => void; stopped: boolean } | null>(null);

  const loaded = useLoaded(key, async (signal) => {
    setPartial(null);
    const controller = new AbortController();
    signal.addEventListener('abort', () => controller.abort());
    setHalt({
      key,
      stopped: false,
      stop: () => {
        controller.abort();
        setHalt({ key, stopped: true, stop: () => {} });
      },
    });
    const list = async (path: string) => {
      const entries: Entry[] = [];
      let shown = Date.now();
      const onProgress = (more: { entries: Entry[] }) => {
        for (const entry of more.entries) entries.push(entry);
        if (Date.now() - shown < paceOf(entries.length) || signal.aborted) return;
        shown = Date.now();
        setPartial({ key, path, entries: entries.slice() });
      };
      const task = host.call('files.list', { connection, path }, { signal: controller.signal, onProgress });
      // What has come until the steward stopped it is kept.
      await task.catch((error: unknown) => {
        if (signal.aborted || !controller.signal.aborted) throw error;
      });
      return { path, entries };
    };
    const path = folder ?? (await host.call('files.home', { connection }, { signal })).path;
    try {
      return await list(path);
    } catch (error) {
      const above = parentOf(path);
      if (above === null || !isFault(error, 'local.not-a-folder', 'hdfs.not-a-folder')) throw error;
      const found = await list(above);
      onFile(found.entries.find((entry) => entry.path === path) ?? fileAt(path));
      return found;
    }
  });
  const now = loaded.status === 'loading' && partial?.key === key ? partial : loaded.value;
  return {
    status: loaded.status,
    path: now?.path ?? folder ?? '',
    entries: now?.entries ?? NOTHING,
    error: loaded.status === 'failed' ? loaded.error : null,
    reload: loaded.reload,
    stop: () => halt?.stop(),
    stopped: halt?.key === key && halt.stopped,
  };
}
