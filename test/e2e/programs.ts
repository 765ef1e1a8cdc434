import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import { type ElectronApplication, _electron as electron } from '@playwright/test';
import type { Keyring } from './keyring';

const root = path.resolve(import.meta.dirname, '../..');
const MOST_STARTING_MS = 60_000;

const environment = (home: string) => ({
  ...(process.env as Record<string, string>),
  DATAHARMONIZE_HOME: home,
  DATAHARMONIZE_DEV: '1',
});

export type Starting = {
  /** Of the program. */
  readonly arguments?: readonly string[];
  /** The keyring that it finds; none without. */
  readonly keyring?: Keyring;
};

/** Starts the workbench in Electron, with a data folder of its own. */
export const launch = (home: string, starting?: Starting): Promise<ElectronApplication> =>
  launchProgram(root, home, starting);

/** Starts the program at this place in Electron. */
export async function launchProgram(
  place: string,
  home: string,
  { arguments: more = [], keyring }: Starting = {},
): Promise<ElectronApplication> {
  // Chromium refuses to run its sandbox for root.
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return electron.launch({
    args: [...(keyring?.arguments ?? []), ...sandbox, place, ...more],
    env: { ...environment(home), ...keyring?.environment },
    timeout: MOST_STARTING_MS,
  });
}

export type WebProgram = { address: string; stop: () => Promise<void> };

/** Starts the workbench's web shell, with a data folder of its own. */
export async function serve(home: string, ...args: string[]): Promise<WebProgram> {
  const child = spawn(process.execPath, [path.join(root, 'out/web/main.js'), ...args], {
    env: environment(home),
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  return {
    address: await readAddress(child),
    stop: async () => {
      child.kill('SIGTERM');
      await exited;
    },
  };
}

function readAddress(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    child.stdout?.on('data', (chunk) => {
      text += chunk;
      const address = /^Workbench: (\S+)\n/.exec(text)?.[1];
      if (address !== undefined) resolve(address);
    });
    child.once('exit', (code) => reject(new Error(`the web shell ended with ${code}`)));
  });
}
