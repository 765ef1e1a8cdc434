import { useState } from 'react';
import { keyNameSchema, LEAST_KEY_BYTES } from '../../shared/lookup/key';
import { faultFrom } from '../state/fault';
import { useKeyState, useKeys } from './keys-context';
import './key-field.css';

type Props = {
  described: { id: string; 'aria-invalid': boolean; 'aria-describedby': string };
  value: string;
  onChange: (name: string) => void;
};

/** The name of a secret key; below it, what is known of the key, and where to enter it once. */
export function KeyField({ described, value, onChange }: Props) {
  return (
    <>
      <input
        {...described}
        className="input"
        spellCheck={false}
        autoComplete="off"
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
      {keyNameSchema.safeParse(value).success && <KnownKey key={value} name={value} />}
    </>
  );
}

function KnownKey({ name }: { name: string }) {
  const state = useKeyState(name);
  const [replacing, setReplacing] = useState(false);
  if (state.status === 'asking') return <span className="help">The key is being looked for …</span>;
  if (state.status === 'missing' || replacing)
    return (
      <EnterKey
        name={name}
        keyring={state.keyring}
        missing={state.status === 'missing'}
        done={() => setReplacing(false)}
      />
    );
  return (
    <span className="help key-known">
      <span>
        The key is known here; its check is <code>{state.check}</code>.
      </span>
      <button type="button" className="button small" onClick={() => setReplacing(true)}>
        Enter another
      </button>
    </span>
  );
}

type EnterProps = { name: string; keyring: boolean; missing: boolean; done: () => void };

function EnterKey({ name, keyring, missing, done }: EnterProps) {
  const keys = useKeys();
  const [key, setKey] = useState('');
  const [keep, setKeep] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const give = () =>
    keys.give(name, key, keep).then(done, (error: unknown) => setFault(faultFrom(error).message));
  return (
    <fieldset className="key-panel">
      <legend>{missing ? `The key “${name}” is not known here` : `Another key for “${name}”`}</legend>
      <input
        className="input"
        type="password"
        aria-label={`The key “${name}”`}
        autoComplete="off"
        value={key}
        onChange={(event) => setKey(event.target.value)}
        onKeyDown={(event) => {
          // Not the form's: nothing of the key is an edit.
          if (event.key !== 'Enter') return;
          event.preventDefault();
          event.stopPropagation();
          void give();
        }}
      />
      <span className="help">
        At least {LEAST_KEY_BYTES} bytes. It stays out of the rules, plans and reports.
      </span>
      {keyring && (
        <label className="check-field">
          <input type="checkbox" checked={keep} onChange={(event) => setKeep(event.target.checked)} />
          Keep it in the keyring of this computer
        </label>
      )}
      {fault !== null && (
        <p className="field-fault" role="alert">
          {fault}
        </p>
      )}
      <span className="key-actions">
        <button type="button" className="button" disabled={key === ''} onClick={give}>
          {keep ? 'Keep and use' : 'Use for this session'}
        </button>
        {!missing && (
          <button type="button" className="button" onClick={done}>
            Cancel
          </button>
        )}
      </span>
    </fieldset>
  );
}
