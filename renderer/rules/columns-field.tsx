import { useId, useState } from 'react';
import { FieldFaults } from './field-faults';
import type { FieldFault } from './parameters';

type Props = {
  label: string;
  columns: readonly string[];
  value: readonly string[];
  most: number;
  faults: readonly FieldFault[];
  onChange: (value: readonly string[]) => void;
};

/** From so many columns on, a field to search them is offered. */
const MANY = 16;

/** Columns to choose from; one that is not there any more is shown so that it can be taken out. */
export function ColumnsField({ label, columns, value, most, faults, onChange }: Props) {
  const id = useId();
  const [words, setWords] = useState('');
  const gone = value.filter((name) => !columns.includes(name));
  const found = [...columns, ...gone].filter((name) => name.toLowerCase().includes(words.toLowerCase()));
  const toggle = (name: string) => {
    if (value.includes(name)) onChange(value.filter((one) => one !== name));
    else if (most === 1) onChange([name]);
    else onChange([...columns.filter((one) => one === name || value.includes(one)), ...gone]);
  };
  return (
    <fieldset className="field form-wide form-columns" aria-describedby={`${id}-help`}>
      <legend className="label">{label}</legend>
      {columns.length > MANY && (
        <input
          className="input"
          aria-label="Search columns"
          placeholder="Search columns"
          value={words}
          onChange={(event) => setWords(event.target.value)}
        />
      )}
      <div className="form-column-list">
        {found.map((name) => (
          <label key={name} className="column-choice" data-gone={gone.includes(name)}>
            <input
              type="checkbox"
              checked={value.includes(name)}
              disabled={!value.includes(name) && most > 1 && value.length >= most}
              onChange={() => toggle(name)}
            />
            {name}
            {gone.includes(name) && <span className="small"> (not here)</span>}
          </label>
        ))}
      </div>
      <span id={`${id}-help`}>
        <FieldFaults faults={faults} pattern="" />
      </span>
    </fieldset>
  );
}
