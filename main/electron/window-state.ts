import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type BrowserWindow, type Rectangle, screen } from 'electron';
import { z } from 'zod';

const stateSchema = z.strictObject({
  bounds: z.strictObject({ x: z.int(), y: z.int(), width: z.int().min(400), height: z.int().min(300) }),
  maximized: z.boolean(),
});
type WindowState = z.infer<typeof stateSchema>;

const DEFAULT_SIZE = { width: 1440, height: 900 };
// So much of the title line must be on a screen for the window to be taken hold of.
const HANDLE_PIXELS = 100;

/** Where the window was when it was last closed; a size alone where that is not known or no screen is there. */
export function readWindowState(folder: string): { bounds: Partial<Rectangle>; maximized: boolean } {
  const state = read(fileIn(folder));
  if (state === null) return { bounds: DEFAULT_SIZE, maximized: false };
  const { x, y, width, height } = state.bounds;
  const isOnScreen = screen
    .getAllDisplays()
    .some(
      ({ workArea: area }) =>
        x + HANDLE_PIXELS <= area.x + area.width &&
        x + width >= area.x + HANDLE_PIXELS &&
        y >= area.y &&
        y + HANDLE_PIXELS <= area.y + area.height,
    );
  return { bounds: isOnScreen ? state.bounds : { width, height }, maximized: state.maximized };
}

/** Notes the window's place when it closes. */
export function keepWindowState(window: BrowserWindow, folder: string): void {
  window.on('close', () => {
    const state: WindowState = { bounds: window.getNormalBounds(), maximized: window.isMaximized() };
    mkdirSync(folder, { recursive: true });
    writeFileSync(fileIn(folder), JSON.stringify(state));
  });
}

const fileIn = (folder: string) => path.join(folder, 'window.json');

/** Null also for a damaged file: it holds nothing worth a complaint. */
function read(file: string): WindowState | null {
  try {
    return stateSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return null;
  }
}
