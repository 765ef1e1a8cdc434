import { type FormEvent, useId, useState } from 'react';
import { useLoaded } from '../shell/use-call';
import { useFocus } from '../shell/use-focus';
import { PathField } from '../sources/path-field';
import { useWorkbench } from '../state/context';

type Props = {
  busy: boolean;
  onCancel: () => void;
  onCreate: (input: { path: string; name: string }) => void;
};

/** A file name that every system takes. */
const fileName = (name: string): string =>
  `${
    name
      .trim()
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, '-')
      .replace(/^-|-$/g, '') || 'project'
  }.dhz`;

/** A name and a file for a new project. */
export function NewProject({ busy, onCancel, onCreate }: Props) {
  const { host } = useWorkbench();
  const home = useLoaded('home', (signal) => host.call('files.home', { connection: 'local' }, { signal }));
  const [name, setName] = useState('');
  const [path, setPath] = useState<string | null>(null);
  const id = useId();
  const first = useFocus<HTMLInputElement>();
  const suggested = home.value ? `${home.value.path.replace(/[\\/]$/, '')}/${fileName(name)}` : '';
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const chosen = (path ?? suggested).trim();
    if (name.trim() !== '' && chosen !== '') onCreate({ path: chosen, name: name.trim() });
  };
  return (
    <form className="welcome-panel" onSubmit={submit} aria-label="New project">
      <h2>New project</h2>
      <div className="field">
        <label htmlFor={id}>Name</label>
        <input
          id={id}
          className="input"
          value={name}
          onChange={(event) => setName(event.target.value)}
          placeholder="Spring campaign"
          maxLength={200}
          ref={first}
        />
      </div>
      <PathField label="File" kind="project" saving value={path ?? suggested} onChange={setPath} />
      <div className="welcome-buttons">
        <button type="submit" className="button primary" disabled={busy || name.trim() === ''}>
          Create the project
        </button>
        <button type="button" className="button quiet" onClick={onCancel}>
          Cancel
        </button>
      </div>
    </form>
  );
}
