// `npm run dev`: the web shell on the current sources. What changes is built at once; a change of the host starts
// the shell anew on the same port, a change of the window has open windows load themselves anew.
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import path from 'node:path';
import esbuild from 'esbuild';
import { readArguments } from './arguments.mjs';
import { hostSettings, preloadSettings } from './bundle.mjs';
import { root } from './setup/lock.mjs';

const { values: options } = readArguments('npm run dev -- [--port N] [--project FILE]', {
  options: { port: { type: 'string', default: '4180' }, project: { type: 'string' } },
});
const program = path.join(root, 'out', 'web', 'main.js');
// Open windows find the restarted shell by the same address.
const token = randomBytes(24).toString('base64url');

let shell = null;
let starting = Promise.resolve();
/** Its files are there; while they are written anew, no shell can start on them. */
let windowIsBuilt = false;
let hostWaits = false;

/** Calls `done` after each build without errors. */
const whenBuilt = (done) => ({
  name: 'when-built',
  setup: (build) => build.onEnd(({ errors }) => (errors.length === 0 ? done() : undefined)),
});

const hosted = hostSettings();
const host = await esbuild.context({
  ...hosted,
  plugins: [...hosted.plugins, whenBuilt(() => restart('the host'))],
});
const preload = await esbuild.context(preloadSettings());
await Promise.all([host.watch(), preload.watch()]);

const vite = await import('vite');
const watcher = await vite.build({
  root: path.join(root, 'renderer'),
  logLevel: 'warn',
  mode: 'development',
  build: { watch: {}, minify: false, sourcemap: true },
});
watcher.on('event', ({ code, error, result }) => {
  result?.close();
  if (code === 'START') windowIsBuilt = false;
  if (code === 'ERROR') {
    console.error(error.message);
    // What was built before is still there.
    windowIsBuilt = shell !== null;
    if (windowIsBuilt && hostWaits) restart('the host');
  }
  if (code !== 'END') return;
  windowIsBuilt = true;
  if (shell === null || hostWaits) restart(hostWaits ? 'all' : 'the window');
  else {
    console.log(`${time()} the window is built`);
    shell.send('reload');
  }
});

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, stop);

function restart(what) {
  hostWaits = !windowIsBuilt;
  if (hostWaits) return;
  console.log(`${time()} ${what} is built`);
  starting = starting.then(async () => {
    await end();
    const project = options.project === undefined ? [] : ['--project', path.resolve(options.project)];
    const child = spawn(
      process.execPath,
      ['--enable-source-maps', program, '--port', options.port, ...project],
      {
        env: { ...process.env, DATAHARMONIZE_DEV: '1', DATAHARMONIZE_TOKEN: token },
        stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      },
    );
    shell = child;
    child.once('exit', (code) => {
      if (shell !== child) return;
      shell = null;
      if (code !== 0) console.error('the web shell ended; it starts again with the next change');
    });
  });
}

/** Ends the shell and waits until its port is free. */
function end() {
  const child = shell;
  shell = null;
  if (child === null || child.exitCode !== null) return;
  return new Promise((resolve) => {
    child.once('exit', resolve);
    child.kill('SIGTERM');
  });
}

async function stop() {
  await starting;
  await Promise.all([end(), host.dispose(), preload.dispose(), watcher.close()]);
  process.exit(0);
}

const time = () => new Date().toLocaleTimeString('en-GB');
