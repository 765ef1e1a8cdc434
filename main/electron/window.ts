import path from 'node:path';
import { BrowserWindow, nativeTheme } from 'electron';
import { keepWindowState, readWindowState } from './window-state';

/** Makes the window, not yet loaded and not yet shown; it comes up when its page has something to show. */
export function createWindow(folder: string): BrowserWindow {
  const { bounds, maximized } = readWindowState(folder);
  const window = new BrowserWindow({
    ...bounds,
    minWidth: 900,
    minHeight: 600,
    show: false,
    autoHideMenuBar: true,
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#1b1c1f' : '#ffffff',
    webPreferences: {
      preload: path.join(import.meta.dirname, 'preload.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      // It would fetch dictionaries from elsewhere.
      spellcheck: false,
    },
  });
  keepWindowState(window, folder);
  window.once('ready-to-show', () => {
    if (maximized) window.maximize();
    window.show();
  });
  return window;
}
