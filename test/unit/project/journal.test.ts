import { spawn } from 'node:child_process';
import {
  chmod,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createProjectFile, openProjectFile } from '../../../main/project/project-file';
import { emptyProject } from '../../../shared/document/project';
import { USUAL_SAMPLING } from '../../../shared/document/sampling';

/** Whole files that may still be written; the one after them fails. */
const writes = vi.hoisted(() => ({ left: Number.POSITIVE_INFINITY }));
vi.mock(import('../../../main/project/atomic-file'), async (load) => {
  const { writeAtomically } = await load();
  return {
    writeAtomically: async (file, content) => {
      if (--writes.left === 0) throw new Error('This write fails.');
      await writeAtomically(file, content);
    },
  };
});

let folder: string;
let path: string;
const step = (id: string) => ({
  id,
  operation: 'trim',
  version: 1,
  columns: ['name'],
  parameters: {},
  enabled: true,
  note: '',
  examples: [],
});
const source = {
  id: 'customers',
  name: 'customers',
  role: 'customers' as const,
  connection: 'local',
  path: '/c.csv',
  dialect: { format: 'parquet' as const },
  sampling: USUAL_SAMPLING,
};
const project = { ...emptyProject('p'), sources: [source] };

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dh-journal-'));
  path = join(folder, 'p.dhz');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function buildStream(): Promise<string> {
  const script = join(folder, 'stream.mjs');
  await build({
    entryPoints: [new URL('../../doubles/edit-stream.ts', import.meta.url).pathname],
    outfile: script,
    bundle: true,
    platform: 'node',
    format: 'esm',
    logLevel: 'silent',
  });
  return script;
}

const stepsOf = (file: { project: { ruleSets: Record<string, { steps: { id: string }[] }> } }) =>
  file.project.ruleSets.customers?.steps.map((one) => one.id) ?? [];

test('edits survive without a clean close, and a torn last line loses only itself', async () => {
  const file = await createProjectFile(path, project);
  await file.edit('customers', 1, { kind: 'insert-step', index: 0, step: step('a') });
  await file.edit('customers', 2, { kind: 'insert-step', index: 1, step: step('b') });
  await file.edit('customers', 2, { kind: 'insert-step', index: 1, step: step('b') });
  const journal = await readFile(`${path}.journal`, 'utf8');
  for (const cut of [0, 1, 5, 40]) {
    await rm(`${path}.lock`, { force: true });
    await writeFile(`${path}.journal`, journal.slice(0, journal.length - cut));
    const again = await openProjectFile(path);
    expect(stepsOf(again)).toEqual(cut === 0 ? ['a', 'b'] : ['a']);
    expect(again.recovered).toBe(cut === 0 ? 2 : 1);
    await again.edit('customers', 1, { kind: 'insert-step', index: 0, step: step('c') });
    await rm(`${path}.lock`, { force: true });
    expect(stepsOf(await openProjectFile(path))[0]).toBe('c');
  }
});

test('edits to what another program has overwritten are put aside, and that is told', async () => {
  const file = await createProjectFile(path, project);
  await file.edit('customers', 1, { kind: 'insert-step', index: 0, step: step('a') });
  await rm(`${path}.lock`);
  await writeFile(path, JSON.stringify({ ...project, name: 'theirs' }));
  const again = await openProjectFile(path);
  expect([again.project.name, stepsOf(again), again.recovered]).toEqual(['theirs', [], 0]);
  expect(await readFile(again.aside ?? '', 'utf8')).toContain('"id":"a"');
  await again.close();
  const third = await openProjectFile(path);
  expect(third.aside).toBeUndefined();
  await third.close();
});

test('damage in the middle of the journal is named, not skipped', async () => {
  const file = await createProjectFile(path, project);
  await file.edit('customers', 1, { kind: 'insert-step', index: 0, step: step('a') });
  await file.edit('customers', 2, { kind: 'insert-step', index: 1, step: step('b') });
  const lines = (await readFile(`${path}.journal`, 'utf8')).split('\n');
  await writeFile(`${path}.journal`, lines.with(1, lines[1]?.replace('trim', 'trix') ?? '').join('\n'));
  await rm(`${path}.lock`);
  await expect(openProjectFile(path)).rejects.toMatchObject({ code: 'journal.damaged', place: { row: 2 } });
});

test('a gap in the sequence is refused and a second window is kept out', async () => {
  const file = await createProjectFile(path, project);
  await expect(file.edit('customers', 2, { kind: 'rename', name: 'x' })).rejects.toMatchObject({
    code: 'project.sequence',
  });
  await writeFile(`${path}.lock`, '1');
  await expect(openProjectFile(path)).rejects.toMatchObject({ code: 'project.locked' });
  await file.close();
});

test('an edit of another window is not taken for the same one again', async () => {
  const file = await createProjectFile(path, project);
  await file.edit('customers', 1, { kind: 'insert-step', index: 0, step: step('a') }, 'one');
  await file.edit('customers', 1, { kind: 'insert-step', index: 0, step: step('a') }, 'one');
  const other = file.edit('customers', 1, { kind: 'insert-step', index: 0, step: step('b') }, 'other');
  await expect(other).rejects.toMatchObject({ code: 'project.sequence' });
  expect(stepsOf(file)).toEqual(['a']);
  await file.close();
});

test('a claim of another machine holds; one of a process that has ended does not', async () => {
  await (await createProjectFile(path, project)).close();
  await writeFile(`${path}.lock`, `${process.pid} another-machine`);
  await expect(openProjectFile(path)).rejects.toMatchObject({
    code: 'project.locked',
    advice: expect.stringContaining(`${path}.lock`),
  });
  await writeFile(`${path}.lock`, `4194999 ${hostname()}`);
  await (await openProjectFile(path)).close();
});

test('edits go on into new files where the old ones were removed, and are refused where nothing can be written', async () => {
  const file = await createProjectFile(path, project);
  await file.edit('customers', 1, { kind: 'insert-step', index: 0, step: step('a') });
  await rm(path);
  await rm(`${path}.journal`);
  await file.edit('customers', 2, { kind: 'insert-step', index: 1, step: step('b') });
  await rm(`${path}.lock`);
  expect(stepsOf(await openProjectFile(path))).toEqual(['a', 'b']);
  await rm(folder, { recursive: true });
  const third = file.edit('customers', 3, { kind: 'insert-step', index: 2, step: step('c') });
  await expect(third).rejects.toMatchObject({ code: 'local.no-folder', place: { path } });
  await mkdir(folder);
  await file.edit('customers', 3, { kind: 'insert-step', index: 2, step: step('c') });
  expect(stepsOf(await openProjectFile(path))).toEqual(['a', 'b', 'c']);
});

test('a project file keeps who may read it, and stays where a link leads', async () => {
  await (await createProjectFile(path, project)).close();
  await chmod(path, 0o664);
  const link = join(folder, 'link.dhz');
  await symlink(path, link);
  const file = await openProjectFile(link);
  await file.edit('customers', 1, { kind: 'insert-step', index: 0, step: step('a') });
  await file.close();
  expect((await stat(path)).mode & 0o777).toBe(0o664);
  expect((await lstat(link)).isSymbolicLink()).toBe(true);
  expect(await readFile(path, 'utf8')).toContain('"id": "a"');
});

test('whichever write fails, no edit that was answered is lost', async () => {
  for (let failing = 1, failed = true; failed; failing++) {
    await rm(folder, { recursive: true });
    await mkdir(folder);
    const file = await createProjectFile(path, project);
    const answered: string[] = [];
    writes.left = failing;
    // The program is killed two edits after the failure, before the next fold would mend what it left.
    for (let n = 1, after = 0; n <= 12 && after < 3; n++) {
      const edit = { kind: 'insert-step' as const, index: answered.length, step: step(`s${n}`) };
      await file.edit('customers', n, edit).then(() => answered.push(`s${n}`));
      // As when the journal has grown long.
      if (n % 4 === 0) await file.replace(file.project).catch(() => undefined);
      if (writes.left <= 0) after++;
    }
    failed = writes.left <= 0;
    writes.left = Number.POSITIVE_INFINITY;
    await rm(`${path}.lock`);
    const again = await openProjectFile(path);
    expect(stepsOf(again), `write ${failing}`).toEqual(answered);
    await again.close();
    expect(stepsOf(await openProjectFile(path)), `write ${failing}, after a close`).toEqual(answered);
    await rm(`${path}.lock`);
  }
});

test('a disk that is full in the midst of an edit loses only that edit', async () => {
  await (await createProjectFile(path, project)).close();
  const script = await buildStream();
  // A limit on the size of files: like a full disk, it lets a part of a write through.
  const child = spawn('bash', [
    '-c',
    `trap '' XFSZ; ulimit -f 7; exec "$@"`,
    ...['bash', process.execPath, script, path, '0'],
  ]);
  let [output, errors] = ['', ''];
  child.stdout.on('data', (chunk) => {
    output += chunk;
  });
  child.stderr.on('data', (chunk) => {
    errors += chunk;
  });
  await new Promise((done) => child.on('close', done));
  expect(errors).toContain('The disk that holds');
  const file = await openProjectFile(path);
  expect(stepsOf(file)).toEqual(JSON.parse(output.split('\n').at(-2) ?? ''));
  expect(file.recovered).toBeGreaterThan(10);
  await file.close();
});

test('a close folds the journal into the project file', async () => {
  const file = await createProjectFile(path, project);
  await file.edit('customers', 1, { kind: 'insert-step', index: 0, step: step('a') });
  await file.close();
  expect(await readdir(folder)).toEqual(['p.dhz', 'p.dhz.journal']);
  const again = await openProjectFile(path);
  expect([stepsOf(again), again.recovered]).toEqual([['a'], 0]);
  await again.close();
});

test('kill -9 while edits stream in loses at most the edit in flight', { timeout: 60_000 }, async () => {
  await (await createProjectFile(path, project)).close();
  const script = await buildStream();
  let before: string[] = [];
  for (let round = 0; round < 12; round++) {
    const child = spawn(process.execPath, [script, path, String(round * 10_000)], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    let output = '';
    child.stdout.on('data', (chunk) => {
      output += chunk;
      if (output.split('\n').length > 3 + round * 9) child.kill('SIGKILL');
    });
    await new Promise((done) => child.on('exit', done));
    const saved = output.split('\n').slice(0, -1);
    const last = saved.length === 0 ? before : (JSON.parse(saved.at(-1) ?? '[]') as string[]);
    const file = await openProjectFile(path);
    const found = stepsOf(file);
    // Either exactly what was answered last, or that and the one edit in flight.
    const added = found.at(-1) !== last.at(-1) && found.slice(0, -1).join() === last.join();
    const removed = found.join() === last.slice(1).join();
    expect(found.join() === last.join() || added || removed, `round ${round}: ${last} then ${found}`).toBe(
      true,
    );
    expect(file.recovered).toBeGreaterThan(0);
    await file.close();
    before = found;
  }
});
