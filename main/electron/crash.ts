import type { BrowserWindow } from 'electron';
import type { HostOptions } from '../host/host';

/** So many times a window comes back by itself; one that goes on crashing is left to the steward. */
const MOST_RELOADS = 3;

/** Loads the window anew when its process has crashed or was killed: the host, and what is saved, are still there. */
export function reloadAfterCrash({ webContents }: BrowserWindow, log: HostOptions['log']): void {
  let reloads = 0;
  webContents.on('render-process-gone', (_event, { reason }) => {
    log({ reference: '', call: 'window', error: reason, frames: [] });
    if (reason === 'clean-exit' || ++reloads > MOST_RELOADS) return;
    setImmediate(() => {
      if (!webContents.isDestroyed()) webContents.reload();
    });
  });
}
