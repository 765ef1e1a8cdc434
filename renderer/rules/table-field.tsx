import { useState } from 'react';
import { plural } from '../shell/words';
import { type PastedTable, tableFrom } from './pasted-table';

type Props = { label: string; value: unknown; onChange: (value: unknown) => void };

/** So many rows of a table are shown. */
const SHOWN = 5;

/** A reference table: pasted as text, shown by its first rows. */
export function TableField({ label, value, onChange }: Props) {
  const table = value as PastedTable | undefined;
  const [text, setText] = useState<string | null>(null);
  const [wrong, setWrong] = useState<string | null>(null);
  const take = () => {
    const found = tableFrom(text ?? '');
    if (typeof found === 'string') return setWrong(found);
    setWrong(null);
    setText(null);
    onChange(found);
  };
  if (table && text === null) {
    return (
      <>
        <figure className="form-example">
          <figcaption className="small muted">
            {plural(table.rows.length, 'row')}, {plural(table.columns.length, 'column')}
          </figcaption>
          <table>
            <thead>
              <tr>
                {table.columns.map((name) => (
                  <th key={name} scope="col">
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {table.rows.slice(0, SHOWN).map((row, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: rows of the table never move
                <tr key={at}>
                  {row.map((cell, i) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: nor do its columns
                    <td key={i}>{cell ?? <span className="muted">null</span>}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </figure>
        <button type="button" className="link small" onClick={() => setText('')}>
          Replace the table
        </button>
      </>
    );
  }
  return (
    <>
      <textarea
        className="input form-texts mono"
        aria-label={label}
        rows={5}
        placeholder={'code\tname\nDE\tGermany'}
        value={text ?? ''}
        onChange={(event) => setText(event.target.value)}
      />
      {wrong !== null && (
        <span className="field-fault" role="alert">
          {wrong}
        </span>
      )}
      <button type="button" className="button" onClick={take} disabled={(text ?? '').trim() === ''}>
        Use this table
      </button>
    </>
  );
}
