// `npm start`: sets up, builds if needed and opens the workbench.
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import path from 'node:path';
import { readArguments, refuse } from './arguments.mjs';
import { findAppElectron } from './setup/app-electron.mjs';
import { root } from './setup/lock.mjs';
import { ensureNpm } from './setup/npm.mjs';
import { findProgram } from './setup/path.mjs';
import { onStop } from './stop.mjs';

const USAGE = 'npm start -- [--shell electron|web] [--no-open] [--port N] [--project FILE]';
const log = console.log;

// While it sets up and builds, there is nothing to wind up but what runs for that.
let stop = (signal) => process.exit(128 + constants.signals[signal]);
onStop((signal) => stop(signal));

try {
  await start(readOptions());
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}

function readOptions() {
  const { values } = readArguments(USAGE, {
    options: {
      shell: { type: 'string' },
      'no-open': { type: 'boolean' },
      port: { type: 'string' },
      project: { type: 'string' },
    },
  });
  const { shell, port = '0', project } = values;
  const open = !values['no-open'];
  if (shell !== undefined && shell !== 'electron' && shell !== 'web') {
    refuse(`--shell is electron or web, not ${JSON.stringify(shell)}`, USAGE);
  }
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) {
    refuse(`--port is a number from 0 to 65535, not ${JSON.stringify(port)}`, USAGE);
  }
  if (shell === 'electron' && (!open || values.port !== undefined)) {
    refuse('--no-open and --port go with --shell web', USAGE);
  }
  const webOnly = shell === 'web' || !open || values.port !== undefined;
  return { webOnly, insist: shell === 'electron', open, port, project: project && path.resolve(project) };
}

async function start(options) {
  await ensureNpm({ log });
  const { ensureBuilt } = await import('./bundle.mjs');
  await ensureBuilt({ log });
  const electron = options.webOnly ? null : await chooseElectron(options);
  const project = options.project ? ['--project', options.project] : [];
  if (electron !== null) {
    // Chromium refuses to run its sandbox for root.
    const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
    await runToEnd(electron, [...sandbox, root, ...project]);
  } else {
    const script = path.join(root, 'out', 'web', 'main.js');
    await runToEnd(
      process.execPath,
      [script, '--port', options.port, ...project],
      options.open ? openBrowser : undefined,
    );
  }
}

async function chooseElectron({ insist }) {
  if (!hasDisplay()) {
    log('There is no display for Electron here, so the workbench runs in the browser.');
    return null;
  }
  const electron = await findAppElectron({ log, insist });
  if (electron === null) log('Electron cannot be had here, so the workbench runs in the browser.');
  return electron;
}

function hasDisplay() {
  return process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

/**
 * Runs the shell until it ends, in a process group of its own: signals reach it once, through us. A shell that
 * ends on a signal of ours has ended well. It may watch the channel to us to notice our death.
 */
function runToEnd(command, args, onAddress) {
  const child = spawn(command, args, {
    cwd: root,
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  let told = '';
  child.stdout.on('data', (chunk) => {
    process.stdout.write(chunk);
    if (onAddress === undefined) return;
    told += chunk;
    const address = /^Workbench: (http:\S+)\n/m.exec(told)?.[1];
    if (address === undefined) return;
    onAddress(address);
    onAddress = undefined;
  });
  let asked = false;
  stop = (signal) => {
    asked = true;
    child.kill(signal);
  };
  return new Promise((resolve, reject) => {
    child.once('error', (error) => reject(new Error(`the workbench cannot be started: ${error.message}`)));
    child.once('exit', (code, signal) => {
      if (code !== 0 && !asked) process.exitCode = code ?? 1;
      if (signal !== null && !asked) console.error(`the workbench was ended by ${signal}`);
      resolve();
    });
  });
}

function openBrowser(address) {
  const opener = { darwin: 'open', win32: 'explorer' }[process.platform] ?? 'xdg-open';
  if (!hasDisplay() || findProgram(opener) === null) return;
  spawn(opener, [address], { stdio: 'ignore', detached: true }).unref();
}
