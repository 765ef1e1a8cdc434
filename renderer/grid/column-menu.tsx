import { Menu } from '@base-ui/react/menu';
import { operations } from '../../shared/operations/registry';
import { newStep } from '../rules/new-step';
import { useRules } from '../rules/rules-context';
import { useWorkbench } from '../state/context';

/** What can be done with a column. */
export function ColumnMenu({ column }: { column: string }) {
  const workbench = useWorkbench();
  const rules = useRules();
  const fitting = operations.filter(({ targets }) => targets.most > 0);
  return (
    <Menu.Root>
      <Menu.Trigger className="header-menu" aria-label={`Menu of ${column}`}>
        ⋯
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner className="floating" sideOffset={4} align="start">
          <Menu.Popup className="menu">
            <Menu.Item className="menu-item" onClick={() => workbench.selectColumn(column)}>
              Show its profile
            </Menu.Item>
            <Menu.Separator className="menu-separator" />
            <Menu.Group>
              <Menu.GroupLabel className="menu-label">Add a step</Menu.GroupLabel>
              {fitting.map((operation) => (
                <Menu.Item
                  key={operation.id}
                  className="menu-item"
                  onClick={() => rules.add(newStep(operation, [column]))}
                >
                  {operation.title}
                </Menu.Item>
              ))}
            </Menu.Group>
            <Menu.Separator className="menu-separator" />
            <Menu.Item className="menu-item" onClick={() => rules.choose(column)}>
              Search all steps…
            </Menu.Item>
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
