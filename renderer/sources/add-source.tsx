import { useState } from 'react';
import { Icon } from '../shell/icons';
import { folder } from '../shell/paths';
import { useWorkbenchState } from '../state/context';
import type { BrowserProps } from './browsers';
import { FileBrowser } from './file-browser';
import { FilePreview } from './file-preview';

/** Chooses a file of a connection, looks into it, and adds it to the project. */
export function AddSource({ connection, onDone, onEdit }: BrowserProps) {
  const [path, setPath] = useState<string | null>(null);
  const project = useWorkbenchState((state) => state.project?.path ?? null);
  const local = connection.kind === 'local';
  const place = local ? 'this computer' : connection.name;
  // Data usually lies near its project.
  const start = local && project !== null ? folder(project) : null;
  return (
    <section className="pane add-source" data-pane="add-source" tabIndex={-1} aria-label="Add a source">
      <div className="pane-head">
        <h2>
          Add a source <span className="muted">from {place}</span>
        </h2>
        <button type="button" className="button quiet icon-only" aria-label="Close" onClick={onDone}>
          <Icon name="close" />
        </button>
      </div>
      <div className="add-source-columns">
        <div className="add-source-files">
          <FileBrowser
            connection={connection.id}
            start={start}
            onEdit={onEdit}
            onDataSet={setPath}
            onFile={(entry) => setPath(entry.path)}
            chosen={path}
            autoFocus
          />
        </div>
        <div className="add-source-preview">
          {path === null ? (
            <div className="empty">
              <h3>Choose a file to look into it</h3>
              <p className="muted">
                CSV, JSON, Parquet, Avro and more. You see how it is read and its first rows before anything
                is added.
              </p>
            </div>
          ) : (
            <FilePreview key={path} connection={connection.id} path={path} onAdded={onDone} />
          )}
        </div>
      </div>
    </section>
  );
}
