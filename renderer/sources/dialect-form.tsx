import { useId } from 'react';
import type { CsvDialect, Dialect } from '../../shared/document/dialect';

const delimiters: readonly (readonly [value: string, label: string])[] = [
  [',', 'Comma ,'],
  [';', 'Semicolon ;'],
  ['\t', 'Tab →'],
  ['|', 'Bar |'],
];

type Props = { dialect: Dialect; onChange: (dialect: Dialect) => void };

const csvDefaults: CsvDialect = {
  format: 'csv',
  delimiter: ',',
  header: true,
  lineBreaks: false,
  encoding: 'utf-8',
};

function withFormat(format: string, before: Dialect): Dialect {
  if (format === 'jsonl' || format === 'parquet') return { format };
  return before.format === 'csv' ? before : csvDefaults;
}

/** How a file is read: guessed, and the steward's to change. */
export function DialectForm({ dialect, onChange }: Props) {
  const id = useId();
  return (
    <fieldset className="dialect">
      <legend className="for-screen-readers">How the file is read</legend>
      <div className="field">
        <label htmlFor={`${id}f`}>Format</label>
        <select
          id={`${id}f`}
          className="select"
          value={dialect.format}
          onChange={(event) => onChange(withFormat(event.target.value, dialect))}
        >
          <option value="csv">CSV text</option>
          <option value="jsonl">JSON Lines</option>
          <option value="parquet">Parquet</option>
        </select>
      </div>
      {dialect.format === 'csv' && <CsvFields dialect={dialect} onChange={onChange} />}
    </fieldset>
  );
}

function CsvFields({ dialect, onChange }: { dialect: CsvDialect; onChange: (dialect: Dialect) => void }) {
  const id = useId();
  const known = delimiters.some(([value]) => value === dialect.delimiter);
  return (
    <>
      <div className="field">
        <label htmlFor={`${id}d`}>Between values</label>
        <select
          id={`${id}d`}
          className="select"
          value={dialect.delimiter}
          onChange={(event) => onChange({ ...dialect, delimiter: event.target.value })}
        >
          {delimiters.map(([value, label]) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
          {!known && <option value={dialect.delimiter}>{dialect.delimiter}</option>}
        </select>
      </div>
      <label className="check-field">
        <input
          type="checkbox"
          checked={dialect.header}
          onChange={(event) => onChange({ ...dialect, header: event.target.checked })}
        />
        First line names the columns
      </label>
      <label className="check-field" title="Only one task can read such a file on the cluster">
        <input
          type="checkbox"
          checked={dialect.lineBreaks}
          onChange={(event) => onChange({ ...dialect, lineBreaks: event.target.checked })}
        />
        Values may hold line breaks
      </label>
    </>
  );
}
