import { type BrowserWindow, type IpcMainEvent, ipcMain } from 'electron';
import type { Contract, Emit, Handlers } from '../../shared/contract/define';
import { createServer } from '../../shared/rpc/server';
import type { HostOptions } from '../host/host';
import { CHANNEL } from './channel';
import { createIpcLine, type Line } from './ipc';
import { isOwnAddress } from './scheme';

export type Service<C extends Contract> = {
  contract: C;
  handlers: Handlers<C>;
  subscribe: (listener: Emit<C>) => () => void;
};

/** Serves the host's calls to the page in the window's main frame, and to nothing else. */
export function serveCalls<C extends Contract>(
  window: BrowserWindow,
  { contract, handlers, subscribe }: Service<C>,
  { log, checkOutputs }: { log: HostOptions['log']; checkOutputs: boolean },
): void {
  const { webContents } = window;
  let current: { document: string; line: Line } | null = null;

  function open(document: string): Line {
    const line = createIpcLine((message) => {
      if (!webContents.isDestroyed()) webContents.send(CHANNEL, document, message);
    });
    let unsubscribe = () => {};
    const server = createServer(line.transport, contract, handlers, {
      log,
      checkOutputs,
      onClose: () => unsubscribe(),
    });
    unsubscribe = subscribe(server.emit);
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
