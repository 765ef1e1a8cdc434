import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createProjects, type Projects } from '../../../main/host/projects';

let folder: string;
let projects: Projects;
const nobody = { signal: new AbortController().signal, progress: () => {}, emit: () => {} };

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dh-projects-'));
  projects = createProjects(join(folder, 'home'));
});
afterEach(async () => {
  await projects.close();
  await rm(folder, { recursive: true, force: true });
});

const create = (name: string) =>
  projects.handlers['project.create']({ path: join(folder, `${name}.dhz`), name }, nobody);
const addSource = () =>
  projects.handlers['project.addSource'](
    { connection: 'local', path: '/c.csv', role: 'other', dialect: { format: 'parquet' } },
    nobody,
  );
const rename = (project: string, window: string, sequence: number, name: string) =>
  projects.handlers['project.edit'](
    { project, window, source: 'c', sequence, edit: { kind: 'rename', name } },
    nobody,
  );

test('a window’s edit never goes into rules that it does not show', async () => {
  const { path } = await create('one');
  await addSource();
  await rename(path, 'first', 1, 'a');
  await expect(rename(path, 'second', 1, 'b')).rejects.toMatchObject({ code: 'project.sequence' });
  await create('two');
  await addSource();
  await expect(rename(path, 'first', 1, 'c')).rejects.toMatchObject({ code: 'project.other' });
  expect(projects.source('c').ruleSet.name).toBe('c.csv');
});

test('a project where nothing can be written is a fault that names the place', async () => {
  await expect(
    projects.handlers['project.create']({ path: join(folder, 'none', 'p.dhz'), name: 'p' }, nobody),
  ).rejects.toMatchObject({ code: 'local.no-folder', message: expect.stringContaining('none/p.dhz') });
});

test('exported rules never replace a file, and leave none where they cannot be written', async () => {
  await create('one');
  await addSource();
  const path = join(folder, 'rules.json');
  const exporting = () => projects.handlers['project.exportRules']({ source: 'c', path }, nobody);
  await writeFile(path, 'mine');
  await expect(exporting()).rejects.toMatchObject({ code: 'file.exists', place: { path } });
  expect(await readFile(path, 'utf8')).toBe('mine');
  await rm(path);
  await exporting();
  expect(JSON.parse(await readFile(path, 'utf8'))).toMatchObject({ format: 'dataharmonize/ruleset' });
  expect((await readdir(folder)).filter((name) => name.endsWith('.part'))).toEqual([]);
});

test('joins are kept with the project, checked, and go with their sources', async () => {
  const { path } = await create('one');
  const { handlers } = projects;
  await addSource();
  const { project } = await addSource();
  const [a = '', b = ''] = project.sources.map((one) => one.id);
  const join = {
    from: { source: a, columns: ['x'] },
    to: { source: b, columns: ['y'] },
    cardinality: 'many-to-one' as const,
  };
  const added = await handlers['project.addJoin']({ join }, nobody);
  const [made] = added.project.joins;
  expect(made).toMatchObject(join);
  await expect(handlers['project.addJoin']({ join }, nobody)).rejects.toMatchObject({ code: 'project.join' });
  const elsewhere = { ...join, to: { source: 'z', columns: ['y'] } };
  await expect(handlers['project.addJoin']({ join: elsewhere }, nobody)).rejects.toMatchObject({
    code: 'project.join',
  });
  const uneven = { ...join, to: { source: b, columns: ['y', 'z'] } };
  await expect(handlers['project.addJoin']({ join: uneven }, nobody)).rejects.toMatchObject({
    code: 'project.join',
  });
  if (!made) throw new Error('There is no join.');

  await handlers['project.changeJoin']({ join: { ...made, cardinality: 'one-to-one' } }, nobody);
  await projects.close();
  const opened = await projects.open(path);
  expect(opened.project.joins).toEqual([{ ...made, cardinality: 'one-to-one' }]);
  await expect(handlers['project.removeJoin']({ join: 'none' }, nobody)).rejects.toMatchObject({
    code: 'project.join',
  });
  expect((await handlers['project.removeSource']({ source: b }, nobody)).project.joins).toEqual([]);
});

test('a project from before there were joins opens, with none', async () => {
  const path = join(folder, 'old.dhz');
  const old = { format: 'dataharmonize/project', version: 1, name: 'old', sources: [], ruleSets: {} };
  await writeFile(path, JSON.stringify(old));
  expect((await projects.open(path)).project.joins).toEqual([]);
});
