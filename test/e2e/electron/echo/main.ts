// A program of the desktop shell's own parts, but with the echo contract instead of the host's.
import path from 'node:path';
import { app, session } from 'electron';
import { openAssets } from '../../../../main/assets/assets';
import { serveCalls } from '../../../../main/electron/calls';
import { HOME, registerScheme, serveFiles } from '../../../../main/electron/scheme';
import { createWindow } from '../../../../main/electron/window';
import type { Emit } from '../../../../shared/contract/define';
import { type EchoContract, echoContract } from './contract';

const listeners = new Set<Emit<EchoContract>>();
let waiting = 0;

registerScheme();
app.whenReady().then(async () => {
  serveFiles(session.defaultSession, openAssets(path.join(import.meta.dirname, 'page')));
  const window = createWindow(import.meta.dirname);
  serveCalls<EchoContract>(
    window,
    {
      contract: echoContract,
      handlers: {
        echo: async ({ value }) => ({ value }),
        reverse: async ({ part }) => ({ part: Uint8Array.from(part).reverse() }),
        count: async ({ to }, { progress }) => {
          for (let at = 1; at <= to; at++) progress(at);
          return to;
        },
        wait: (_input, { signal }) =>
          new Promise((_resolve, reject) => {
            waiting += 1;
            signal.addEventListener('abort', () => {
              waiting -= 1;
              reject(new Error('aborted'));
            });
          }),
        waiting: async () => waiting,
        announce: async ({ times }) => {
          for (let at = 0; at < times; at++) for (const listener of listeners) listener('tick', at);
        },
      },
      subscribe: (listener) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    },
    { log: (record) => console.error(JSON.stringify(record)), checkOutputs: true },
  );
  await window.loadURL(HOME);
});
