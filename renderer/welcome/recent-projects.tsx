import { FaultNotice } from '../shell/fault-notice';
import { Icon } from '../shell/icons';
import { useLoaded } from '../shell/use-call';
import { since } from '../shell/words';
import { useWorkbench } from '../state/context';

/** Projects opened before on this machine, the last one first. */
export function RecentProjects({ busy, onOpen }: { busy: boolean; onOpen: (path: string) => void }) {
  const { host } = useWorkbench();
  const recent = useLoaded('recent', (signal) => host.call('project.recent', {}, { signal }));
  if (recent.status === 'failed') {
    return <FaultNotice error={recent.error} button={{ label: 'Try again', run: recent.reload }} />;
  }
  if (recent.status === 'loading') return <div className="welcome-recent" />;
  return (
    <div className="welcome-recent">
      <h3>Recent</h3>
      {recent.value.length === 0 ? (
        <p className="muted">Projects you open will be listed here.</p>
      ) : (
        <ul>
          {recent.value.map(({ path, name, opened }) => {
            const time = since(opened);
            return (
              <li key={path}>
                <button
                  type="button"
                  className="welcome-project"
                  disabled={busy}
                  onClick={() => onOpen(path)}
                >
                  <Icon name="file" />
                  <span className="welcome-project-words">
                    <span>{name}</span>
                    <span className="muted small ellipsis" title={path}>
                      {path}
                    </span>
                  </span>
                  <time className="muted small" dateTime={opened} title={time.exact}>
                    {time.words}
                  </time>
                </button>
              </li>
            );
          })}
        </ul>
      )}
    </div>
  );
}
