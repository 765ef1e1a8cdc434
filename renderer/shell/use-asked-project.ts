import { useEffect } from 'react';
import { useWorkbench } from '../state/context';
import { reportFault } from './faults';

/** Opens the project for which the steward has started the program again. */
export function useAskedProject(): void {
  const workbench = useWorkbench();
  useEffect(() => {
    const open = async (path: string) => {
      try {
        await workbench.settled();
        workbench.openProject(await workbench.host.call('project.open', { path }));
        workbench.show('clean');
      } catch (error) {
        reportFault(error, 'Opening the project');
      }
    };
    return workbench.host.on('app.projectAsked', ({ path }) => void open(path));
  }, [workbench]);
}
