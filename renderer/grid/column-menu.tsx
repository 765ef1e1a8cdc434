import { Menu } from '@base-ui/react/menu';
import { useContext } from 'react';
import { type Effect, useOffers } from '../rules/effects';
import { newStep } from '../rules/new-step';
import { useRules } from '../rules/rules-context';
import { plural } from '../shell/words';
import { useWorkbench } from '../state/context';
import { ColumnStatsContext } from './column-stats';

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
  const kind = useContext(ColumnStatsContext).get(column)?.kind;
  const offers = useOffers(column, kind);
  return (
    <>
      <Menu.Item className="menu-item" onClick={() => workbench.selectColumn(column)}>
        Show its profile
      </Menu.Item>
      <Menu.Separator className="menu-separator" />
      <Menu.Group>
        <Menu.GroupLabel className="menu-label">Add a step</Menu.GroupLabel>
        {offers.map(({ operation, effect }) => (
          <Menu.Item
            key={operation.id}
            className="menu-item column-offer"
            onClick={() => rules.add(newStep(operation, [column]))}
          >
            <span>{operation.title}</span>
            <span className="muted small">{effectWords(effect)}</span>
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

function effectWords(effect: Effect | null | undefined): string {
  if (effect === undefined) return '…';
  if (effect === null) return '';
  const { changed, left } = effect;
  if (changed + left === 0) return 'nothing to do';
  return [changed > 0 && plural(changed, 'cell'), left > 0 && `${plural(left, 'row')} out`]
    .filter(Boolean)
    .join(', ');
}
