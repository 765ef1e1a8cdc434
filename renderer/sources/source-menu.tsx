import { Menu } from '@base-ui/react/menu';

export type SourceTask = 'import' | 'export' | 'remove';

const items: readonly (readonly [task: SourceTask, label: string])[] = [
  ['import', 'Import rules…'],
  ['export', 'Export rules…'],
  ['remove', 'Remove from the project…'],
];

/** What else can be done with a source. */
export function SourceMenu({ name, onTask }: { name: string; onTask: (task: SourceTask) => void }) {
  return (
    <Menu.Root>
      <Menu.Trigger className="button quiet icon-only" aria-label={`More for ${name}`}>
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
