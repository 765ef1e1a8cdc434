import { withOddGlyphs } from '../grid/glyphs';
import { Icon } from '../shell/icons';
import { plural } from '../shell/words';
import type { Approved } from './approval';

type Props = {
  approved: readonly Approved[];
  onRename: (at: number, value: string) => void;
  onRemove: (at: number) => void;
  onAdd: () => void;
};

/** Values that are approved, each with the variants it was made from. */
export function ApprovedList({ approved, onRename, onRemove, onAdd }: Props) {
  return (
    <>
      <h3 className="variants-title">
        Approved <span className="muted">{plural(approved.length, 'value')}</span>
      </h3>
      {approved.length === 0 && (
        <p className="muted">
          Nothing is approved yet, so the step changes nothing. Approve a cluster below.
        </p>
      )}
      <ul className="variants-list">
        {approved.map(({ value, members }, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a value may be edited to equal another for a while
          <li key={at} className="variants-approved">
            <input
              className="input mono"
              aria-label={`Value ${at + 1}`}
              spellCheck={false}
              autoComplete="off"
              value={value}
              onChange={(event) => onRename(at, event.target.value)}
            />
            <span className="mono small variants-value">
              {members.length === 0 ? (
                <span className="muted">and what has its key</span>
              ) : (
                members.map((member) => <span key={member}>{withOddGlyphs(member)}</span>)
              )}
            </span>
            <button
              type="button"
              className="button quiet icon-only"
              aria-label={`No longer merge variants of ${value === '' ? `value ${at + 1}` : value}`}
              onClick={() => onRemove(at)}
            >
              <Icon name="close" />
            </button>
          </li>
        ))}
      </ul>
      <button type="button" className="link small" onClick={onAdd}>
        Add a value by hand
      </button>
    </>
  );
}
