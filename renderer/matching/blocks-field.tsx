import type { BlockKey } from '../../shared/matching/options';
import { Rows } from '../rules/rows';
import { choicesOf, WordsSelect } from '../rules/selects';

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
  return (
    <Rows
      list={list}
      onChange={onChange}
      removeLabel={(block) => `Do not bring rows together by ${block.columns.join(' and ')}`}
      begun={{ columns: [columns[0] ?? ''], by: 'fingerprint' }}
      addLabel={
        list.length === 0 ? 'Choose what brings rows together' : 'Or rows with the same in another column'
      }
      row={(block, set) => (
        <>
          {block.columns.map((name, i) => (
            <select
              // biome-ignore lint/suspicious/noArrayIndexKey: a column's place is what is chosen here
              key={i}
              className="select"
              aria-label={i === 0 ? 'Column' : 'And column'}
              value={name}
              onChange={(event) =>
                set({
                  ...block,
                  columns: block.columns.with(i, event.target.value).filter((one) => one !== ''),
                })
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
              onChange={(event) => set({ ...block, columns: [...block.columns, event.target.value] })}
            >
              <option value="">and …</option>
              {columns
                .filter((one) => !block.columns.includes(one))
                .map((one) => (
                  <option key={one}>{one}</option>
                ))}
            </select>
          )}
          <WordsSelect
            label="What must be the same"
            choices={choicesOf(KEYS)}
            value={block.by ?? 'same'}
            onChange={(by) => set({ ...block, by })}
          />
        </>
      )}
    />
  );
}
