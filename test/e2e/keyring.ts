import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';

const ask = promisify(execFile);
const MOST_STARTING_MS = 20_000;

export type Keyring = {
  /** Of programs that are to find the keyring. */
  readonly environment: Readonly<Record<string, string>>;
  /** Arguments of Electron that let it look for a keyring. */
  readonly arguments: readonly string[];
  /** Ends the keyring; another one, that knows nothing, takes its place. */
  replace(): Promise<void>;
  stop(): Promise<void>;
};

/** Starts a GNOME keyring, unlocked, on a message bus of its own. */
export async function startKeyring(): Promise<Keyring> {
  const folder = await mkdtemp(path.join(tmpdir(), 'keyring-'));
  const configuration = path.join(folder, 'bus.conf');
  await writeFile(configuration, configurationOf(folder));
  const bus = spawn('dbus-daemon', [`--config-file=${configuration}`, '--nofork', '--print-address'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const environment = {
    DBUS_SESSION_BUS_ADDRESS: (await says(bus)).trim(),
    // By these Chromium knows which keyring to look for.
    XDG_CURRENT_DESKTOP: 'GNOME',
    XDG_RUNTIME_DIR: folder,
  };
  // Playwright tells Electron not to look for a keyring.
  const looks = path.join(folder, 'looks.cjs');
  await writeFile(looks, "require('electron').app.commandLine.removeSwitch('password-store');");
  let daemon: ChildProcess;
  const unlock = async (data: string) => {
    daemon = spawn('gnome-keyring-daemon', ['--foreground', '--components=secrets', '--unlock'], {
      env: { ...process.env, ...environment, XDG_DATA_HOME: path.join(folder, data) },
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    daemon.stdin?.end('password of the keyring');
    await untilUnlocked({ ...process.env, ...environment });
  };
  const stop = async () => {
    await end(daemon);
    await end(bus);
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await unlock('first');
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    environment,
    arguments: ['-r', looks],
    async replace() {
      await end(daemon);
      await unlock('second');
    },
    stop,
  };
}

/** A bus that starts no service by itself, such as another keyring, which would stay locked. */
const configurationOf = (folder: string) =>
  `<busconfig><type>session</type><listen>unix:path=${folder}/bus</listen><policy context="default">` +
  '<allow send_destination="*"/><allow receive_sender="*"/><allow own="*"/></policy></busconfig>';

const says = (child: ChildProcess): Promise<string> =>
  new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`${child.spawnfile} ended with ${code}`)));
    child.stdout?.once('data', (data) => resolve(String(data)));
  });

/** Waits until the keyring has the collection that new secrets go to. */
async function untilUnlocked(env: NodeJS.ProcessEnv): Promise<void> {
  const service = 'org.freedesktop.secrets';
  const call = [`--dest=${service}`, '/org/freedesktop/secrets', 'org.freedesktop.Secret.Service.ReadAlias'];
  const end = Date.now() + MOST_STARTING_MS;
  for (;;) {
    const asked = ask('dbus-send', ['--session', '--print-reply', ...call, 'string:default'], { env });
    const answer = await asked.then(({ stdout }) => stdout, String);
    if (answer.includes('/collection/login')) return;
    if (Date.now() > end) throw new Error(`the keyring is not there: ${answer}`);
    await wait(100);
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill();
  await ended;
}
