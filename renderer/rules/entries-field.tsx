import { type ClipboardEvent, useState } from 'react';
import type { FormField } from '../../shared/operations/operation';
import { Icon } from '../shell/icons';
import { ColumnSelect } from './selects';

type EntryField = Extract<FormField, { control: 'entries' }>['fields'][number];
type Entry = Readonly<Record<string, string | null | undefined>>;
type Props = {
  fields: readonly EntryField[];
  columns: readonly string[];
  value: unknown;
  onChange: (value: unknown) => void;
};

/** So many entries are shown at once; the others are found by searching. */
const SHOWN = 50;

/** Rows of a spreadsheet: lines of cells parted by tabs. */
const cellsOf = (text: string): string[][] =>
  text
    .replace(/\r?\n$/, '')
    .split(/\r?\n/)
    .map((line) => line.split('\t'));

/** A list of entries, a line each. Several lines that are pasted become as many entries. */
export function EntriesField({ fields, columns, value, onChange }: Props) {
  const [words, setWords] = useState('');
  const list = Array.isArray(value) ? (value as Entry[]) : [];
  const lowered = words.toLowerCase();
  const found = [...list.entries()].filter(
    ([, entry]) => lowered === '' || fields.some(({ name }) => entry[name]?.toLowerCase().includes(lowered)),
  );
  const change = (at: number, part: Entry) =>
    onChange(list.map((one, i) => (i === at ? { ...one, ...part } : one)));
  const blank = (): Entry =>
    Object.fromEntries(fields.map(({ name, control }) => [name, control === 'column' ? columns[0] : '']));

  const paste = (at: number) => (event: ClipboardEvent<HTMLInputElement>) => {
    const cells = cellsOf(event.clipboardData.getData('text/plain'));
    if (cells.length < 2 && (cells[0]?.length ?? 0) < 2) return;
    event.preventDefault();
    const pasted = cells.map((line) =>
      Object.fromEntries(fields.map(({ name }, i) => [name, line[i] ?? ''])),
    );
    onChange(list.toSpliced(at, 1, ...pasted));
  };

  return (
    <div className="conditions">
      {list.length > SHOWN && (
        <input
          className="input"
          aria-label="Search entries"
          placeholder={`Search ${list.length} entries`}
          value={words}
          onChange={(event) => setWords(event.target.value)}
        />
      )}
      {found.slice(0, SHOWN).map(([at, entry]) => (
        <div key={at} className="condition">
          {fields.map((field) => (
            <EntryCell
              key={field.name}
              field={field}
              label={`${field.label}, entry ${at + 1}`}
              columns={columns}
              value={entry[field.name]}
              onChange={(text) => change(at, { [field.name]: text })}
              onPaste={paste(at)}
            />
          ))}
          <button
            type="button"
            className="button quiet icon-only"
            aria-label={`Remove entry ${at + 1}`}
            onClick={() => onChange(list.toSpliced(at, 1))}
          >
            <Icon name="close" />
          </button>
        </div>
      ))}
      {found.length > SHOWN && (
        <p className="muted small">{found.length - SHOWN} more entries are not shown.</p>
      )}
      <button type="button" className="link small" onClick={() => onChange([...list, blank()])}>
        Add an entry
      </button>
    </div>
  );
}

type CellProps = {
  field: EntryField;
  label: string;
  columns: readonly string[];
  value: string | null | undefined;
  onChange: (text: string | null) => void;
  onPaste: (event: ClipboardEvent<HTMLInputElement>) => void;
};

function EntryCell({ field, label, columns, value, onChange, onPaste }: CellProps) {
  if (field.control === 'column') {
    return <ColumnSelect label={label} columns={columns} value={value ?? ''} onChange={onChange} />;
  }
  return (
    <>
      <input
        className="input"
        aria-label={label}
        placeholder={value === null ? 'null' : field.label}
        spellCheck={false}
        autoComplete="off"
        disabled={value === null}
        value={value ?? ''}
        onChange={(event) => onChange(event.target.value)}
        onPaste={onPaste}
      />
      {field.control === 'text-or-null' && (
        <label className="check-field small">
          <input
            type="checkbox"
            aria-label={`${label} is null`}
            checked={value === null}
            onChange={(event) => onChange(event.target.checked ? null : '')}
          />
          null
        </label>
      )}
    </>
  );
}
