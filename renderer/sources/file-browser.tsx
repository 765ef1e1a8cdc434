import { type FormEvent, type KeyboardEvent, useEffect, useId, useMemo, useState } from 'react';
import { isFault } from '../../shared/contract/errors';
import type { Entry } from '../../shared/ports/connector';
import { folderForm, isHidden } from '../../shared/sources/partitions';
import { FaultNotice } from '../shell/fault-notice';
import { useFocus } from '../shell/use-focus';
import { BY_NAME, matching, type Order, sorted } from './arrange';
import { FileHead } from './file-head';
import { FileRow } from './file-row';
import { FolderNote } from './folder-note';
import { lastPlaces, rememberPlace } from './last-places';
import { ListingFoot } from './listing-foot';
import { parentOf } from './paths';
import { PlacesMenu } from './places-menu';
import { useListing } from './use-listing';
import { useVisibleRows } from './use-visible-rows';
import './files.css';

type Props = {
  /** Id of the connection whose files are shown. */
  connection: string;
  /** Folder to begin with; null begins at the last place there, or at home. */
  start?: string | null;
  /** Only files with this ending are offered. */
  ending?: string;
  onFile: (entry: Entry) => void;
  /** Told of each folder that is gone into. */
  onFolder?: (path: string) => void;
  /** Takes a whole folder as one data set, where that is offered. */
  onDataSet?: (path: string) => void;
  /** Path of the file that is chosen now. */
  chosen?: string | null;
  autoFocus?: boolean;
  /** Leads to the connection's form, where a fault is one of the connection. */
  onEdit?: (() => void) | undefined;
};

/** Faults that the connection's form is the place to mend. */
const OF_CONNECTION = ['connection.secret-missing', 'connection.pem', 'hdfs.unauthenticated', 'hdfs.xsrf'];

const rowHeight = () =>
  Number.parseInt(getComputedStyle(document.documentElement).getPropertyValue('--row'), 10) || 28;

/** The files of a connection, a folder at a time: filter as you type, or give a path. */
export function FileBrowser(props: Props) {
  const { connection, start = null, ending = '', onFile, onFolder, onDataSet } = props;
  const { chosen = null, autoFocus = false, onEdit } = props;
  const [remembered] = useState(() => (start === null ? (lastPlaces(connection)[0] ?? null) : null));
  const [folder, setFolder] = useState(start ?? remembered);
  const [filter, setFilter] = useState('');
  const [typed, setTyped] = useState<string | null>(null);
  const [active, setActive] = useState(0);
  const [order, setOrder] = useState<Order>(BY_NAME);
  const id = useId();
  const filterField = useFocus<HTMLInputElement>(autoFocus);
  const choose = (entry: Entry) => {
    if (entry.kind === 'folder') return enter(entry.path);
    rememberPlace(connection, parentOf(entry.path) ?? entry.path);
    onFile(entry);
  };
  const listing = useListing(connection, folder, onFile);
  const { entries, path: at } = listing;
  const inOrder = useMemo(() => sorted(entries, order), [entries, order]);
  const shown = useMemo(() => matching(inOrder, filter, ending), [inOrder, filter, ending]);
  const form = useMemo(
    () => (onDataSet && listing.status === 'ready' ? folderForm(entries) : null),
    [onDataSet, listing.status, entries],
  );
  // By name, in whatever order the entries stand.
  const firstPartition = useMemo(
    () =>
      form?.kind === 'partitioned'
        ? (sorted(entries, BY_NAME).find(({ name }) => !isHidden(name))?.path ?? null)
        : null,
    [form, entries],
  );
  const parent = parentOf(at);
  const activeIndex = Math.min(active, Math.max(0, shown.length - 1));
  const height = rowHeight();
  const rows = useVisibleRows(shown.length, height);
  const detailed = entries.some(({ owner }) => owner !== undefined);

  const { reveal } = rows;
  // biome-ignore lint/correctness/useExhaustiveDependencies: only when another row is the active one
  useEffect(() => reveal(activeIndex), [activeIndex, at, order]);

  const enter = (path: string | null) => {
    setFolder(path);
    setFilter('');
    setTyped(null);
    setActive(0);
    if (path !== null) onFolder?.(path);
  };
  const goTo = (event: FormEvent) => {
    event.preventDefault();
    event.stopPropagation();
    if (typed !== null && typed.trim() !== '') enter(typed.trim());
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const page = Math.max(1, Math.floor((rows.area.current?.clientHeight ?? 280) / height) - 1);
    const by = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page }[event.key];
    const entry = shown[activeIndex];
    if (by !== undefined) setActive(Math.max(0, Math.min(shown.length - 1, activeIndex + by)));
    else if (event.key === 'Enter' && entry) choose(entry);
    else if (event.key === 'Backspace' && filter === '' && parent !== null) enter(parent);
    else return;
    event.preventDefault();
  };
  const mend = isFault(listing.error, ...OF_CONNECTION) && onEdit;
  const lost = folder !== null && folder === remembered && !mend;
  const failedButton = mend
    ? { label: 'Edit the connection', run: mend }
    : lost
      ? { label: 'Go to the home folder', run: () => enter(null) }
      : { label: 'Try again', run: listing.reload };

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
        <PlacesMenu connection={connection} onPlace={enter} />
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
        <FaultNotice error={listing.error} button={failedButton} />
      ) : (
        <div className="files-table" data-detailed={detailed} data-scrolls={rows.scrolls}>
          <FileHead
            order={order}
            detailed={detailed}
            onOrder={(wanted) => {
              setOrder(wanted);
              setActive(0);
            }}
          />
          <div
            id={id}
            ref={rows.area}
            className="files-list"
            role="listbox"
            aria-label="Files"
            tabIndex={-1}
            onScroll={rows.onScroll}
          >
            <div role="presentation" style={{ height: rows.first * height }} />
            {shown.slice(rows.first, rows.last).map((entry, index) => (
              <FileRow
                key={entry.path}
                id={`${id}-${rows.first + index}`}
                entry={entry}
                place={rows.first + index + 1}
                of={shown.length}
                active={rows.first + index === activeIndex}
                chosen={entry.path === chosen}
                onChoose={() => {
                  setActive(rows.first + index);
                  choose(entry);
                }}
              />
            ))}
            <div role="presentation" style={{ height: (shown.length - rows.last) * height }} />
            {listing.status === 'loading' && shown.length === 0 && <Waiting />}
          </div>
        </div>
      )}
      {form && onDataSet && (
        <FolderNote
          form={form}
          connection={connection}
          path={at}
          first={firstPartition}
          onDataSet={() => onDataSet(at)}
        />
      )}
      <ListingFoot
        listing={listing}
        matching={shown.length}
        filtered={filter !== ''}
        ending={ending}
        entry={shown[activeIndex] ?? null}
      />
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
