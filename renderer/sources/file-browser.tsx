import { type FormEvent, type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { isFault } from '../../shared/contract/errors';
import type { Entry } from '../../shared/ports/connector';
import { FaultNotice } from '../shell/fault-notice';
import { useLoaded } from '../shell/use-call';
import { useFocus } from '../shell/use-focus';
import { plural } from '../shell/words';
import { useWorkbench } from '../state/context';
import { FileRow } from './file-row';
import './files.css';

type Props = {
  /** Id of the connection whose files are shown. */
  connection: string;
  /** Folder to begin with; null begins at home. */
  start?: string | null;
  /** Only files with this ending are offered. */
  ending?: string;
  onFile: (entry: Entry) => void;
  /** Told of each folder that is gone into. */
  onFolder?: (path: string) => void;
  /** Path of the file that is chosen now. */
  chosen?: string | null;
  autoFocus?: boolean;
};

// More rows than anyone reads slow the window down.
const MOST_SHOWN = 500;

const parentOf = (path: string): string | null => {
  const trimmed = path.replace(/[\\/]+$/, '');
  if (trimmed === '' || /^[a-z]:$/i.test(trimmed)) return null;
  return trimmed.replace(/[\\/][^\\/]*$/, '') || '/';
};

/** A file that its folder's listing left out for its length. */
const fileAt = (path: string): Entry => ({
  path,
  name: path.split(/[\\/]/).at(-1) ?? path,
  kind: 'file',
  size: 0,
  modified: '',
});

/** The program's own files, which hold no data. */
const OWN = /\.dhz(\.(journal|lock)(\..*)?)?$/;

/** What of a listing is shown: entries that hold the typed letters, in any case, and have the ending. */
function visibleEntries(entries: readonly Entry[], typed: string, ending: string): readonly Entry[] {
  const wanted = typed.trim().toLowerCase();
  const fits = (name: string) => (ending === '' ? !OWN.test(name) : name.toLowerCase().endsWith(ending));
  return entries.filter(
    ({ name, kind }) => name.toLowerCase().includes(wanted) && (kind === 'folder' || fits(name)),
  );
}

/** The files of a connection, a folder at a time: filter as you type, or give a path. */
export function FileBrowser(props: Props) {
  const { connection, start = null, ending = '', onFile, onFolder, chosen = null, autoFocus = false } = props;
  const { host } = useWorkbench();
  const [folder, setFolder] = useState(start);
  const [filter, setFilter] = useState('');
  const [typed, setTyped] = useState<string | null>(null);
  const [active, setActive] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  const id = useId();
  const filterField = useFocus<HTMLInputElement>(autoFocus);
  const listing = useLoaded(`${connection} ${folder ?? ''}`, async (signal) => {
    const list = async (path: string) => ({
      path,
      ...(await host.call('files.list', { connection, path }, { signal })),
    });
    const path = folder ?? (await host.call('files.home', { connection }, { signal })).path;
    try {
      return await list(path);
    } catch (error) {
      const above = parentOf(path);
      if (above === null || !isFault(error, 'local.not-a-folder', 'hdfs.not-a-folder')) throw error;
      // The path of a file: it is chosen, and its folder shown.
      const found = await list(above);
      onFile(found.entries.find((entry) => entry.path === path) ?? fileAt(path));
      return found;
    }
  });
  const at = listing.value?.path ?? folder ?? '';
  const parent = parentOf(at);
  const matching = visibleEntries(listing.value?.entries ?? [], filter, ending);
  const shown = matching.slice(0, MOST_SHOWN);
  const activeIndex = Math.min(active, Math.max(0, shown.length - 1));

  useEffect(() => {
    list.current?.querySelector('[data-active="true"]')?.scrollIntoView({ block: 'nearest' });
  });

  const enter = (path: string) => {
    setFolder(path);
    setFilter('');
    setTyped(null);
    setActive(0);
    onFolder?.(path);
  };
  const choose = (entry: Entry) => (entry.kind === 'folder' ? enter(entry.path) : onFile(entry));
  const goTo = (event: FormEvent) => {
    event.preventDefault();
    event.stopPropagation();
    if (typed !== null && typed.trim() !== '') enter(typed.trim());
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const by = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10 }[event.key];
    const entry = shown[activeIndex];
    if (by !== undefined) setActive(Math.max(0, Math.min(shown.length - 1, activeIndex + by)));
    else if (event.key === 'Enter' && entry) choose(entry);
    else if (event.key === 'Backspace' && filter === '' && parent !== null) enter(parent);
    else return;
    event.preventDefault();
  };

  return (
    <div className="files">
      <div className="files-bar">
        <button
          type="button"
          className="button icon-only"
          aria-label="Up one folder"
          disabled={parent === null}
          onClick={() => parent !== null && enter(parent)}
        >
          ↑
        </button>
        <input
          className="input mono files-path"
          aria-label="Folder or file path"
          value={typed ?? at}
          onChange={(event) => setTyped(event.target.value)}
          onKeyDown={(event) => event.key === 'Enter' && goTo(event)}
          spellCheck={false}
        />
        <input
          className="input files-filter"
          ref={filterField}
          aria-label="Filter by name"
          placeholder="Filter"
          value={filter}
          role="combobox"
          aria-expanded="true"
          aria-controls={id}
          aria-activedescendant={shown.length > 0 ? `${id}-${activeIndex}` : undefined}
          onChange={(event) => {
            setFilter(event.target.value);
            setActive(0);
          }}
          onKeyDown={onKeyDown}
          spellCheck={false}
        />
      </div>
      {listing.status === 'failed' ? (
        <FaultNotice error={listing.error} button={{ label: 'Try again', run: listing.reload }} />
      ) : (
        <div id={id} ref={list} className="files-list" role="listbox" aria-label="Files" tabIndex={-1}>
          {shown.map((entry, index) => (
            <FileRow
              key={entry.path}
              id={`${id}-${index}`}
              entry={entry}
              active={index === activeIndex}
              chosen={entry.path === chosen}
              onChoose={() => {
                setActive(index);
                choose(entry);
              }}
            />
          ))}
          {listing.status === 'loading' && shown.length === 0 && <Waiting />}
        </div>
      )}
      <p className="files-foot muted small" role="status">
        {listing.status === 'ready' &&
          (shown.length === 0
            ? filter === ''
              ? ending === ''
                ? 'This folder is empty.'
                : `No ${ending} files here.`
              : 'No name holds these letters.'
            : plural(matching.length, 'entry', 'entries'))}
        {matching.length > MOST_SHOWN && ` · the first ${MOST_SHOWN} are shown; filter to see others`}
        {(listing.value?.more ?? 0) > 0 &&
          ` · ${plural(listing.value?.more ?? 0, 'more')} not listed; give a path`}
      </p>
    </div>
  );
}

/** Keeps the shape of the list while it loads. */
function Waiting() {
  return ['a', 'b', 'c', 'd'].map((key) => (
    <div key={key} className="file-row waiting" aria-hidden="true">
      <span />
    </div>
  ));
}
