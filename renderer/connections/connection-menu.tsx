import { Menu } from '@base-ui/react/menu';

/** What can be done with a connection. */
export type ConnectionTask = 'edit' | 'test' | 'duplicate' | 'remove';

const items: readonly (readonly [task: ConnectionTask, label: string])[] = [
  ['edit', 'Edit…'],
  ['test', 'Test'],
  ['duplicate', 'Duplicate…'],
  ['remove', 'Remove…'],
];

type Props = { name: string; onTask: (task: ConnectionTask) => void };

/** What else can be done with a connection in the list. */
export function ConnectionMenu({ name, onTask }: Props) {
  return (
    <Menu.Root>
      <Menu.Trigger className="button quiet icon-only" aria-label={`More for the connection ${name}`}>
        ⋯
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner className="floating" sideOffset={4} align="end">
          <Menu.Popup className="menu">
            {items.map(([task, label]) => (
              <Menu.Item key={task} className="menu-item" onClick={() => onTask(task)}>
                {label}
              </Menu.Item>
            ))}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
