import { useState } from 'react';
import { missedBy, useMissing } from '../columns/use-missing';
import { useActions } from '../shell/actions';
import { Icon } from '../shell/icons';
import { keysText } from '../shell/keys';
import { useHistory, useWorkbench, useWorkbenchState } from '../state/context';
import { useRules } from './rules-context';
import { StepItem } from './step-item';
import { StepTools } from './step-tools';
import '../columns/map-columns.css';
import './rules.css';

/** The steps, in their order: select, toggle, move, remove, add. */
export function StepsPane() {
  const workbench = useWorkbench();
  const rules = useRules();
  const history = useHistory();
  const source = useWorkbenchState((state) => state.source);
  const selected = useWorkbenchState((state) => state.step);
  const stopsAt = useWorkbenchState((state) => state.preview.stopsAt);
  const [dragged, setDragged] = useState<string | null>(null);
  const [target, setTarget] = useState<number | null>(null);
  const steps = history?.ruleSet.steps ?? [];
  const missing = useMissing(rules.typing);
  const stopped = steps.findIndex(({ id }) => id === stopsAt?.step);

  useActions([
    {
      id: 'rules.add',
      title: 'Add a step',
      group: 'Rules',
      keys: 'Mod+Enter',
      place: 'clean',
      also: 'operation rule trim phone e-mail filter duplicate check',
      run: () => rules.choose(null),
    },
    {
      id: 'rules.map-columns',
      title: 'Map columns that are not in the data',
      group: 'Rules',
      place: 'clean',
      also: 'missing rename retarget skip',
      disabled: missing.length === 0,
      run: () => rules.mapColumns(true),
    },
  ]);

  const drop = () => {
    if (dragged !== null && target !== null) {
      const from = steps.findIndex(({ id }) => id === dragged);
      const index = target > from ? target - 1 : target;
      if (index !== from) workbench.edit({ kind: 'move-step', id: dragged, index });
    }
    setDragged(null);
    setTarget(null);
  };

  return (
    <section className="pane steps" data-pane="steps" tabIndex={-1} aria-label="Steps">
      <div className="pane-head">
        <h2>Steps</h2>
        <StepTools />
      </div>
      <div className="pane-body">
        <button
          type="button"
          className="step-all"
          aria-current={selected === null}
          onClick={() => workbench.selectStep(null)}
        >
          All steps together
        </button>
        {steps.length === 0 && (
          <p className="steps-empty muted">
            No steps yet. Add one, or begin with a column’s menu: what it changes shows in the grid at once.
          </p>
        )}
        {missing.length > 0 && (
          <div className="steps-missing" role="status">
            <p>
              {missing.length === 1
                ? 'A column that steps need is'
                : `${missing.length} columns that steps need are`}{' '}
              not in the data: {missing.map(({ column }) => `“${column}”`).join(', ')}.
            </p>
            <button type="button" className="button small" onClick={() => rules.mapColumns(true)}>
              Map or skip…
            </button>
          </div>
        )}
        <ol
          key={source}
          className="step-list"
          onDrop={drop}
          onDragOver={(event) => {
            if (dragged !== null) event.preventDefault();
          }}
        >
          {steps.map((step, index) => (
            <StepItem
              key={step.id}
              step={step}
              index={index}
              last={index === steps.length - 1}
              missing={missedBy(missing, step.id)}
              beyondFault={stopped >= 0 && index > stopped}
              dropBefore={target === index && dragged !== null}
              dropAfter={target === steps.length && index === steps.length - 1 && dragged !== null}
              onDragStart={() => setDragged(step.id)}
              onDragOver={(after) => setTarget(index + (after ? 1 : 0))}
              onDragEnd={() => {
                setDragged(null);
                setTarget(null);
              }}
            />
          ))}
        </ol>
        <button type="button" className="step-add" onClick={() => rules.choose(null)}>
          <Icon name="plus" />
          Add a step
          <kbd>{keysText('Mod+Enter')}</kbd>
        </button>
      </div>
    </section>
  );
}
