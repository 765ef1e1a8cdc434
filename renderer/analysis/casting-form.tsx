import { useId } from 'react';
import type { InputRole } from '../../shared/analysis/analysis';
import type { AnyAnalysis } from '../../shared/analysis/registry';
import { type Casting, columnsOf } from './run-ready';
import type { WorkspaceSource } from './workspace';

type Props = {
  analysis: AnyAnalysis;
  casting: Casting;
  sources: readonly WorkspaceSource[];
  onChange: (casting: Casting) => void;
};

// The workspace itself knows which rows were merged.
const isAsked = (input: InputRole): boolean => input.id !== 'merged';

/** Which source and which columns an analysis works on. */
export function CastingForm({ analysis, casting, sources, onChange }: Props) {
  return (
    <div className="casting">
      {analysis.inputs.filter(isAsked).map((input) => (
        <InputFields
          key={input.id}
          input={input}
          cast={casting[input.id]}
          sources={sources}
          onChange={(cast) => onChange({ ...casting, [input.id]: cast })}
        />
      ))}
    </div>
  );
}

type InputProps = {
  input: InputRole;
  cast: Casting[string];
  sources: readonly WorkspaceSource[];
  onChange: (cast: Casting[string]) => void;
};

function InputFields({ input, cast, sources, onChange }: InputProps) {
  const id = useId();
  const source = sources.find((one) => one.source.id === cast?.source);
  const columns = source ? columnsOf(source) : [];
  return (
    <fieldset className="casting-input">
      <legend>{input.title}</legend>
      <div className="field">
        <label htmlFor={id}>Source</label>
        <select
          id={id}
          className="select"
          value={cast?.source ?? ''}
          onChange={(event) =>
            onChange(event.target.value === '' ? undefined : { source: event.target.value, columns: {} })
          }
        >
          <option value="">{input.optional ? 'None' : 'Choose…'}</option>
          {sources.map((one) => (
            <option key={one.source.id} value={one.source.id}>
              {one.source.name}
            </option>
          ))}
        </select>
        <p className="help">{input.help}</p>
      </div>
      {cast && columns.length > 0 && (
        <div className="casting-columns">
          {input.columns.map((role) => (
            <div className="field" key={role.id}>
              <label htmlFor={id + role.id}>
                {role.title}
                {role.optional && <span className="muted"> (optional)</span>}
              </label>
              <select
                id={id + role.id}
                className="select"
                title={role.help}
                value={cast.columns[role.id] ?? ''}
                onChange={(event) => {
                  const { [role.id]: _, ...rest } = cast.columns;
                  const chosen = event.target.value;
                  onChange({ ...cast, columns: chosen === '' ? rest : { ...rest, [role.id]: chosen } });
                }}
              >
                <option value="">{role.optional ? 'None' : 'Choose…'}</option>
                {columns.map((name) => (
                  <option key={name} value={name}>
                    {name}
                  </option>
                ))}
              </select>
            </div>
          ))}
        </div>
      )}
      {cast && columns.length === 0 && (
        <p className="muted small">Its columns are proposed once the table has been read.</p>
      )}
    </fieldset>
  );
}
