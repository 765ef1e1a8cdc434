import { useId } from 'react';
import type { KeyEncoding, MessagesDialect, ValueEncoding } from '../../../shared/messages/dialect';

const VALUES: readonly (readonly [ValueEncoding, string])[] = [
  ['json', 'JSON'],
  ['registry', 'Avro or JSON by the schema registry'],
  ['text', 'Text'],
];
const KEYS: readonly (readonly [KeyEncoding, string])[] = [
  ['none', 'Left out'],
  ['text', 'Text'],
  ['json', 'JSON'],
  ['registry', 'By the schema registry'],
];

type Props = { dialect: MessagesDialect; onChange: (dialect: MessagesDialect) => void };

/** How messages become rows: guessed, and the steward's to change. */
export function MessagesForm({ dialect, onChange }: Props) {
  const id = useId();
  return (
    <fieldset className="dialect">
      <legend className="for-screen-readers">How the messages are read</legend>
      <div className="field">
        <label htmlFor={`${id}v`}>Values</label>
        <select
          id={`${id}v`}
          className="select"
          value={dialect.value}
          onChange={(event) => {
            const value = VALUES.find(([one]) => one === event.target.value)?.[0];
            if (value) onChange({ ...dialect, value });
          }}
        >
          {VALUES.map(([value, label]) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
      </div>
      <div className="field">
        <label htmlFor={`${id}k`}>Keys</label>
        <select
          id={`${id}k`}
          className="select"
          value={dialect.key}
          onChange={(event) => {
            const key = KEYS.find(([one]) => one === event.target.value)?.[0];
            if (key) onChange({ ...dialect, key });
          }}
        >
          {KEYS.map(([key, label]) => (
            <option key={key} value={key}>
              {label}
            </option>
          ))}
        </select>
      </div>
      {dialect.key !== 'none' && (
        <div className="field">
          <label htmlFor={`${id}c`}>Column of the key</label>
          <input
            id={`${id}c`}
            className="input"
            maxLength={200}
            value={dialect.keyColumn}
            onChange={(event) => onChange({ ...dialect, keyColumn: event.target.value })}
          />
        </div>
      )}
    </fieldset>
  );
}
