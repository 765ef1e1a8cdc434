import { Menu } from '@base-ui/react/menu';
import { useRules } from '../rules/rules-context';
import { plural } from '../shell/words';
import { useWorkbench } from '../state/context';
import { suggestedStep } from '../suggest/suggested-step';
import { useSuggestions } from '../suggest/use-suggestions';

/** How many suggestions the menu shows; the panel has them all. */
const MOST = 6;

/** What can be done with a column: what fits what it holds, best first, with its effect counted beforehand. */
export function ColumnMenu({ column }: { column: string }) {
  return (
    <Menu.Root>
      <Menu.Trigger className="header-menu" aria-label={`Menu of ${column}`}>
        ⋯
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner className="floating" sideOffset={4} align="start">
          <Menu.Popup className="menu column-menu">
            <Items column={column} />
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}

function Items({ column }: { column: string }) {
  const workbench = useWorkbench();
  const rules = useRules();
  const { suggestions, current, error } = useSuggestions(column, 0);
  const shown = suggestions.slice(0, MOST);
  return (
    <>
      <Menu.Item className="menu-item" onClick={() => workbench.selectColumn(column)}>
        Show its profile
      </Menu.Item>
      <Menu.Separator className="menu-separator" />
      <Menu.Group>
        <Menu.GroupLabel className="menu-label">Suggested steps</Menu.GroupLabel>
        {shown.length === 0 && (
          <p className="menu-empty muted small" role="status">
            {error !== null
              ? 'They cannot be counted now.'
              : current
                ? 'Nothing to mend was found.'
                : 'Looking…'}
          </p>
        )}
        {shown.map((one) => (
          <Menu.Item
            key={`${one.operation} ${JSON.stringify(one.parameters)}`}
            className="menu-item column-offer"
            title={one.evidence}
            onClick={() => rules.add(suggestedStep(one))}
          >
            <span>{one.sentence}</span>
            <span className="muted small">
              {one.left > 0 ? `${plural(one.left, 'row')} out` : plural(one.fixed, 'cell')}
            </span>
          </Menu.Item>
        ))}
      </Menu.Group>
      <Menu.Separator className="menu-separator" />
      <Menu.Item className="menu-item" onClick={() => rules.choose(column)}>
        Search all steps…
      </Menu.Item>
    </>
  );
}
