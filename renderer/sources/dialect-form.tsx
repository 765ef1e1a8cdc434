import { type ReactNode, useId } from 'react';
import {
  COMPRESSIONS,
  type CsvDialect,
  type Dialect,
  ENCODINGS,
  type Format,
  QUOTE_CHARACTERS,
  type Quote,
  type TextDialect,
} from '../../shared/document/dialect';
import { COMPRESSION_LABELS, FORMAT_NAMES, FORMATS, isText, withFormat } from '../../shared/document/formats';
import { ENCODING_LABELS } from '../../shared/reading/encodings';

const delimiters: readonly (readonly [value: string, label: string])[] = [
  [',', 'Comma ,'],
  [';', 'Semicolon ;'],
  ['\t', 'Tab →'],
  ['|', 'Bar |'],
  [':', 'Colon :'],
];
const quotes: readonly (readonly [value: Quote, label: string])[] = [
  ['double', 'Double quotes "'],
  ['single', "Single quotes '"],
  ['none', 'Nothing'],
];

type Props = { dialect: Dialect; onChange: (dialect: Dialect) => void };

/** How a file is read: guessed, and the steward's to change. */
export function DialectForm({ dialect, onChange }: Props) {
  return (
    <fieldset className="dialect">
      <legend className="for-screen-readers">How the file is read</legend>
      <Choice
        label="Format"
        value={dialect.format}
        options={FORMAT_NAMES.map((format): [Format, string] => [format, FORMATS[format].label])}
        onChange={(format) => onChange(withFormat(format, dialect))}
      />
      {dialect.format === 'csv' && <CsvFields dialect={dialect} onChange={onChange} />}
      {dialect.format === 'json' && (
        <RecordsField records={dialect.records} onChange={(records) => onChange({ ...dialect, records })} />
      )}
      {isText(dialect) && <TextFields dialect={dialect} onChange={onChange} />}
    </fieldset>
  );
}

function Choice<T extends string>({
  label,
  value,
  options,
  onChange,
}: {
  label: string;
  value: T;
  options: readonly (readonly [value: T, label: string])[];
  onChange: (value: T) => void;
}): ReactNode {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        className="select"
        value={value}
        onChange={(event) => {
          const chosen = options.find(([one]) => one === event.target.value);
          if (chosen) onChange(chosen[0]);
        }}
      >
        {options.map(([one, words]) => (
          <option key={one} value={one}>
            {words}
          </option>
        ))}
      </select>
    </div>
  );
}

function RecordsField({ records, onChange }: { records: string; onChange: (records: string) => void }) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>Records at</label>
      <input
        id={id}
        className="input mono"
        defaultValue={records}
        placeholder="the document itself"
        title="Keys on the way to the array of records, as data.items"
        spellCheck={false}
        onBlur={(event) => onChange(event.target.value.trim())}
        onKeyDown={(event) => {
          if (event.key === 'Enter') onChange(event.currentTarget.value.trim());
        }}
      />
    </div>
  );
}

function TextFields({ dialect, onChange }: { dialect: TextDialect; onChange: (dialect: Dialect) => void }) {
  return (
    <>
      <Choice
        label="Encoding"
        value={dialect.encoding}
        options={ENCODINGS.map((encoding) => [encoding, ENCODING_LABELS[encoding]] as const)}
        onChange={(encoding) => onChange({ ...dialect, encoding })}
      />
      <Choice
        label="Compression"
        value={dialect.compression}
        options={COMPRESSIONS.map((compression) => [compression, COMPRESSION_LABELS[compression]] as const)}
        onChange={(compression) => onChange({ ...dialect, compression })}
      />
    </>
  );
}

function CsvFields({ dialect, onChange }: { dialect: CsvDialect; onChange: (dialect: Dialect) => void }) {
  const { delimiter, quote } = dialect;
  const known = delimiters.some(([value]) => value === delimiter);
  const offered = known ? delimiters : [...delimiters, [delimiter, delimiter] as const];
  return (
    <>
      <Choice
        label="Between values"
        value={delimiter}
        options={offered}
        onChange={(chosen) => onChange({ ...dialect, delimiter: chosen })}
      />
      <Choice
        label="Around values"
        value={quote}
        options={quotes.filter(([one]) => QUOTE_CHARACTERS[one] !== delimiter)}
        onChange={(chosen) =>
          onChange({ ...dialect, quote: chosen, lineBreaks: dialect.lineBreaks && chosen !== 'none' })
        }
      />
      <label className="check-field">
        <input
          type="checkbox"
          checked={dialect.header}
          onChange={(event) => onChange({ ...dialect, header: event.target.checked })}
        />
        First line names the columns
      </label>
      {quote !== 'none' && (
        <label className="check-field" title="Only one task can read such a file on the cluster">
          <input
            type="checkbox"
            checked={dialect.lineBreaks}
            onChange={(event) => onChange({ ...dialect, lineBreaks: event.target.checked })}
          />
          Values may hold line breaks
        </label>
      )}
    </>
  );
}
