import { readFile, rename } from 'node:fs/promises';
import { Fault } from '../../shared/contract/errors';
import { applyEdit, type Edit } from '../../shared/document/edit';
import { type Project, parseProject } from '../../shared/document/project';
import { emptyRuleSet } from '../../shared/document/rule-set';
import { writeAtomically } from './atomic-file';
import {
  digest,
  entriesSince,
  type JournalEntry,
  type JournalWriter,
  journalHead,
  openJournal,
  readJournal,
} from './journal';
import { lockProject } from './lock';

/** Edits after which the journal is folded into the project file. */
const FOLD_AFTER = 500;

/** An open project: a snapshot file and, beside it, a journal of the edits since. */
export type ProjectFile = {
  readonly path: string;
  readonly project: Project;
  /** Edits found in the journal when the project was opened. */
  readonly recovered: number;
  /** Where edits were put aside that were made to another content of the file; see `recover`. */
  readonly aside: string | undefined;
  /** Sequence of the last edit since the project was opened. */
  readonly sequence: number;
  /**
   * Applies an edit and puts it on disk. `sequence` follows the last one; the same one again is answered alike.
   * @param by the window it comes from
   */
  edit(source: string, sequence: number, edit: Edit, by?: string): Promise<void>;
  /** Replaces the project and folds the journal. */
  replace(project: Project): Promise<void>;
  close(): Promise<void>;
};

const journalOf = (path: string) => `${path}.journal`;

function applied(project: Project, source: string, edit: Edit): Project {
  if (!project.sources.some((one) => one.id === source)) {
    throw new Fault({
      code: 'project.no-source',
      message: `There is no source “${source}” in this project.`,
      unaffected: 'The project is as it was.',
      advice: 'Choose a source that is listed.',
    });
  }
  const ruleSet = project.ruleSets[source] ?? emptyRuleSet(source);
  return { ...project, ruleSets: { ...project.ruleSets, [source]: applyEdit(ruleSet, edit).ruleSet } };
}

const serialise = (project: Project) => `${JSON.stringify(project, null, 2)}\n`;

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    throw new Fault({
      code: missing ? 'project.missing' : 'project.unreadable',
      message: missing ? `${path}: there is no such file.` : `${path}: the file cannot be read.`,
      place: { file: path },
      unaffected: 'Nothing was changed.',
      advice: 'Choose another project file.',
      cause: error,
    });
  }
}

type Recovered = {
  project: Project;
  entries: readonly JournalEntry[];
  length: number | null;
  aside?: string;
};

async function recover(path: string, snapshot: string): Promise<Recovered> {
  const project = parseProject(snapshot, path);
  const file = journalOf(path);
  const text = await readFile(file, 'utf8').catch(() => null);
  const journal = text === null ? null : readJournal(text, file);
  const base = digest(snapshot);
  if (journal === null) return { project, entries: [], length: null };
  const entries = entriesSince(journal, base);
  if (entries === null) {
    // Another program wrote the project file: the edits belong to what was there before and are kept aside.
    const aside = `${file}.${journal.base.slice(0, 8)}`;
    await rename(file, aside);
    return { project, entries: [], length: null, ...(journal.entries.length > 0 && { aside }) };
  }
  if (entries.length === 0) return { project, entries, length: null };
  const replayed = entries.reduce((state, { source, edit }) => applied(state, source, edit), project);
  return { project: replayed, entries, length: journal.length };
}

/** Writes a new project file with an empty journal; an existing file is not touched. */
export async function createProjectFile(path: string, project: Project): Promise<ProjectFile> {
  const exists = await readFile(path).then(
    () => true,
    () => false,
  );
  if (exists) {
    throw new Fault({
      code: 'project.exists',
      message: `${path}: there is already a file with this name.`,
      place: { file: path },
      unaffected: 'The file is as it was.',
      advice: 'Choose another name, or open the file.',
    });
  }
  await writeAtomically(path, serialise(project));
  return openProjectFile(path);
}

/** Opens a project and replays its journal. Throws a Fault naming the file and place of what is wrong. */
export async function openProjectFile(path: string): Promise<ProjectFile> {
  const snapshot = await readText(path);
  const release = await lockProject(path);
  try {
    const { project, entries, length, aside } = await recover(path, snapshot);
    if (length === null) await writeAtomically(journalOf(path), journalHead(digest(snapshot)));
    const journal = await openJournal(
      journalOf(path),
      length ?? Buffer.byteLength(journalHead(digest(snapshot))),
    );
    return keepProject({ path, project, recovered: entries, aside, journal, release });
  } catch (error) {
    await release();
    throw error;
  }
}

type Opened = {
  path: string;
  project: Project;
  recovered: readonly JournalEntry[];
  aside: string | undefined;
  journal: JournalWriter;
  release: () => Promise<void>;
};

function keepProject({
  path,
  project: opened,
  recovered,
  aside,
  journal: first,
  release,
}: Opened): ProjectFile {
  let project = opened;
  let journal = first;
  let journalled = recovered.length;
  let last = 0;
  let lastBy = '';
  let queue: Promise<unknown> = Promise.resolve();
  const inOrder = <T>(task: () => Promise<T>): Promise<T> => {
    const done = queue.then(task);
    queue = done.catch(() => undefined);
    return done;
  };
  const fold = async () => {
    const text = serialise(project);
    await journal.seal(digest(text));
    await writeAtomically(path, text);
    const head = journalHead(digest(text));
    await writeAtomically(journalOf(path), head);
    const before = journal;
    journal = await openJournal(journalOf(path), Buffer.byteLength(head));
    journalled = 0;
    await before.close();
  };
  return {
    path,
    get project() {
      return project;
    },
    recovered: recovered.length,
    aside,
    get sequence() {
      return last;
    },
    edit: (source, sequence, edit, by = '') =>
      inOrder(async () => {
        if (sequence === last && by === lastBy) return;
        if (sequence !== last + 1) {
          throw new Fault({
            code: 'project.sequence',
            message: 'The rules were changed in another window meanwhile.',
            unaffected: 'What the other window changed is saved; this change is not.',
            advice: 'Load this window anew to go on from there.',
          });
        }
        const next = applied(project, source, edit);
        // Edits in a file that nobody can find any more would be lost: both files are written anew.
        if (!(await journal.isThere())) await fold();
        await journal.append({ sequence: journalled + 1, source, edit });
        project = next;
        last = sequence;
        lastBy = by;
        journalled += 1;
        if (journalled >= FOLD_AFTER) await fold();
      }),
    replace: (next) =>
      inOrder(async () => {
        project = next;
        await fold();
      }),
    close: () =>
      inOrder(async () => {
        if (journalled > 0) await fold();
        await journal.close();
        await release();
      }),
  };
}
