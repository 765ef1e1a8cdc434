import type { Counts } from '../../shared/compile/measures';
import { Icon } from '../shell/icons';
import { count, percent } from '../shell/words';

const parts = [
  { key: 'kept', words: 'kept' },
  { key: 'filtered', words: 'filtered' },
  { key: 'rejected', words: 'rejected' },
  { key: 'merged', words: 'merged' },
] as const;

type Sum = Pick<Counts, 'read' | 'added' | 'kept' | 'filtered' | 'rejected' | 'merged'>;

/** read + added = kept + filtered + rejected + merged, drawn out so that it can be checked. */
export function CountsSum({ counts }: { counts: Sum }) {
  const sum = parts.reduce((total, { key }) => total + counts[key], 0);
  const all = counts.read + counts.added;
  const addsUp = sum === all;
  return (
    <div className="counts">
      <div className="counts-sum">
        <div className="counts-part">
          <strong>{count(counts.read)}</strong>
          <span className="muted">rows read</span>
        </div>
        {counts.added > 0 && (
          <div className="counts-term">
            <span className="counts-sign">+</span>
            <div className="counts-part">
              <strong>{count(counts.added)}</strong>
              <span className="muted">added</span>
            </div>
          </div>
        )}
        {parts.map(({ key, words }, i) => (
          <div className="counts-term" key={key}>
            <span className="counts-sign">{i === 0 ? '=' : '+'}</span>
            <div className="counts-part" data-fate={key}>
              <strong>{count(counts[key])}</strong>
              <span className="muted">
                <span className="counts-mark" aria-hidden="true" />
                {words}
                {all > 0 && counts[key] > 0 && ` · ${percent(counts[key] / all)}`}
              </span>
            </div>
          </div>
        ))}
        <p className="counts-check" data-ok={addsUp}>
          <Icon name={addsUp ? 'check' : 'fault'} />
          {addsUp ? 'adds up' : `does not add up: ${count(sum)}`}
        </p>
      </div>
      <div className="counts-bar" aria-hidden="true">
        {parts.map(({ key }) => (
          <span key={key} data-fate={key} style={{ flexGrow: counts[key] }} />
        ))}
      </div>
    </div>
  );
}
