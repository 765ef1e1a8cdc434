// The web shell's program: serves the workbench on loopback until it is told to stop.
import path from 'node:path';
import { parseArgs } from 'node:util';
import { isFault } from '../../shared/contract/errors';
import { createHost } from '../host/create';
import { dataFolder } from '../host/data-folder';
import type { Host } from '../host/host';
import { openLog } from '../host/log';
import { version } from '../host/version';
import { startWebShell, type WebShell } from './server';

const USAGE = 'usage: node out/web/main.js [--port N] [--project FILE]';

let host: Host | undefined;
let shell: WebShell | undefined;
let stopping = false;

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop(0));
// Whoever started us has gone.
process.on('disconnect', () => stop(0));
process.on('message', (message) => {
  if (message === 'reload') shell?.reload();
});

try {
  await start(readOptions());
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  if (isFault(error) && error.advice !== undefined) console.error(error.advice);
  await stop(isFault(error) ? 2 : 1);
}

function readOptions(): { port: number; project: string | undefined } {
  let values: { port?: string; project?: string };
  try {
    ({ values } = parseArgs({ options: { port: { type: 'string' }, project: { type: 'string' } } }));
  } catch (error) {
    return refuse((error as Error).message.split('. ')[0] ?? '');
  }
  const { port = '0', project } = values;
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) {
    return refuse(`--port is a number from 0 to 65535, not ${JSON.stringify(port)}`);
  }
  return { port: Number(port), project: project && path.resolve(project) };
}

function refuse(what: string): never {
  console.error(`${what}; ${USAGE}`);
  process.exit(2);
}

async function start({ port, project }: { port: number; project: string | undefined }): Promise<void> {
  const log = openLog(dataFolder());
  host = await createHost({ shell: 'web', version, log, ...(project !== undefined && { project }) });
  shell = await startWebShell(host, {
    port,
    folder: path.join(import.meta.dirname, '../renderer'),
    log,
    ...developing(),
  });
  if (!stopping) console.log(`Workbench: ${shell.address}`);
}

/** While developing, more is checked, and the address stays the same over restarts. */
function developing(): { checkOutputs: boolean; token?: string | undefined } {
  const { DATAHARMONIZE_DEV, DATAHARMONIZE_TOKEN } = process.env;
  return DATAHARMONIZE_DEV === '1'
    ? { checkOutputs: true, token: DATAHARMONIZE_TOKEN }
    : { checkOutputs: false };
}

/** A second call, as when Ctrl+C is pressed again, does not wait for the first. */
async function stop(code: number): Promise<void> {
  if (stopping) process.exit(code);
  stopping = true;
  try {
    await shell?.close();
    await host?.close();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  }
  process.exit(code);
}
