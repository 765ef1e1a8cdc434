import { useId } from 'react';
import { useFocus } from '../shell/use-focus';
import type { FormField } from './forms/form';

type Props = {
  field: FormField;
  value: string;
  /** What is wrong with the value, if anything. */
  fault: string | undefined;
  /** A secret that is known already and need not be typed. */
  known: boolean;
  focus: boolean;
  onChange: (value: string) => void;
};

/** One field of a connection's form with its words. */
export function FieldRow({ field, value, fault, known, focus, onChange }: Props) {
  const id = useId();
  const first = useFocus<HTMLInputElement>(focus);
  const { control, label, help, optional } = field;
  if (control === 'check') {
    return (
      <div className="field">
        <label className="check-field">
          <input
            type="checkbox"
            checked={value === 'yes'}
            onChange={(event) => onChange(event.target.checked ? 'yes' : '')}
            aria-describedby={`${id}-help`}
          />
          {label}
        </label>
        <p id={`${id}-help`} className="help connection-check-help">
          {help}
        </p>
      </div>
    );
  }
  const shared = {
    id,
    value,
    'aria-invalid': fault !== undefined,
    'aria-describedby': `${id}-help`,
  };
  const text = {
    ...shared,
    placeholder: known ? 'Known; type to replace it' : field.placeholder,
    spellCheck: false,
    autoComplete: control === 'secret' ? 'new-password' : 'off',
    onChange: (event: { target: { value: string } }) => onChange(event.target.value),
  };
  const words = fault ?? help;
  return (
    <div className="field">
      <label htmlFor={id}>
        {label}
        {optional && <span className="muted"> (optional)</span>}
      </label>
      {control === 'choice' ? (
        <select {...shared} className="select" onChange={(event) => onChange(event.target.value)}>
          {field.options.map(([option, title]) => (
            <option key={option} value={option}>
              {title}
            </option>
          ))}
        </select>
      ) : control === 'lines' || control === 'pem' || control === 'secret-lines' ? (
        <textarea
          {...text}
          className={`input connection-lines mono ${control === 'secret-lines' ? 'connection-hidden' : ''}`}
          rows={Math.min(6, Math.max(control === 'lines' ? 2 : 1, value.split('\n').length))}
        />
      ) : (
        <input {...text} className="input" type={control === 'secret' ? 'password' : 'text'} ref={first} />
      )}
      {words !== '' && (
        <p id={`${id}-help`} className={fault ? 'help field-fault' : 'help'}>
          {words}
        </p>
      )}
    </div>
  );
}
