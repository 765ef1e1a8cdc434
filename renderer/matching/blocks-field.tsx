import type { BlockKey } from '../../shared/matching/options';
import { Icon } from '../shell/icons';

type Block = { readonly columns: readonly string[]; readonly by?: BlockKey };
type Props = { columns: readonly string[]; value: unknown; onChange: (value: unknown) => void };

const KEYS: Record<BlockKey, string> = {
  same: 'exactly the same',
  beginning: 'the same first four letters',
  fingerprint: 'the same words',
  cologne: 'the same sound in German',
  soundex: 'the same sound in English',
};

/** Ways to bring rows together before they are compared; any of them is enough. */
export function BlocksField({ columns, value, onChange }: Props) {
  const list = Array.isArray(value) ? (value as Block[]) : [];
  const change = (at: number, part: Partial<Block>) =>
    onChange(list.map((one, i) => (i === at ? { ...one, ...part } : one)));
  return (
    <div className="conditions">
      {list.map((block, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: blocks have no name, and may be alike while one is edited
        <div key={at} className="condition">
          {block.columns.map((name, i) => (
            <select
              // biome-ignore lint/suspicious/noArrayIndexKey: a column's place is what is chosen here
              key={i}
              className="select"
              aria-label={i === 0 ? 'Column' : 'And column'}
              value={name}
              onChange={(event) =>
                change(at, { columns: block.columns.with(i, event.target.value).filter((one) => one !== '') })
              }
            >
              {i > 0 && <option value="">No further column</option>}
              {[...new Set([...columns, name])].map((one) => (
                <option key={one}>{one}</option>
              ))}
            </select>
          ))}
          {block.columns.length < 5 && (
            <select
              className="select"
              aria-label="And column"
              value=""
              onChange={(event) => change(at, { columns: [...block.columns, event.target.value] })}
            >
              <option value="">and …</option>
              {columns
                .filter((one) => !block.columns.includes(one))
                .map((one) => (
                  <option key={one}>{one}</option>
                ))}
            </select>
          )}
          <select
            className="select"
            aria-label="What must be the same"
            value={block.by ?? 'same'}
            onChange={(event) => change(at, { by: event.target.value as BlockKey })}
          >
            {Object.entries(KEYS).map(([by, words]) => (
              <option key={by} value={by}>
                {words}
              </option>
            ))}
          </select>
          <button
            type="button"
            className="button quiet icon-only"
            aria-label={`Do not bring rows together by ${block.columns.join(' and ')}`}
            onClick={() => onChange(list.toSpliced(at, 1))}
          >
            <Icon name="close" />
          </button>
        </div>
      ))}
      <button
        type="button"
        className="link small"
        onClick={() => onChange([...list, { columns: [columns[0] ?? ''], by: 'fingerprint' }])}
      >
        {list.length === 0 ? 'Choose what brings rows together' : 'Or rows with the same in another column'}
      </button>
    </div>
  );
}
