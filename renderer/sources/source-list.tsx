import { useState } from 'react';
import { FaultNotice } from '../shell/fault-notice';
import { Icon } from '../shell/icons';
import { useAttempt } from '../shell/use-call';
import { focusAtOnce } from '../shell/use-focus';
import { plural } from '../shell/words';
import { useWorkbench, useWorkbenchState } from '../state/context';
import { RulesFile } from './rules-file';
import { SourceMenu, type SourceTask } from './source-menu';

type Props = { current: boolean; onSelect: () => void; onAdd: () => void };

/** The project's sources; the chosen one is what is looked at. */
export function SourceList({ current, onSelect, onAdd }: Props) {
  const workbench = useWorkbench();
  const sources = useWorkbenchState((state) => state.project?.project.sources) ?? [];
  const chosen = useWorkbenchState((state) => state.source);
  const histories = useWorkbenchState((state) => state.histories);
  const [task, setTask] = useState<{ source: string; task: SourceTask } | null>(null);
  const attempt = useAttempt();
  const remove = (source: string) =>
    attempt.run(async () => {
      await workbench.settled();
      workbench.openProject(await workbench.host.call('project.removeSource', { source }));
      setTask(null);
    });
  return (
    <section className="source-list" aria-label="Sources of the project">
      <div className="pane-head">
        <h2>Sources</h2>
        <button type="button" className="button quiet icon-only" aria-label="Add a source" onClick={onAdd}>
          <Icon name="plus" />
        </button>
      </div>
      {sources.length === 0 && (
        <p className="muted sources-empty">
          No source yet. Add a file with customers to see it in the grid; it is read, never changed.
        </p>
      )}
      <ul>
        {sources.map(({ id, name, role, path }) => {
          const steps = plural(histories[id]?.ruleSet.steps.length ?? 0, 'step');
          const holds = role === 'other' ? 'table' : role;
          const open = task?.source === id ? task.task : null;
          return (
            <li key={id}>
              <div className="source-row">
                <button
                  type="button"
                  className="source-button two-lines"
                  aria-current={current && id === chosen}
                  title={`${name}\n${steps} · ${holds}\n${path}`}
                  onClick={() => {
                    onSelect();
                    if (id !== chosen) workbench.selectSource(id);
                  }}
                >
                  <Icon name="table" />
                  <span className="source-words">
                    <span className="ellipsis">{name}</span>
                    <span className="muted small">
                      {steps} · {holds}
                    </span>
                  </span>
                </button>
                <SourceMenu name={name} onTask={(chosenTask) => setTask({ source: id, task: chosenTask })} />
              </div>
              {open === 'remove' && (
                <div className="source-ask" role="alertdialog" aria-label={`Remove ${name}?`}>
                  <p>
                    Remove {name} and its {steps} from the project? The file itself stays.
                  </p>
                  <div className="source-ask-buttons">
                    <button
                      type="button"
                      className="button"
                      disabled={attempt.busy}
                      onClick={() => void remove(id)}
                    >
                      Remove
                    </button>
                    <button
                      type="button"
                      className="button quiet"
                      ref={focusAtOnce}
                      onClick={() => setTask(null)}
                    >
                      Keep
                    </button>
                  </div>
                  {attempt.error !== null && <FaultNotice error={attempt.error} />}
                </div>
              )}
              {(open === 'import' || open === 'export') && (
                <RulesFile source={id} name={name} task={open} onDone={() => setTask(null)} />
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
