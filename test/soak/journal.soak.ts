import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { expect, test } from 'vitest';
import { createProjectFile, openProjectFile } from '../../main/project/project-file';
import { emptyProject } from '../../shared/document/project';
import { USUAL_SAMPLING } from '../../shared/document/sampling';
import { record } from '../bench/record.mjs';

const ROUNDS = Number(process.env.SOAK_ROUNDS ?? 200);
const MOST_EDITS = 150;
const source = {
  ...{ id: 'customers', name: 'customers', role: 'customers' as const, connection: 'local' },
  ...{ path: '/c.csv', dialect: { format: 'parquet' as const }, sampling: USUAL_SAMPLING },
};

test('kill -9 at any moment while edits stream in loses at most the edit in flight', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'dataharmonize-soak-'));
  const project = path.join(folder, 'p.dhz');
  const script = path.join(folder, 'stream.mjs');
  await build({
    entryPoints: [path.resolve(import.meta.dirname, '../doubles/edit-stream.ts')],
    ...{ outfile: script, bundle: true, platform: 'node', format: 'esm', logLevel: 'silent' },
  });
  await (await createProjectFile(project, { ...emptyProject('p'), sources: [source] })).close();
  let before: readonly string[] = [];
  const tally = { edits: 0, inFlightKept: 0, inFlightLost: 0, killedBeforeTheFirst: 0 };
  const since = performance.now();
  for (let round = 0; round < ROUNDS; round++) {
    const after = (round * 37) % MOST_EDITS;
    const answered = await streamUntilKilled(script, project, round, after);
    const last = answered.at(-1) ?? before;
    const file = await openProjectFile(project);
    const found = file.project.ruleSets.customers?.steps.map((one) => one.id) ?? [];
    const added = found.at(-1) !== last.at(-1) && found.slice(0, -1).join() === last.join();
    const removed = last.length > 20 && found.join() === last.slice(1).join();
    const same = found.join() === last.join();
    expect(same || added || removed, `round ${round}: ${last} then ${found}`).toBe(true);
    await file.close();
    before = found;
    tally.edits += answered.length;
    if (answered.length === 0) tally.killedBeforeTheFirst++;
    if (same) tally.inFlightLost++;
    else tally.inFlightKept++;
    if ((round + 1) % 20 === 0) console.log(`${round + 1} of ${ROUNDS} rounds, ${tally.edits} edits`);
  }
  await rm(folder, { recursive: true, force: true });
  record('soak', 'journal', {
    title: 'Killing the program while edits stream in',
    rows: [
      {
        'rounds, each ended by kill -9': ROUNDS,
        'edits answered': tally.edits,
        'answered edits lost': 0,
        'rounds whose edit in flight was kept': tally.inFlightKept,
        'rounds without a trace of it': tally.inFlightLost,
        'rounds killed before the first answer': tally.killedBeforeTheFirst,
        seconds: Math.round((performance.now() - since) / 1000),
      },
    ],
  });
});

/** Step ids after each edit that was answered before the program was killed. */
async function streamUntilKilled(script: string, project: string, round: number, after: number) {
  const child = spawn(process.execPath, [script, project, String(round * 10_000)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  let output = '';
  let asked = false;
  child.stdout.on('data', (chunk) => {
    output += chunk;
    if (asked || output.split('\n').length <= after) return;
    asked = true;
    // Some die at once, some a moment later, in the midst of another edit.
    setTimeout(() => child.kill('SIGKILL'), round % 7);
  });
  // Every fifth dies by the clock: while it starts, opens the project and folds the journal, or soon after.
  const early = setTimeout(() => child.kill('SIGKILL'), round % 5 === 4 ? 60 + ((round * 13) % 160) : 60_000);
  await new Promise((done) => child.once('close', done));
  clearTimeout(early);
  const lines = output.split('\n').slice(0, -1);
  return lines.map((line) => JSON.parse(line) as string[]);
}
