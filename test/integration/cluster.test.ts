import { spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { connectionSchema } from '../../shared/contract/calls/connections';
import { type Cluster, startCluster } from '../cluster/start.mjs';

const running: Cluster[] = [];

afterEach(async () => {
  vi.unstubAllEnvs();
  await Promise.all(running.splice(0).map((cluster) => cluster.stop()));
});

async function startHdfs(): Promise<Cluster> {
  const cluster = await startCluster({ yarn: false });
  running.push(cluster);
  return cluster;
}

test('two clusters run beside each other, and each leaves nothing when it stops', async () => {
  const [first, second] = await Promise.all([startHdfs(), startHdfs()]);
  for (const connection of first.connections) connectionSchema.parse(connection);
  expect(new URL(first.webhdfsUrl).port).not.toBe(new URL(second.webhdfsUrl).port);
  await makeFolder(first, '/data/here');
  expect(await exists(first, '/data/here')).toBe(true);
  expect(await exists(second, '/data/here')).toBe(false);
  expect(processesOf(first.directory)).not.toEqual([]);

  await first.stop();
  expect(processesOf(first.directory)).toEqual([]);
  expect(existsSync(first.directory)).toBe(false);
  expect(await exists(second, '/tmp')).toBe(true);
  await first.stop();
});

test("what runs in YARN's containers ends with the cluster", async () => {
  const cluster = await startCluster({ livy: false });
  running.push(cluster);
  await startInYarn(cluster, 'sleep 7531');
  await vi.waitUntil(() => commandLines().includes('sleep 7531'), { timeout: 60_000, interval: 200 });

  await cluster.stop();
  expect(commandLines()).not.toContain('sleep 7531');
  expect(processesOf(cluster.directory)).toEqual([]);
  expect(existsSync(cluster.directory)).toBe(false);
});

test('a cluster goes when its owner is killed', async () => {
  const owner = spawn(process.execPath, [
    '--input-type=module',
    '--eval',
    `const { startCluster } = await import(${JSON.stringify(path.resolve(import.meta.dirname, '../cluster/start.mjs'))});
     const { directory, webhdfsUrl } = await startCluster({ yarn: false });
     console.log(JSON.stringify({ directory, webhdfsUrl }));
     setInterval(() => {}, 1000);`,
  ]);
  const { directory, webhdfsUrl } = await firstLine(owner.stdout);
  expect((await fetch(`${webhdfsUrl}/?op=LISTSTATUS`)).status).toBe(200);

  owner.kill('SIGKILL');
  await vi.waitUntil(() => !existsSync(directory), { timeout: 30_000 });
  expect(processesOf(directory)).toEqual([]);
});

test('a cluster that does not start says why and leaves nothing', async () => {
  const before = clusterFolders();
  const home = mkdtempSync(path.join(tmpdir(), 'dataharmonize-test-'));
  mkdirSync(path.join(home, 'bin'));
  writeFileSync(path.join(home, 'bin', 'java'), '#!/bin/sh\necho no memory left >&2\nexit 1\n', {
    mode: 0o755,
  });
  vi.stubEnv('JAVA_HOME', home);
  await expect(startCluster({ yarn: false })).rejects.toThrow(/hadoop ended .*no memory left/s);
  rmSync(home, { recursive: true });
  expect(clusterFolders()).toEqual(before);
});

async function makeFolder({ webhdfsUrl, user }: Cluster, folder: string) {
  const answer = await fetch(`${webhdfsUrl}${folder}?op=MKDIRS&user.name=${user}`, { method: 'PUT' });
  expect(answer.status).toBe(200);
}

async function exists({ webhdfsUrl, user }: Cluster, file: string): Promise<boolean> {
  const { status } = await fetch(`${webhdfsUrl}${file}?op=GETFILESTATUS&user.name=${user}`);
  expect([200, 404]).toContain(status);
  return status === 200;
}

async function startInYarn({ yarnUrl, user }: Cluster, command: string) {
  const post = (call: string, body: object) =>
    fetch(`${yarnUrl}/ws/v1/cluster/${call}?user.name=${user}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const { 'application-id': id } = await (await post('apps/new-application', {})).json();
  const submitted = await post('apps', {
    'application-id': id,
    'application-name': 'a long sleep',
    'am-container-spec': { commands: { command } },
    resource: { memory: 128, vCores: 1 },
  });
  expect(submitted.status).toBe(202);
}

function commandLines(): string[] {
  return processFiles('cmdline').map(({ text }) => text.replaceAll('\0', ' ').trim());
}

/** Numbers of the processes whose command line or environment speaks of this folder. */
function processesOf(folder: string): number[] {
  const pids = [...processFiles('cmdline'), ...processFiles('environ')]
    .filter(({ pid, text }) => pid !== process.pid && text.includes(folder))
    .map(({ pid }) => pid);
  return [...new Set(pids)];
}

function processFiles(name: 'cmdline' | 'environ'): { pid: number; text: string }[] {
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .map((pid) => ({ pid: Number(pid), text: readOrEmpty(`/proc/${pid}/${name}`) }));
}

/** A process may end, or turn out to be another user's, while we look. */
function readOrEmpty(file: string): string {
  try {
    return readFileSync(file, 'latin1');
  } catch {
    return '';
  }
}

function clusterFolders(): string[] {
  return readdirSync(tmpdir()).filter((name) => name.startsWith('dataharmonize-cluster-'));
}

async function firstLine(stream: NodeJS.ReadableStream): Promise<{ directory: string; webhdfsUrl: string }> {
  let text = '';
  for await (const chunk of stream) {
    text += chunk;
    if (text.includes('\n')) break;
  }
  return JSON.parse(text);
}
