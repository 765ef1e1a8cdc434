import { useWorkbench, useWorkbenchState } from '../state/context';
import { ariaKeys, keysText } from './keys';
import { places } from './places';
import { type Task, useTasks } from './tasks';
import { count } from './words';
import './status-line.css';

/** The bottom line: the three places at its left, what is under way at its right. */
export function StatusLine() {
  const place = useWorkbenchState((state) => state.place);
  const hasProject = useWorkbenchState((state) => state.project !== null);
  const workbench = useWorkbench();
  return (
    <footer className="status-line" data-pane="status" tabIndex={-1}>
      {hasProject && (
        <nav aria-label="Places">
          {places.map(({ id, title, keys }) => (
            <button
              key={id}
              type="button"
              className="place"
              aria-current={id === place ? 'page' : undefined}
              aria-keyshortcuts={ariaKeys(keys)}
              onClick={() => workbench.show(id)}
            >
              {title}
              <kbd>{keysText(keys)}</kbd>
            </button>
          ))}
        </nav>
      )}
      <Progress />
    </footer>
  );
}

function Progress() {
  const tasks = useTasks((state) => state.tasks);
  const sample = useWorkbenchState((state) => state.sample);
  const preview = useWorkbenchState((state) => state.preview.status);
  const shown = tasks.at(-1);
  return (
    <div className="status-progress" role="status">
      {shown ? (
        <TaskProgress task={shown} others={tasks.length - 1} />
      ) : sample.status === 'loading' ? (
        <span>Reading the sample{sample.progress ? ` · ${count(sample.progress.rows)} rows` : '…'}</span>
      ) : preview === 'updating' ? (
        <span>Updating the preview…</span>
      ) : null}
    </div>
  );
}

function TaskProgress({ task, others }: { task: Task; others: number }) {
  const { words, rows, of, rowsPerSecond } = task.progress;
  const share = rows != null && of ? Math.min(1, rows / of) : null;
  const parts = [
    words,
    rows != null && (of ? `${count(rows)} of ${count(of)} rows` : `${count(rows)} rows`),
    rowsPerSecond != null && rowsPerSecond > 0 && `${count(Math.round(rowsPerSecond))} rows/s`,
    others > 0 && `${others} more`,
  ].filter(Boolean);
  return (
    <>
      <span className="ellipsis">
        {task.title}
        {parts.length > 0 && <span className="muted"> · {parts.join(' · ')}</span>}
      </span>
      <span className="bar status-bar" data-unknown={share === null || undefined}>
        <span style={{ width: `${(share ?? 0.3) * 100}%` }} />
      </span>
      {task.cancel && (
        <button type="button" className="link" onClick={task.cancel}>
          Cancel
        </button>
      )}
    </>
  );
}
