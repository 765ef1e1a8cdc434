import type { Entry } from '../../shared/ports/connector';
import { partitionOf } from '../../shared/sources/partitions';
import { Icon } from '../shell/icons';
import { since, size } from '../shell/words';
import { permissionWords } from './permission';

type Props = {
  id: string;
  entry: Entry;
  /** Its place among those shown, from 1, and how many there are. */
  place: number;
  of: number;
  active: boolean;
  chosen: boolean;
  onChoose: () => void;
};

/** A file or folder with its size, owner and time. The list's filter field has the focus and the keys. */
export function FileRow({ id, entry, place, of, active, chosen, onChoose }: Props) {
  const time = since(entry.modified);
  const partition = entry.kind === 'folder' && partitionOf(entry.name) !== null;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are those of the combobox that owns the list
    <div
      id={id}
      className="file-row"
      role="option"
      tabIndex={-1}
      aria-selected={active}
      aria-posinset={place}
      aria-setsize={of}
      data-active={active}
      data-chosen={chosen}
      onClick={onChoose}
    >
      <Icon name={entry.kind === 'folder' ? 'folder' : 'file'} />
      <span className="ellipsis file-name" title={entry.name}>
        {entry.name}
      </span>
      {partition && <span className="tag">partition</span>}
      <span className="muted small number file-size">{entry.kind === 'file' ? size(entry.size) : ''}</span>
      {entry.owner !== undefined && (
        <span className="muted small ellipsis file-owner" title={permissionWords(entry)}>
          {entry.owner}
        </span>
      )}
      <time className="muted small number file-time" dateTime={entry.modified} title={time.exact}>
        {time.words}
      </time>
    </div>
  );
}
