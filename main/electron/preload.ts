// All that the window gets of Electron: one pair of functions that move messages.
import { contextBridge, ipcRenderer } from 'electron';
import { CHANNEL } from './channel';

// Tells this document's messages from those of the one before a reload.
const document = crypto.randomUUID();

contextBridge.exposeInMainWorld('hostBridge', {
  post: (message: unknown) => ipcRenderer.send(CHANNEL, document, message),
  listen: (listener: (message: unknown) => void) => {
    ipcRenderer.on(CHANNEL, (_event, to: unknown, message: unknown) => {
      if (to === document) listener(message);
    });
  },
});
