import { Menu, type MenuItemConstructorOptions } from 'electron';

/** The menus of the system. The window has its own commands; these are the ones a page cannot have. */
export function setMenu(): void {
  const isMac = process.platform === 'darwin';
  const template: MenuItemConstructorOptions[] = [
    // Without it, copy and paste have no keys on a Mac.
    ...(isMac ? [{ role: 'appMenu' as const }, { role: 'editMenu' as const }] : []),
    {
      label: '&View',
      submenu: [
        { role: 'reload' },
        { role: 'toggleDevTools' },
        { type: 'separator' },
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { type: 'separator' },
        { role: 'togglefullscreen' },
      ],
    },
    { label: '&Window', submenu: [{ role: 'minimize' }, { role: isMac ? 'close' : 'quit' }] },
  ];
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}
