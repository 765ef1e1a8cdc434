import { Menu } from '@base-ui/react/menu';
import { Icon } from '../shell/icons';
import { lastPlaces } from './last-places';

type Props = {
  connection: string;
  /** Null is where browsing begins. */
  onPlace: (path: string | null) => void;
};

/** The folders from which something was chosen last, and home. */
export function PlacesMenu({ connection, onPlace }: Props) {
  return (
    <Menu.Root>
      <Menu.Trigger className="button icon-only" aria-label="Last places">
        <Icon name="clock" />
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner className="floating" sideOffset={4} align="end">
          <Menu.Popup className="menu">
            <Menu.Item className="menu-item" onClick={() => onPlace(null)}>
              Home folder
            </Menu.Item>
            {lastPlaces(connection).map((path) => (
              <Menu.Item key={path} className="menu-item mono" onClick={() => onPlace(path)}>
                {path}
              </Menu.Item>
            ))}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
