import { type KeyboardEvent, useMemo, useRef, useState } from 'react';
import type { AnyOperation } from '../../shared/operations/registry';
import { FormHeight } from '../clean/form-height';
import { Icon } from '../shell/icons';
import { useFocus } from '../shell/use-focus';
import { useWorkbenchState } from '../state/context';
import { newStep } from './new-step';
import { useRules } from './rules-context';
import { searchOperations } from './search-operations';

/** The library of operations, by family; Enter takes the first that is found. */
export function AddStep({ column }: { column: string | null }) {
  const rules = useRules();
  const current = useWorkbenchState((state) => state.column);
  const [words, setWords] = useState('');
  const search = useFocus<HTMLInputElement>();
  const list = useRef<HTMLDivElement>(null);
  const shown = useMemo(() => searchOperations(words), [words]);
  const families = [...new Set(shown.map(({ family }) => family))];
  const target = column ?? current;
  const add = (operation: AnyOperation | undefined) => {
    if (operation) rules.add(newStep(operation, target === null ? [] : [target]));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') rules.close();
    else if (event.key === 'Enter' && event.target === search.current) add(shown[0]);
    else if (event.key === 'ArrowDown' || event.key === 'ArrowUp')
      step(list.current, event.key === 'ArrowDown' ? 1 : -1, search.current);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys go on to the list's own buttons
    <div className="add-step" onKeyDown={onKeyDown}>
      <div className="pane-head">
        <h2>Add a step{column === null ? '' : ` for ${column}`}</h2>
        <FormHeight />
        <button type="button" className="button quiet icon-only" aria-label="Close" onClick={rules.close}>
          <Icon name="close" />
        </button>
      </div>
      <div className="add-step-search">
        <Icon name="search" />
        <input
          ref={search}
          className="input"
          placeholder="Search steps"
          aria-label="Search steps"
          value={words}
          onChange={(event) => setWords(event.target.value)}
        />
      </div>
      <div className="add-step-list" ref={list}>
        {shown.length === 0 && <p className="muted">No step is called that.</p>}
        {families.map((family) => (
          <section key={family} aria-label={family}>
            <h3>{family}</h3>
            {shown
              .filter((one) => one.family === family)
              .map((one) => (
                <button key={one.id} type="button" className="add-step-item" onClick={() => add(one)}>
                  <span>{one.title}</span>
                  <span className="muted small">{one.summary}</span>
                </button>
              ))}
          </section>
        ))}
      </div>
    </div>
  );
}

/** Moves the focus through the buttons of a list, and from the first back to the search. */
function step(list: HTMLElement | null, by: 1 | -1, search: HTMLElement | null): void {
  const items = [...(list?.querySelectorAll<HTMLElement>('.add-step-item') ?? [])];
  const at = items.indexOf(document.activeElement as HTMLElement);
  if (by === -1 && at <= 0) search?.focus();
  else items[Math.min(items.length - 1, at + by)]?.focus();
}
