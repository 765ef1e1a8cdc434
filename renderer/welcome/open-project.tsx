import { type FormEvent, useState } from 'react';
import { PathField } from '../sources/path-field';

type Props = { busy: boolean; onCancel: () => void; onOpen: (path: string) => void };

/** Chooses a project file, by the system's dialog where there is one, by browsing or by its path. */
export function OpenProject({ busy, onCancel, onOpen }: Props) {
  const [path, setPath] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (path.trim() !== '') onOpen(path.trim());
  };
  return (
    <form className="welcome-panel" onSubmit={submit} aria-label="Open a project">
      <h2>Open a project</h2>
      <PathField
        label="Project file"
        kind="project"
        value={path}
        onChange={setPath}
        onChosen={onOpen}
        ending=".dhz"
        autoFocus
      />
      <div className="welcome-buttons">
        <button type="submit" className="button primary" disabled={busy || path.trim() === ''}>
          Open
        </button>
        <button type="button" className="button quiet" onClick={onCancel}>
          Cancel
        </button>
      </div>
    </form>
  );
}
