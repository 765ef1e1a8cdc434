import { execFile } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { DuckDBInstance } from '@duckdb/node-api';
import { scratch } from './sample.mjs';

const execute = promisify(execFile);
const measure = path.join(import.meta.dirname, 'measure.py');

/**
 * @typedef {object} Contender
 * @property {string} name
 * @property {(folder: string) => string[]} command what to run; its results go to the folder
 * @property {(folder: string) => void} [prepare] before each round
 * @property {number} [rounds] at most so many
 */

/**
 * Runs whole processes in turns, so that all meet the same load.
 * @param {string} name of a folder for their results
 * @param {number} rounds
 * @param {Contender[]} contenders
 * @returns what each took, a round each (seconds; peak in MB), and the folder of its results
 */
export async function contest(name, rounds, contenders) {
  const folder = path.join(scratch, name);
  rmSync(folder, { recursive: true, force: true });
  const all = contenders.map((one, i) => ({ ...one, folder: path.join(folder, String(i)), taken: [] }));
  for (let round = 0; round < rounds; round++) {
    for (const one of all) {
      if (round >= (one.rounds ?? rounds)) continue;
      rmSync(one.folder, { recursive: true, force: true });
      mkdirSync(one.folder, { recursive: true });
      const { stdout, stderr } = await execute('python3', [measure, ...one.command(one.folder)], {
        maxBuffer: 2 ** 26,
        env: { ...process.env, ...one.env },
      });
      const { exit, ...figures } = JSON.parse(stdout);
      if (exit !== 0) throw new Error(`${one.name} ended with ${exit}: ${stderr.slice(-2000)}`);
      one.taken.push(figures);
      console.log(`${round + 1} ${one.name}: ${figures.elapsed.toFixed(1)} s`);
    }
  }
  return all;
}

export const round2 = (value) => Number(value.toFixed(2));

export function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  return round2(sorted[Math.floor(sorted.length / 2)]);
}

/** The columns of a result's row that every contest has. */
export const figuresOf = ({ taken }) => ({
  'seconds, median': median(taken.map(({ elapsed }) => elapsed)),
  'seconds, best': round2(Math.min(...taken.map(({ elapsed }) => elapsed))),
  'CPU seconds, median': median(taken.map(({ user, system }) => user + system)),
  'peak MB': Math.round(Math.max(...taken.map(({ peak }) => peak))),
});

/**
 * How many rows of two relations (SQL) are in one alone.
 * @returns {Promise<number>}
 */
export async function rowsUnlike(mine, theirs) {
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  const found = await connection.runAndReadAll(
    `SELECT count(*) FROM ((FROM ${mine} EXCEPT ALL FROM ${theirs}) UNION ALL (FROM ${theirs} EXCEPT ALL FROM ${mine}))`,
  );
  return Number(found.getRows()[0][0]);
}
