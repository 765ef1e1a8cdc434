import { type BrowserWindow, type IpcMainEvent, ipcMain } from 'electron';
import { contract } from '../../shared/contract/contract';
import { createServer } from '../../shared/rpc/server';
import type { Host, HostOptions } from '../host/host';
import { CHANNEL } from './channel';
import { createIpcLine, type Line } from './ipc';
import { isOwnAddress } from './scheme';

/** Serves the host's calls to the page in the window's main frame, and to nothing else. */
export function serveCalls(
  window: BrowserWindow,
  host: Host,
  { log, checkOutputs }: { log: HostOptions['log']; checkOutputs: boolean },
): void {
  const { webContents } = window;
  let current: { document: string; line: Line } | null = null;

  function open(document: string): Line {
    const line = createIpcLine((message) => {
      if (!webContents.isDestroyed()) webContents.send(CHANNEL, document, message);
    });
    let unsubscribe = () => {};
    const server = createServer(line.transport, contract, host.handlers, {
      log,
      checkOutputs,
      onClose: () => unsubscribe(),
    });
    unsubscribe = host.subscribe(server.emit);
    return line;
  }

  function isOwnFrame({ sender, senderFrame }: IpcMainEvent): boolean {
    return sender === webContents && senderFrame === webContents.mainFrame && isOwnAddress(senderFrame.url);
  }

  ipcMain.on(CHANNEL, (event, document: unknown, message: unknown) => {
    if (!isOwnFrame(event) || typeof document !== 'string') {
      log({
        reference: '',
        call: 'connection',
        error: 'a message from a frame that is not ours',
        frames: [],
      });
      return;
    }
    if (current?.document !== document) {
      current?.line.close();
      current = { document, line: open(document) };
    }
    current.line.receive(message);
  });
  const end = () => {
    current?.line.close();
    current = null;
  };
  webContents.on('render-process-gone', end);
  webContents.on('destroyed', end);
}
