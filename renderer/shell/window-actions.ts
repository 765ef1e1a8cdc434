import { useWorkbench, useWorkbenchState } from '../state/context';
import { type Action, useActions } from './actions';
import { setAppearance, useAppearance } from './appearance';
import { reportFault } from './faults';
import { goToPane } from './panes';
import { places } from './places';

type Panels = { togglePalette: () => void; toggleShortcuts: () => void };

/** The actions that are there wherever the steward is. */
export function useWindowActions({ togglePalette, toggleShortcuts }: Panels): void {
  const workbench = useWorkbench();
  const hasProject = useWorkbenchState((state) => state.project !== null);
  const { theme, density } = useAppearance();
  const close = async () => {
    try {
      await workbench.settled();
      await workbench.host.call('project.close', {});
      workbench.openProject(null);
    } catch (error) {
      reportFault(error, 'Closing the project');
    }
  };
  const go: Action[] = places.map(({ id, title, keys }) => ({
    id: `go.${id}`,
    title: `Go to ${title}`,
    group: 'Window',
    keys,
    disabled: !hasProject,
    run: () => workbench.show(id),
  }));
  const themes: Action[] = (['system', 'light', 'dark'] as const)
    .filter((one) => one !== theme)
    .map((one) => ({
      id: `theme.${one}`,
      title: one === 'system' ? 'Use the system’s light or dark theme' : `Use the ${one} theme`,
      group: 'Appearance',
      run: () => setAppearance({ theme: one }),
    }));
  const other = density === 'compact' ? 'comfortable' : 'compact';
  useActions([
    ...go,
    { id: 'pane.next', title: 'Go to the next pane', group: 'Window', keys: 'F6', run: () => goToPane(1) },
    {
      id: 'pane.previous',
      title: 'Go to the previous pane',
      group: 'Window',
      keys: 'Shift+F6',
      run: () => goToPane(-1),
    },
    { id: 'palette', title: 'Show all actions', group: 'Window', keys: 'Mod+K', run: togglePalette },
    { id: 'shortcuts', title: 'Show the shortcuts', group: 'Window', keys: '?', run: toggleShortcuts },
    {
      id: 'project.close',
      title: 'Close the project and choose another…',
      group: 'Project',
      also: 'open new recent switch welcome',
      disabled: !hasProject,
      run: () => void close(),
    },
    ...themes,
    {
      id: 'density',
      title: other === 'compact' ? 'Make rows compact' : 'Make rows comfortable',
      group: 'Appearance',
      run: () => setAppearance({ density: other }),
    },
  ]);
}
