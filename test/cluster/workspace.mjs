import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { closeSync, existsSync, mkdirSync, mkdtempSync, openSync, readFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { javaHome } from '../../build/setup/cluster.mjs';
import { MARK } from './reaper.mjs';

/**
 * A cluster's folder and processes, all of which `close` removes; so does the death of this process.
 * @typedef {ReturnType<typeof openWorkspace>} Workspace
 */
export function openWorkspace() {
  if (process.platform !== 'linux') throw new Error('the test cluster runs on Linux only');
  const mark = randomUUID();
  const directory = mkdtempSync(path.join(tmpdir(), 'dataharmonize-cluster-'));
  for (const name of ['logs', 'tmp']) mkdirSync(path.join(directory, name));

  const reaper = spawn(process.execPath, [path.join(import.meta.dirname, 'reaper.mjs'), mark, directory], {
    detached: true,
    stdio: ['pipe', 'ignore', 'inherit'],
  });
  reaper.unref();
  reaper.stdin.unref();

  const home = javaHome();
  return {
    directory,
    mark,
    markName: MARK,
    user: userInfo().username,
    java: path.join(home, 'bin', 'java'),
    jvmFlags: [
      '-XX:+UseSerialGC',
      '-XX:TieredStopAtLevel=1',
      `-Djava.io.tmpdir=${path.join(directory, 'tmp')}`,
    ],

    /** Starts a process of the cluster, in a group of its own so that Ctrl+C does not reach it before us. */
    spawn(name, command, args, environment) {
      const logFile = path.join(directory, 'logs', `${name}.log`);
      const output = openSync(logFile, 'a');
      const child = spawn(command, args, {
        cwd: directory,
        detached: true,
        stdio: ['ignore', output, output],
        env: {
          ...inheritedEnvironment(),
          JAVA_HOME: home,
          TMPDIR: path.join(directory, 'tmp'),
          [MARK]: mark,
          ...environment,
        },
      });
      closeSync(output);
      child.unref();
      return watch(name, child, logFile);
    },

    async close() {
      if (reaper.exitCode !== null) return;
      const ended = once(reaper, 'exit');
      reaper.ref();
      reaper.stdin.end();
      const [code] = await ended;
      if (code !== 0 || existsSync(directory))
        throw new Error(`the test cluster left something in ${directory}`);
    },
  };
}

/** Settings of a Hadoop or Spark that the caller uses must not reach the cluster's own. */
function inheritedEnvironment() {
  return Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^(HADOOP|HDFS|YARN|LIVY|SPARK|PYSPARK|PYTHON|JAVA|JDK)_?/.test(name),
    ),
  );
}

function watch(name, child, logFile) {
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null;
  let failure;
  child.once('error', (error) => {
    failure = error;
  });
  return {
    pid: child.pid,

    /** Waits for a condition; fails when the process ends first or the time (ms) is up. */
    async until(condition, limit) {
      const deadline = Date.now() + limit;
      while (!(await condition())) {
        if (failure) throw new Error(`${name} cannot be started: ${failure.message}`);
        if (hasEnded())
          throw new Error(`${name} ended before it was ready; its last words:\n${tail(logFile)}`);
        if (Date.now() > deadline) {
          throw new Error(`${name} is not ready after ${limit / 1000} s; its last words:\n${tail(logFile)}`);
        }
        await sleep(50);
      }
    },

    async end(signal) {
      if (hasEnded()) return;
      const ended = once(child, 'exit');
      child.ref();
      child.kill(signal);
      await ended;
    },
  };
}

function tail(file) {
  return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-20).join('\n');
}
