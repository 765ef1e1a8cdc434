import { type FocusEvent, type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { columnsAt } from '../../shared/compile/lineage';
import type { Step } from '../../shared/document/rule-set';
import { type AnyOperation, findOperation } from '../../shared/operations/registry';
import { FormHeight } from '../clean/form-height';
import { useFocusOnceLost } from '../shell/use-focus';
import { useWorkbench, useWorkbenchState } from '../state/context';
import { ColumnsField } from './columns-field';
import { Field, isPanel } from './field';
import { faultsOf, isShown, parameterOf, withValue } from './parameters';
import { useRules } from './rules-context';
import { StepHelp } from './step-help';

/** A step's form. Each change is previewed at once; Enter keeps it, Escape brings back what was kept last. */
export function StepForm({ step, index }: { step: Step; index: number }) {
  const operation = findOperation(step.operation);
  if (!operation) {
    return (
      <p className="form-unknown">
        This program does not know the operation “{step.operation}”. Open the rules with a newer
        DataHarmonize, or remove the step.
      </p>
    );
  }
  return (
    <>
      <div className="pane-head form-head">
        <h2>
          Step {index + 1} · {operation.title}
        </h2>
        {!step.enabled && <span className="tag">off</span>}
        <FormHeight />
      </div>
      <KnownForm key={step.id} step={step} index={index} operation={operation} />
    </>
  );
}

function KnownForm({ step, index, operation }: { step: Step; index: number; operation: AnyOperation }) {
  const workbench = useWorkbench();
  const plan = useWorkbenchState((state) => state.preview.plan);
  const [session, setSession] = useState(0);
  const kept = useRef({ columns: step.columns, parameters: step.parameters });
  const hidden = useRef(new Map<string, unknown>());
  const columns = plan
    ? columnsAt(plan, Math.min(index, plan.steps.length) - 1).map(({ column }) => column)
    : [];
  const stopsAt = useWorkbenchState((state) => state.preview.stopsAt?.step);
  // Beyond a faulty step it is not known which columns there are.
  const known = plan !== null && !plan.steps.slice(0, index).some(({ id }) => id === stopsAt);
  const faults = faultsOf(operation, step.parameters, known ? columns : null);
  const { type } = useRules();
  useEffect(() => () => type(false), [type]);
  const form = useFocusOnceLost();

  const change = (part: Partial<Pick<Step, 'columns' | 'parameters' | 'note'>>) => {
    type(true);
    workbench.edit({ kind: 'change-step', id: step.id, change: part }, `form ${step.id} ${session}`);
  };
  const onBlur = ({ currentTarget, relatedTarget }: FocusEvent<HTMLElement>) => {
    if (!currentTarget.contains(relatedTarget)) type(false);
  };
  const keep = () => {
    kept.current = { columns: step.columns, parameters: step.parameters };
    setSession((before) => before + 1);
  };
  const isKept = kept.current.columns === step.columns && kept.current.parameters === step.parameters;

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const target = event.target as HTMLElement;
    const takesEnter =
      target.tagName === 'TEXTAREA' || target.tagName === 'BUTTON' || target.tagName === 'SUMMARY';
    if (event.key === 'Enter' && !takesEnter && !event.ctrlKey && !event.metaKey) keep();
    else if (event.key === 'Escape' && !isKept) change(kept.current);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  const { least, most } = operation.targets;
  const general = faults.get('') ?? [];
  const shown = operation.form.filter((field) => isShown(operation, step.parameters, field));
  const panels = shown.filter(isPanel);
  const fieldOf = (field: (typeof shown)[number]) => (
    <Field
      key={field.name}
      field={field}
      columns={columns}
      value={parameterOf(operation, step.parameters, field.name)}
      faults={faults.get(field.name) ?? []}
      onChange={(value) =>
        change({ parameters: withValue(operation, step.parameters, field.name, value, hidden.current) })
      }
    />
  );
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Enter and Escape in any of the fields
    <div className="form" ref={form} onKeyDown={onKeyDown} onBlur={onBlur}>
      <div className="form-fields">
        {most > 0 && (
          <ColumnsField
            label="In these columns"
            columns={columns}
            value={step.columns}
            most={most}
            faults={
              step.columns.length < least
                ? [
                    {
                      message: `Choose at least ${least === 1 ? 'one column' : `${least} columns`}.`,
                      position: null,
                    },
                  ]
                : []
            }
            onChange={(value) => change({ columns: [...value] })}
          />
        )}
        {shown.filter((field) => !isPanel(field)).map(fieldOf)}
        {general.map(({ message }) => (
          <p key={message} className="field-fault" role="alert">
            {message}
          </p>
        ))}
        <div className="field form-note">
          <label htmlFor={`note-${step.id}`}>Note</label>
          <input
            id={`note-${step.id}`}
            className="input"
            placeholder="Why this step is here"
            value={step.note}
            onChange={(event) => change({ note: event.target.value })}
          />
        </div>
        <p className="form-keys muted small" aria-live="polite">
          {isKept ? 'Changes show at once.' : 'Not kept yet.'} <kbd>Enter</kbd> keeps them, <kbd>Esc</kbd>{' '}
          brings back what was.
        </p>
      </div>
      <StepHelp operation={operation} step={step} folded={panels.length > 0} />
      {panels.length > 0 && <div className="form-panel">{panels.map(fieldOf)}</div>}
    </div>
  );
}
