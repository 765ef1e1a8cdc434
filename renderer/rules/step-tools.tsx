import { type Action, useActions } from '../shell/actions';
import { Icon, type IconName } from '../shell/icons';
import { keysText } from '../shell/keys';
import { useHistory, useWorkbench, useWorkbenchState } from '../state/context';

type Tool = Required<Pick<Action, 'id' | 'title' | 'keys' | 'disabled' | 'run'>> & {
  readonly label: string;
  readonly icon: IconName;
};

/** What can be done to the selected step and to the list, always in the same place. */
export function StepTools() {
  const workbench = useWorkbench();
  const history = useHistory();
  const selected = useWorkbenchState((state) => state.step);
  const steps = history?.ruleSet.steps ?? [];
  const index = steps.findIndex(({ id }) => id === selected);
  const step = steps[index];
  const move = (to: number) => {
    if (step) workbench.edit({ kind: 'move-step', id: step.id, index: to });
  };
  const toggle = () => {
    if (step) workbench.edit({ kind: 'change-step', id: step.id, change: { enabled: !step.enabled } });
  };
  const ofStep: Tool[] = [
    {
      ...{ id: 'rules.up', title: 'Move the step up', label: 'Move up', keys: 'Alt+ArrowUp', icon: 'up' },
      disabled: index < 1,
      run: () => move(index - 1),
    },
    {
      ...{ id: 'rules.down', title: 'Move the step down', label: 'Move down', keys: 'Alt+ArrowDown' },
      icon: 'down-arrow',
      disabled: index < 0 || index === steps.length - 1,
      run: () => move(index + 1),
    },
    {
      ...{ id: 'rules.remove', title: 'Remove the step', label: 'Remove', keys: 'Delete', icon: 'close' },
      disabled: !step,
      run: () => {
        if (step) workbench.edit({ kind: 'remove-step', id: step.id });
      },
    },
  ];
  const ofList: Tool[] = [
    {
      ...{ id: 'rules.undo', title: 'Undo', label: 'Undo', keys: 'Mod+Z', icon: 'undo' },
      disabled: (history?.past.length ?? 0) === 0,
      run: workbench.undo,
    },
    {
      ...{ id: 'rules.redo', title: 'Redo', label: 'Redo', keys: 'Mod+Shift+Z', icon: 'redo' },
      disabled: (history?.future.length ?? 0) === 0,
      run: workbench.redo,
    },
  ];
  useActions([
    ...ofList.map((one) => ({ ...one, group: 'Rules' })),
    ...[
      ...ofStep,
      {
        id: 'rules.toggle',
        title: step?.enabled === false ? 'Switch the step on' : 'Switch the step off',
        keys: 'Space',
        disabled: !step,
        run: toggle,
      },
    ].map((one) => ({ ...one, group: 'Rules', place: 'clean' as const, handledLocally: true })),
  ]);
  return (
    <span className="step-tools">
      {[...ofStep, ...ofList].map(({ id, label, keys, icon, disabled, run }) => (
        <button
          key={id}
          type="button"
          className="button quiet icon-only"
          aria-label={label}
          title={`${label} (${keysText(keys)})`}
          disabled={disabled}
          onClick={run}
        >
          <Icon name={icon} />
        </button>
      ))}
    </span>
  );
}
