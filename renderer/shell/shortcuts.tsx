import { useEffect, useRef } from 'react';
import { useAllActions } from './actions';
import { Icon } from './icons';
import { keysText } from './keys';
import './shortcuts.css';

// Keys that are part of a control rather than an action of their own.
const inGrid: readonly (readonly [keys: string, what: string])[] = [
  ['Arrows', 'Move by a cell'],
  ['Home End', 'Go to the first or last column'],
  ['Page Up Page Down', 'Move by a screen'],
  ['Enter', 'Open the history of the cell'],
];

/** The list of shortcuts, a panel beside the work. */
export function Shortcuts({ onClose }: { onClose: () => void }) {
  const actions = useAllActions().filter((action) => action.keys !== undefined);
  const groups = [...new Set(actions.map((action) => action.group))];
  const panel = useRef<HTMLElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    panel.current?.focus();
    return () => {
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  return (
    <aside
      ref={panel}
      className="shortcuts"
      data-pane="shortcuts"
      tabIndex={-1}
      aria-label="Keyboard shortcuts"
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.preventDefault();
        onClose();
      }}
    >
      <header>
        <h2>Shortcuts</h2>
        <button
          type="button"
          className="button quiet icon-only"
          aria-label="Close shortcuts"
          onClick={onClose}
        >
          <Icon name="close" />
        </button>
      </header>
      {groups.map((group) => (
        <Group
          key={group}
          title={group}
          rows={actions.filter((one) => one.group === group).map((one) => [one.keys ?? '', one.title])}
        />
      ))}
      <Group title="In the grid" rows={inGrid} />
    </aside>
  );
}

function Group({ title, rows }: { title: string; rows: readonly (readonly [string, string])[] }) {
  return (
    <section>
      <h3>{title}</h3>
      <dl>
        {rows.map(([keys, what]) => (
          <div key={what}>
            <dt>{what}</dt>
            <dd>
              <kbd>{keysText(keys)}</kbd>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
