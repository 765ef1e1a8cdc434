import { useRuleSets } from '../analysis/use-rule-sets';
import { useWorkspace } from '../analysis/workspace-context';
import { Icon } from '../shell/icons';
import { count, plural } from '../shell/words';
import { useWorkbenchState } from '../state/context';
import { drawnBy, stateOf, useChecked } from './checked';
import { keyOf, nameOf, titleOf, wrongRows } from './words';

type Props = {
  /** Id of the join that is looked at; null for a new one; undefined for none. */
  current: string | null | undefined;
  onOpen: (join: string | null) => void;
};

/** The keys that join the project's sources, with what is known to be wrong along each. */
export function JoinsSection({ current, onOpen }: Props) {
  const project = useWorkbenchState((state) => state.project?.project);
  const ruleSets = useRuleSets();
  const rows = useWorkspace().use((state) => state.rows);
  const checked = useChecked();
  const { sources = [], joins = [] } = project ?? {};
  if (sources.length === 0) return null;
  return (
    <section className="joins-section" aria-label="Keys between sources">
      <div className="pane-head">
        <h2>Keys</h2>
        <button
          type="button"
          className="button quiet icon-only"
          aria-label="Add a key between sources"
          onClick={() => onOpen(null)}
        >
          <Icon name="plus" />
        </button>
      </div>
      {joins.length === 0 && (
        <p className="muted sources-empty">
          {sources.length === 1
            ? 'With a second source, a key tells which rows belong together.'
            : 'No key yet. A key tells which transactions belong to which customer.'}
        </p>
      )}
      <ul>
        {joins.map((join) => {
          const known = checked[join.id];
          const holds =
            known?.of === stateOf(join, ruleSets, drawnBy(join, sources, rows)) ? known.counts : null;
          const wrong = holds && wrongRows(join, holds);
          return (
            <li key={join.id} className="source-row">
              <button
                type="button"
                className="source-button two-lines"
                aria-current={current === join.id}
                title={`${titleOf(join, sources)} by ${keyOf(join)}`}
                onClick={() => onOpen(join.id)}
              >
                <Icon name={wrong ? 'warning' : 'key'} {...(wrong && { className: 'joins-mark' })} />
                <span className="source-words">
                  <span className="ellipsis">{nameOf(sources, join.from.source)}</span>
                  <span className="muted small ellipsis">
                    → {nameOf(sources, join.to.source)}
                    <span className="for-screen-readers"> by {keyOf(join)}</span>
                  </span>
                </span>
                {wrong !== null && wrong > 0 && (
                  <span className="joins-wrong small number" title={`${plural(wrong, 'row')} to look at`}>
                    {count(wrong)}
                    <span className="for-screen-readers"> rows to look at</span>
                  </span>
                )}
              </button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
