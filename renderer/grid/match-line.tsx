import { useEffect, useRef, useState } from 'react';
import { useActions } from '../shell/actions';
import { Icon } from '../shell/icons';
import { keysText } from '../shell/keys';
import { count, plural } from '../shell/words';
import { useRuleSet, useWorkbench, useWorkbenchState } from '../state/context';
import { withOddGlyphs } from './glyphs';
import { rowsIn } from './row-source';

const SHOWS = [
  ['all', 'All rows'],
  ['changed', 'Changed rows'],
  ['left', 'Rows that left'],
] as const;

/** How long a pause in typing begins a search, in ms. */
const PAUSE_MS = 150;

const shapeWords = ({ column, shape }: { column: string; shape: string | null }) =>
  shape === null ? `${column} missing in the source` : `${column} of the shape “${withOddGlyphs(shape)}”`;

/** Which rows are shown, how many they are, and the way back to all. */
export function MatchLine() {
  const workbench = useWorkbench();
  const filter = useWorkbenchState((state) => state.filter);
  const matching = useWorkbenchState((state) => state.preview.matching);
  const matches = useWorkbenchState((state) => state.preview.matches?.length ?? null);
  const rows = useWorkbenchState(rowsIn);
  const place = useRuleSet()?.steps.findIndex(({ id }) => id === workbench.store.getState().step) ?? -1;
  const step = useWorkbenchState((state) => state.step);
  const [words, setWords] = useState(filter.find ?? '');
  const find = useRef<HTMLInputElement>(null);

  useEffect(() => setWords(filter.find ?? ''), [filter.find]);
  useEffect(() => {
    if (words === (filter.find ?? '')) return;
    const timer = setTimeout(() => workbench.setFilter({ ...filter, find: words }), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [words, filter, workbench]);

  const clear = () => workbench.setFilter({ show: 'all' });
  useActions([
    {
      id: 'grid.find',
      title: 'Find in the grid',
      group: 'Grid',
      keys: 'Mod+F',
      place: 'clean',
      run: () => find.current?.select(),
    },
    {
      id: 'grid.changed',
      title: filter.show === 'changed' ? 'Show all rows' : 'Show only changed rows',
      group: 'Grid',
      keys: 'Mod+Shift+C',
      place: 'clean',
      run: () => workbench.setFilter({ ...filter, show: filter.show === 'changed' ? 'all' : 'changed' }),
    },
  ]);

  const by = step === null || place < 0 ? 'by any step' : `by step ${place + 1}`;
  const what = [
    filter.show === 'changed' && `changed ${by}`,
    filter.show === 'left' && `left ${by}`,
    filter.find && `holding “${filter.find}”`,
    filter.shape && shapeWords(filter.shape),
  ].filter((one): one is string => typeof one === 'string' && one !== '');
  const shown = matches ?? rows;
  return (
    <div className="match-line">
      <fieldset className="match-shows" aria-label="Which rows">
        {SHOWS.map(([show, label]) => (
          <button
            key={show}
            type="button"
            aria-pressed={filter.show === show}
            onClick={() => workbench.setFilter({ ...filter, show })}
          >
            {label}
          </button>
        ))}
      </fieldset>
      <p className="match-words" role="status">
        {what.length > 0 ? (
          <>
            <span className="match-count">
              <span className="match-verb">matching </span>
              {count(shown)} of {count(rows)}
            </span>
            <span className="match-what ellipsis" title={what.join(' · ')}>
              {' '}
              · {what.join(' · ')}
            </span>
            <button type="button" className="link" onClick={clear}>
              clear
            </button>
          </>
        ) : shown < rows ? (
          <>
            <span className="match-count">
              {count(shown)} of {count(rows)}
            </span>
            <span className="match-what ellipsis"> reach this step</span>
          </>
        ) : (
          <span className="ellipsis">{plural(rows, 'row')}</span>
        )}
        {matching && <span className="muted">updating…</span>}
      </p>
      <label className="match-find">
        <Icon name="search" />
        <input
          ref={find}
          className="input"
          placeholder={`Find (${keysText('Mod+F')})`}
          aria-label="Find in the grid"
          value={words}
          onChange={(event) => setWords(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Escape') setWords('');
          }}
        />
      </label>
    </div>
  );
}
