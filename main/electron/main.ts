// The desktop shell's program: one window, one host.
import path from 'node:path';
import { parseArgs } from 'node:util';
import { app, type BrowserWindow, dialog, session } from 'electron';
import { z } from 'zod';
import { contract } from '../../shared/contract/contract';
import { isFault } from '../../shared/contract/errors';
import { openAssets } from '../assets/assets';
import { createHost } from '../host/create';
import { dataFolder } from '../host/data-folder';
import type { Host } from '../host/host';
import { openLog } from '../host/log';
import { version } from '../host/version';
import { serveCalls } from './calls';
import { createChoosePath } from './choose-path';
import { reloadAfterCrash } from './crash';
import { denyPermissions, forbidLeaving } from './guard';
import { setMenu } from './menu';
import { HOME, registerScheme, serveFiles } from './scheme';
import { openVault } from './vault';
import { createWindow } from './window';

const folder = dataFolder();
let window: BrowserWindow | null = null;
let host: Host | null = null;
let quitting = false;
/** What another start of the program tells this one, which goes on in its place. */
const secondStart = z.object({ project: z.string().optional() }).catch({});

app.setPath('userData', path.join(folder, 'window'));
registerScheme();
forbidLeaving(app);
app.on('second-instance', (_event, _arguments, _folder, asked) => {
  showWindow();
  const { project } = secondStart.parse(asked);
  if (project !== undefined) host?.askForProject(project);
});
app.on('window-all-closed', () => app.quit());
app.on('will-quit', (event) => {
  if (host === null) return;
  event.preventDefault();
  finish();
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, quit);
// Whoever started us has gone.
process.on('disconnect', quit);

const asked = readProject();
if (app.requestSingleInstanceLock({ project: asked })) app.whenReady().then(start).catch(fail);
else {
  const there = asked === undefined ? 'its window is in front now' : `it opens ${asked} now`;
  console.error(`The workbench is already open; ${there}.`);
  app.quit();
}

async function start(): Promise<void> {
  const log = openLog(folder);
  const project = asked;
  const vault = openVault();
  host = await createHost({
    shell: 'electron',
    version,
    log,
    choosePath: createChoosePath(() => window),
    ...(project !== undefined && { project }),
    ...(vault !== undefined && { vault }),
  });
  if (quitting) return app.quit();
  setMenu();
  denyPermissions(session.defaultSession);
  serveFiles(session.defaultSession, openAssets(path.join(import.meta.dirname, '../renderer')));
  window = createWindow(folder);
  window.on('closed', () => {
    window = null;
  });
  serveCalls(window, { contract, ...host }, { log, checkOutputs: process.env.DATAHARMONIZE_DEV === '1' });
  reloadAfterCrash(window, log);
  let closing = false;
  window.on('close', () => {
    closing = true;
  });
  await window.loadURL(HOME).catch((error: unknown) => {
    if (!closing) throw error;
  });
}

/** Chromium's own switches stand among the arguments too. */
function readProject(): string | undefined {
  const { values } = parseArgs({
    args: process.argv.slice(1),
    strict: false,
    options: { project: { type: 'string' } },
  });
  return typeof values.project === 'string' ? path.resolve(values.project) : undefined;
}

function showWindow(): void {
  if (window?.isMinimized()) window.restore();
  window?.focus();
}

function quit(): void {
  if (quitting) app.exit(0);
  quitting = true;
  app.quit();
}

async function finish(): Promise<void> {
  const closing = host;
  host = null;
  try {
    await closing?.close();
    app.exit(0);
  } catch (error) {
    fail(error);
  }
}

function fail(error: unknown): void {
  const message = error instanceof Error ? error.message : String(error);
  const advice = isFault(error) ? (error.advice ?? '') : '';
  console.error(advice === '' ? message : `${message}\n${advice}`);
  if (app.isPackaged) dialog.showErrorBox(message, advice);
  app.exit(isFault(error) ? 2 : 1);
}
