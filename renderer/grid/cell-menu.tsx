import { Menu } from '@base-ui/react/menu';
import { pinCell } from '../history/pin';
import { reportFault } from '../shell/faults';
import { keysText } from '../shell/keys';
import { useWorkbench } from '../state/context';
import { isCancelled } from '../state/fault';
import type { CellPlace } from '../state/model';
import type { Workbench } from '../state/workbench';

/** Where the menu of a cell opens: at the pointer or, by keyboard, at the cell. */
export type CellMenuPlace = { readonly cell: CellPlace; readonly x: number; readonly y: number };

/** Pins the cell under the cursor and shows its history, where it says so. */
export function keepCell(workbench: Workbench, cell: CellPlace | null, onHistory: () => void): void {
  if (!cell) return;
  pinCell(workbench, cell).then(
    () => {
      workbench.selectCell(cell);
      onHistory();
    },
    (error: unknown) => {
      if (!isCancelled(error)) reportFault(error, 'Keeping the cell like this');
    },
  );
}

/** What can be done with a cell. */
export function CellMenu({
  place,
  onClose,
  onHistory,
}: {
  place: CellMenuPlace | null;
  onClose: () => void;
  onHistory: () => void;
}) {
  const workbench = useWorkbench();
  const anchor = place && { getBoundingClientRect: () => new DOMRect(place.x, place.y, 0, 0) };
  return (
    <Menu.Root open={place !== null} onOpenChange={(open) => !open && onClose()}>
      <Menu.Portal>
        <Menu.Positioner className="floating" anchor={anchor} align="start" sideOffset={2}>
          <Menu.Popup className="menu" aria-label="Cell">
            <Menu.Item
              className="menu-item column-offer"
              onClick={() => keepCell(workbench, place?.cell ?? null, onHistory)}
            >
              <span>It must stay like this</span>
              <kbd>{keysText('Mod+Shift+K')}</kbd>
            </Menu.Item>
            <Menu.Item className="menu-item column-offer" onClick={onHistory}>
              <span>Show its history</span>
              <kbd>{keysText('Enter')}</kbd>
            </Menu.Item>
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
