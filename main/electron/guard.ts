import type { App, Session } from 'electron';
import { isOwnAddress } from './scheme';

// Copying to the clipboard after a click or a key; reading it stays forbidden.
const PERMITTED = 'clipboard-sanitized-write';

/** Keeps every page where it is: no navigation but reloading, no further windows, no embedded pages. */
export function forbidLeaving(app: App): void {
  app.on('web-contents-created', (_created, contents) => {
    contents.on('will-frame-navigate', (event) => {
      const isReload = event.isMainFrame && isOwnAddress(event.url) && event.url === contents.getURL();
      if (!isReload) event.preventDefault();
    });
    contents.on('will-redirect', (event) => event.preventDefault());
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  });
}

/** Denies pages every permission but copying, and every device. */
export function denyPermissions(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, answer, { requestingUrl }) =>
    answer(permission === PERMITTED && isOwnAddress(requestingUrl)),
  );
  session.setPermissionCheckHandler(
    (_contents, permission, origin) => permission === PERMITTED && isOwnAddress(origin),
  );
  session.setDevicePermissionHandler(() => false);
}
