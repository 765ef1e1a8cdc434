import { Dialog } from '@base-ui/react/dialog';
import { Command } from 'cmdk';
import { useWorkbench } from '../state/context';
import { type Action, useAllActions } from './actions';
import { keysText } from './keys';
import './palette.css';

type Props = { open: boolean; onOpenChange: (open: boolean) => void };

/** Every action of the window, found by typing. */
export function Palette({ open, onOpenChange }: Props) {
  return (
    <Dialog.Root open={open} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Backdrop className="palette-backdrop" />
        <Dialog.Popup className="palette" aria-label="All actions">
          <PaletteList onDone={() => onOpenChange(false)} />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function PaletteList({ onDone }: { onDone: () => void }) {
  const actions = useAllActions().filter((action) => !action.disabled);
  const workbench = useWorkbench();
  const groups = [...new Set(actions.map((action) => action.group))];
  const run = (action: Action) => {
    onDone();
    if (action.place !== undefined) workbench.show(action.place);
    // After the dialog has given the focus back, so that the action may move it.
    requestAnimationFrame(() => action.run());
  };
  return (
    <Command label="All actions" loop>
      <Command.Input className="palette-input" placeholder="What would you like to do?" autoFocus />
      <Command.List className="palette-list">
        <Command.Empty className="palette-empty muted">
          Nothing is called that. Try another word.
        </Command.Empty>
        {groups.map((group) => (
          <Command.Group key={group} heading={group}>
            {actions
              .filter((action) => action.group === group)
              .map((action) => (
                <Command.Item
                  key={action.id}
                  value={`${action.title} ${action.id}`}
                  keywords={[group, action.also ?? '']}
                  onSelect={() => run(action)}
                >
                  <span className="ellipsis">{action.title}</span>
                  {action.keys && <kbd>{keysText(action.keys)}</kbd>}
                </Command.Item>
              ))}
          </Command.Group>
        ))}
      </Command.List>
    </Command>
  );
}
