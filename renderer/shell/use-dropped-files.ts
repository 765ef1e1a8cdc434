import { useEffect } from 'react';
import { Fault } from '../../shared/contract/errors';
import { currentActions, runAction } from './actions';
import { reportFault } from './faults';

const carriesFiles = ({ dataTransfer }: DragEvent): boolean => dataTransfer?.types.includes('Files') ?? false;

function onDragOver(event: DragEvent): void {
  if (carriesFiles(event)) event.preventDefault();
}

function onDrop(event: DragEvent): void {
  if (!carriesFiles(event)) return;
  event.preventDefault();
  const fault = new Fault({
    code: 'window.drop',
    message: `The window is not told where “${event.dataTransfer?.files[0]?.name ?? 'the file'}” is.`,
    unaffected: 'Nothing was changed.',
    advice: 'Add the file as a source, by its path.',
  });
  const canAdd = currentActions().some(({ id }) => id === 'source.add');
  reportFault(
    fault,
    'Taking in a dropped file',
    canAdd ? { label: 'Add a source…', run: () => runAction('source.add') } : undefined,
  );
}

/** Keeps the browser from leaving the workbench for a file that is dropped on it, and says what to do instead. */
export function useDroppedFiles(): void {
  useEffect(() => {
    document.addEventListener('dragover', onDragOver);
    document.addEventListener('drop', onDrop);
    return () => {
      document.removeEventListener('dragover', onDragOver);
      document.removeEventListener('drop', onDrop);
    };
  }, []);
}
