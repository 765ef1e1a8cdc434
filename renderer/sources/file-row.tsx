import type { Entry } from '../../shared/ports/connector';
import { Icon } from '../shell/icons';
import { since, size } from '../shell/words';

type Props = { id: string; entry: Entry; active: boolean; chosen: boolean; onChoose: () => void };

/** A file or folder with its size and time. The list's filter field has the focus and the keys. */
export function FileRow({ id, entry, active, chosen, onChoose }: Props) {
  const time = since(entry.modified);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are those of the combobox that owns the list
    <div
      id={id}
      className="file-row"
      role="option"
      tabIndex={-1}
      aria-selected={active}
      data-active={active}
      data-chosen={chosen}
      onClick={onChoose}
    >
      <Icon name={entry.kind === 'folder' ? 'folder' : 'file'} />
      <span className="ellipsis file-name" title={entry.name}>
        {entry.name}
      </span>
      <span className="muted small number">{entry.kind === 'file' ? size(entry.size) : ''}</span>
      <time className="muted small number file-time" dateTime={entry.modified} title={time.exact}>
        {time.words}
      </time>
    </div>
  );
}
