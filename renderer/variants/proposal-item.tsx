import { useId, useState } from 'react';
import { withOddGlyphs } from '../grid/glyphs';
import { count, plural } from '../shell/words';
import type { Decision, Proposal } from './approval';

type Props = {
  proposal: Proposal;
  onApprove: (decision: Decision) => void;
  /** None of the values is to become another. */
  onKeepApart: () => void;
};

/** Members shown before the rest is asked for. */
const SHOWN = 8;

/** One cluster: which value it becomes, and which members stay out of it. */
export function ProposalItem({ proposal: { members, value: proposed }, onApprove, onKeepApart }: Props) {
  const id = useId();
  const [value, setValue] = useState(proposed);
  const [excluded, setExcluded] = useState<ReadonlySet<string>>(new Set());
  const [all, setAll] = useState(false);
  const rows = members.reduce((sum, one) => sum + one.rows, 0);
  const joining = members.filter((one) => one.value !== value && !excluded.has(one.value));
  const toggle = (member: string) => {
    const next = new Set(excluded);
    if (!next.delete(member)) next.add(member);
    setExcluded(next);
  };
  const shown = all ? members : members.slice(0, SHOWN);
  return (
    <li
      className="variants-cluster"
      aria-label={`${plural(members.length, 'value')} in ${plural(rows, 'row')}`}
    >
      <div className="variants-becomes">
        <label htmlFor={id}>Write all as</label>
        <input
          id={id}
          className="input mono"
          spellCheck={false}
          autoComplete="off"
          value={value}
          onChange={(event) => setValue(event.target.value)}
        />
        <button
          type="button"
          className="button small"
          data-decision="approve"
          disabled={value === '' || joining.length === 0}
          onClick={() => onApprove({ value, excluded })}
        >
          Approve
        </button>
        <button
          type="button"
          className="button quiet small"
          data-decision="apart"
          title="All of these stay as they are"
          onClick={onKeepApart}
        >
          Keep apart
        </button>
      </div>
      <ul className="variants-members">
        {shown.map((member) => (
          <li key={member.value}>
            <label className="check-field">
              <input
                type="checkbox"
                checked={!excluded.has(member.value)}
                disabled={member.value === value}
                onChange={() => toggle(member.value)}
              />
              <span className="mono variants-value">{withOddGlyphs(member.value)}</span>
            </label>
            <span className="muted number small">{count(member.rows)}</span>
            {member.value !== value && !excluded.has(member.value) && (
              <button
                type="button"
                className="link small"
                aria-label={`Write all as ${member.value}`}
                onClick={() => setValue(member.value)}
              >
                Use this
              </button>
            )}
            {excluded.has(member.value) && <span className="muted small">stays as it is</span>}
          </li>
        ))}
      </ul>
      {members.length > shown.length && (
        <button type="button" className="link small" onClick={() => setAll(true)}>
          Show {plural(members.length - shown.length, 'more value')}
        </button>
      )}
    </li>
  );
}
