// Runs beside a cluster and outlives whoever started it: when its standard input ends, because the cluster was
// stopped or because its owner died in whatever way, it ends every process that carries the cluster's mark in
// its environment and removes the cluster's folder. Arguments: the mark, the folder.
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** The environment variable that every process of a cluster inherits, YARN's containers included. */
export const MARK = 'DATAHARMONIZE_CLUSTER';

const GRACE_MS = 2_000;
const PATIENCE_MS = 20_000;

/**
 * Numbers of the processes that carry the mark.
 * @param {string} mark
 * @returns {number[]}
 */
export function markedProcesses(mark) {
  const entry = `${MARK}=${mark}`;
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter((pid) => environment(pid).includes(entry))
    .map(Number);
}

function environment(pid) {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'latin1').split('\0');
  } catch {
    return []; // it has ended meanwhile, or is another user's
  }
}

async function endProcesses(mark) {
  const ended = new Set();
  const asked = Date.now();
  for (let pids = markedProcesses(mark); pids.length > 0; pids = markedProcesses(mark)) {
    const waited = Date.now() - asked;
    if (waited > PATIENCE_MS) throw new Error(`processes ${pids.join(', ')} do not end`);
    for (const pid of pids) {
      if (ended.has(pid) && waited < GRACE_MS) continue;
      ended.add(pid);
      signal(pid, waited < GRACE_MS ? 'SIGTERM' : 'SIGKILL');
    }
    await sleep(50);
  }
  return ended;
}

function signal(pid, name) {
  try {
    process.kill(pid, name);
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}

/** A JVM that is killed leaves its counters behind, in a folder that -Djava.io.tmpdir does not move. */
function removeJvmCounters(pids) {
  for (const folder of readdirSync(tmpdir()).filter((name) => name.startsWith('hsperfdata_'))) {
    for (const pid of pids) rmSync(path.join(tmpdir(), folder, String(pid)), { force: true });
  }
}

async function main([mark, folder]) {
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, () => {});
  for await (const _ of process.stdin);
  const pids = await endProcesses(mark);
  removeJvmCounters(pids);
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
}

if (process.argv[1] === import.meta.filename) await main(process.argv.slice(2));
