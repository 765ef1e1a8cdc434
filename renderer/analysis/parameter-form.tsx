import { useId } from 'react';
import type { FormField } from '../../shared/operations/operation';
import { ColumnsField } from '../rules/columns-field';

export type Parameters = Readonly<Record<string, unknown>>;

type Props = {
  fields: readonly FormField[];
  values: Parameters;
  columns: readonly string[];
  onChange: (values: Parameters) => void;
};

/** The parameters of an analysis, after its definition. An empty field leaves its parameter out. */
export function ParameterForm({ fields, values, columns, onChange }: Props) {
  if (fields.length === 0) return null;
  const set = (name: string, value: unknown) => {
    const { [name]: _, ...rest } = values;
    onChange(value === undefined ? rest : { ...rest, [name]: value });
  };
  return (
    <div className="parameters">
      {fields.map((field) => (
        <Field key={field.name} field={field} value={values[field.name]} columns={columns} onSet={set} />
      ))}
    </div>
  );
}

type FieldProps = {
  field: FormField;
  value: unknown;
  columns: readonly string[];
  onSet: (name: string, value: unknown) => void;
};

const linesOf = (text: string): string[] | undefined => {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return lines.length > 0 ? lines : undefined;
};

function Field({ field, value, columns, onSet }: FieldProps) {
  const id = useId();
  const { name, label, help } = field;
  if (field.control === 'columns') {
    return (
      <ColumnsField
        label={label}
        columns={columns}
        value={Array.isArray(value) ? value.map(String) : columns}
        most={Number.POSITIVE_INFINITY}
        faults={[]}
        onChange={(chosen) => onSet(name, chosen)}
      />
    );
  }
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {field.control === 'texts' ? (
        <textarea
          id={id}
          className="input texts"
          rows={3}
          defaultValue={Array.isArray(value) ? value.join('\n') : ''}
          onChange={(event) => onSet(name, linesOf(event.target.value))}
          spellCheck={false}
        />
      ) : field.control === 'choice' || field.control === 'column' ? (
        <select
          id={id}
          className="select"
          value={String(value ?? '')}
          onChange={(event) => onSet(name, event.target.value || undefined)}
        >
          <option value="">–</option>
          {(field.control === 'choice'
            ? field.choices
            : columns.map((one) => ({ value: one, label: one }))
          ).map((choice) => (
            <option key={choice.value} value={choice.value}>
              {choice.label}
            </option>
          ))}
        </select>
      ) : field.control === 'flag' ? (
        <input
          id={id}
          type="checkbox"
          checked={value === true}
          onChange={(event) => onSet(name, event.target.checked)}
        />
      ) : (
        <input
          id={id}
          className="input"
          value={String(value ?? '')}
          onChange={(event) => onSet(name, event.target.value || undefined)}
          spellCheck={false}
        />
      )}
      {help && <p className="help">{help}</p>}
    </div>
  );
}
