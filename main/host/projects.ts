import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { z } from 'zod';
import type { ProjectState, projectCalls } from '../../shared/contract/calls/project';
import type { AppContract } from '../../shared/contract/contract';
import type { Handlers } from '../../shared/contract/define';
import { Fault } from '../../shared/contract/errors';
import type { Join } from '../../shared/document/join';
import { emptyProject, type Project, parseRuleSet, type Source } from '../../shared/document/project';
import { emptyRuleSet, type RuleSet } from '../../shared/document/rule-set';
import { usualSampling } from '../../shared/document/sampling';
import { joinsWithout, withChangedJoin, withJoin, withoutJoin } from '../../shared/joins/edit';
import { writeFault } from '../connectors/local/faults';
import { abortable } from '../http/abortable';
import { createProjectFile, openProjectFile, type ProjectFile } from '../project/project-file';
import { generateSample } from '../sample/generate';
import { SAMPLE_PROJECT_FILE } from '../sample/project';
import { openStore } from './data-folder';

const MOST_RECENT = 12;
const recentSchema = z.array(z.strictObject({ path: z.string(), name: z.string(), opened: z.string() }));

/** The one project that is open, and the calls that change it. */
export type Projects = {
  readonly handlers: Pick<Handlers<AppContract>, keyof typeof projectCalls>;
  /** The open project's source with its rule set; a Fault when there is none. */
  source(id: string): { source: Source; ruleSet: RuleSet };
  /** A join of the open project; a Fault when there is none. */
  join(id: string): Join;
  /** A local path made absolute: those of the open project are relative to its file. */
  absolute(connection: string, path: string): string;
  open(path: string): Promise<ProjectState>;
  close(): Promise<void>;
};

const notOpen = () =>
  new Fault({
    code: 'project.none',
    message: 'No project is open.',
    unaffected: 'Nothing was changed.',
    advice: 'Open a project first.',
  });

const otherProject = (path: string) =>
  new Fault({
    code: 'project.other',
    message: `Another window has opened ${path} instead.`,
    unaffected: 'What was saved before is saved; this change is not.',
    advice: 'Load this window anew to go on with that project, or open this one again.',
  });

function withSource(project: Project, source: Source): Project {
  const ruleSet = { ...emptyRuleSet(source.name), source: source.dialect };
  return {
    ...project,
    sources: [...project.sources, source],
    ruleSets: { ...project.ruleSets, [source.id]: ruleSet },
  };
}

/** A source id that the project does not have yet, after the file's name. */
function sourceId(project: Project, path: string): string {
  const base = basename(path, extname(path)) || 'source';
  const taken = new Set(project.sources.map((one) => one.id));
  return taken.has(base) ? `${base}-${randomUUID().slice(0, 8)}` : base;
}

async function readRules(path: string): Promise<RuleSet> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new Fault({
      code: 'document.missing',
      message: `${path}: the file cannot be read.`,
      place: { file: path },
      unaffected: 'The rules are as they were.',
      advice: 'Choose another file.',
      cause,
    });
  });
  return parseRuleSet(text, path);
}

/** Keeps projects; settings and the sample live in `folder`. */
export function createProjects(folder: string): Projects {
  const recent = openStore(join(folder, 'recent.json'), recentSchema, []);
  let current: ProjectFile | null = null;

  const stateOf = (file: ProjectFile): ProjectState => ({
    path: file.path,
    project: file.project,
    recovered: file.recovered,
    ...(file.aside !== undefined && { aside: file.aside }),
    sequence: file.sequence,
  });
  const opened = (): ProjectFile => {
    if (current === null) throw notOpen();
    return current;
  };
  const close = async () => {
    const file = current;
    current = null;
    await file?.close();
  };
  const show = async (file: ProjectFile) => {
    current = file;
    const entry = { path: file.path, name: file.project.name, opened: new Date().toISOString() };
    const before = await recent.read().catch(() => []);
    const list = [entry, ...before.filter((one) => one.path !== file.path)].slice(0, MOST_RECENT);
    // A project opens without being remembered, too.
    await recent.write(list).catch(() => undefined);
    return stateOf(file);
  };
  const open = async (path: string) => {
    const absolute = resolve(path);
    if (current?.path === absolute) return stateOf(current);
    const next = await openProjectFile(absolute);
    await close();
    return show(next);
  };
  const change = async (edit: (project: Project) => Project) => {
    const file = opened();
    await file.replace(edit(file.project));
    return stateOf(file);
  };
  const absolute = (connection: string, path: string) =>
    connection === 'local' && current !== null ? resolve(dirname(current.path), path) : path;
  const sourceOf = (id: string) => {
    const { project } = opened();
    const source = project.sources.find((one) => one.id === id);
    if (source) {
      const located = { ...source, path: absolute(source.connection, source.path) };
      return { source: located, ruleSet: project.ruleSets[id] ?? emptyRuleSet(source.name) };
    }
    throw new Fault({
      code: 'project.no-source',
      message: `There is no source “${id}” in this project.`,
      unaffected: 'The project is as it was.',
      advice: 'Choose a source that is listed.',
    });
  };

  const joinOf = (id: string) => {
    const join = opened().project.joins.find((one) => one.id === id);
    if (join) return join;
    throw new Fault({
      code: 'project.join',
      message: `There is no join “${id}” in this project.`,
      unaffected: 'The project is as it was.',
      advice: 'Choose a key that is listed.',
    });
  };

  return {
    source: sourceOf,
    join: joinOf,
    absolute,
    open,
    close,
    handlers: {
      'project.current': async () => (current === null ? null : stateOf(current)),
      'project.recent': () => recent.read(),
      'project.openSample': async (_, { signal, progress }) => {
        const sample = join(folder, 'sample');
        const path = join(sample, SAMPLE_PROJECT_FILE);
        const made = await stat(path).catch(() => null);
        if (made === null) {
          await mkdir(sample, { recursive: true });
          await generateSample({ folder: sample, signal: abortable(signal), onProgress: progress });
        }
        return open(path);
      },
      'project.open': ({ path }) => open(path),
      'project.create': async ({ path, name }) => {
        const file = await createProjectFile(resolve(path), emptyProject(name));
        await close();
        return show(file);
      },
      'project.close': async () => {
        await close();
        return {};
      },
      'project.edit': async ({ project, window, source, sequence, edit }) => {
        const file = opened();
        if (file.path !== project) throw otherProject(file.path);
        await file.edit(source, sequence, edit, window);
        return { saved: new Date().toISOString() };
      },
      'project.addSource': ({ connection, path, name, role, dialect, sampling }) =>
        change((project) =>
          withSource(project, {
            id: sourceId(project, path),
            name: name ?? basename(path),
            role,
            connection,
            path,
            dialect,
            sampling: sampling ?? usualSampling(dialect),
          }),
        ),
      'project.setSampling': ({ source: id, sampling }) =>
        change((project) => {
          sourceOf(id);
          const sources = project.sources.map((one) => (one.id === id ? { ...one, sampling } : one));
          return { ...project, sources };
        }),
      'project.removeSource': ({ source }) =>
        change((project) => {
          sourceOf(source);
          const { [source]: _, ...ruleSets } = project.ruleSets;
          const sources = project.sources.filter((one) => one.id !== source);
          return { ...project, sources, ruleSets, joins: joinsWithout(project, source) };
        }),
      'project.addJoin': ({ join }) => change((project) => withJoin(project, randomUUID(), join)),
      'project.changeJoin': ({ join }) => change((project) => withChangedJoin(project, join)),
      'project.removeJoin': ({ join }) => change((project) => withoutJoin(project, join)),
      'project.importRules': async ({ source, path }) => {
        sourceOf(source);
        const ruleSet = await readRules(path);
        return change((project) => ({ ...project, ruleSets: { ...project.ruleSets, [source]: ruleSet } }));
      },
      'project.exportRules': async ({ source, path }) => {
        const { ruleSet } = sourceOf(source);
        await writeFile(path, `${JSON.stringify(ruleSet, null, 2)}\n`, { flag: 'wx' }).catch(
          async (error: NodeJS.ErrnoException) => {
            // A part of a rule set would be taken for broken rules.
            if (error.code !== 'EEXIST') await rm(path, { force: true });
            throw writeFault(error, path);
          },
        );
        return { path, ruleSet };
      },
    },
  };
}
