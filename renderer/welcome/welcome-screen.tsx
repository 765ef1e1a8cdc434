import { useState } from 'react';
import type { ProjectState } from '../../shared/contract/calls/project';
import { useActions } from '../shell/actions';
import { FaultNotice } from '../shell/fault-notice';
import { useAttempt } from '../shell/use-call';
import { useWorkbench } from '../state/context';
import { NewProject } from './new-project';
import { OpenProject } from './open-project';
import { RecentProjects } from './recent-projects';
import { SampleCard, type SampleProgress } from './sample-card';
import './welcome.css';

/** The first screen: open the sample, a project, or begin one. */
export function WelcomeScreen() {
  const workbench = useWorkbench();
  const attempt = useAttempt();
  const [progress, setProgress] = useState<SampleProgress | null>(null);
  const [panel, setPanel] = useState<'new' | 'open' | null>(null);

  const open = (load: () => Promise<ProjectState>) =>
    attempt.run(async () => {
      const state = await load();
      workbench.openProject(state);
      workbench.show('clean');
    });
  const openSample = () =>
    open(async () => {
      try {
        return await workbench.host.call('project.openSample', {}, { onProgress: setProgress });
      } finally {
        setProgress(null);
      }
    });
  const openPath = (path: string) => open(() => workbench.host.call('project.open', { path }));

  const close = () => {
    setPanel(null);
    attempt.clear();
  };

  useActions([
    {
      id: 'project.sample',
      title: 'Open the sample project',
      group: 'Project',
      run: () => void openSample(),
    },
    {
      id: 'project.open',
      title: 'Open a project…',
      group: 'Project',
      keys: 'Mod+O',
      run: () => setPanel('open'),
    },
    { id: 'project.new', title: 'New project…', group: 'Project', run: () => setPanel('new') },
  ]);

  return (
    <main className="welcome" data-pane="welcome" tabIndex={-1} aria-label="Welcome">
      <div className="welcome-inner">
        <h1>Clean customer data, and see every cell you change</h1>
        <p className="muted welcome-lead">
          Build a list of rules on a sample, watch what each one does, then run the same rules on all of the
          data, here or on the cluster.
        </p>
        {attempt.error !== null && <FaultNotice error={attempt.error} onDismiss={attempt.clear} />}
        {panel === 'new' && (
          <NewProject
            busy={attempt.busy}
            onCancel={close}
            onCreate={(input) => void open(() => workbench.host.call('project.create', input))}
          />
        )}
        {panel === 'open' && (
          <OpenProject busy={attempt.busy} onCancel={close} onOpen={(path) => void openPath(path)} />
        )}
        {panel === null && (
          <div className="welcome-columns">
            <SampleCard busy={attempt.busy} progress={progress} onOpen={() => void openSample()} />
            <section className="welcome-own" aria-label="Your own data">
              <h2>Your own data</h2>
              <p className="muted">
                A project is one file beside your data. It keeps sources and rules, and never changes the data
                itself.
              </p>
              <div className="welcome-buttons">
                <button
                  type="button"
                  className="button"
                  onClick={() => setPanel('new')}
                  disabled={attempt.busy}
                >
                  New project…
                </button>
                <button
                  type="button"
                  className="button"
                  onClick={() => setPanel('open')}
                  disabled={attempt.busy}
                >
                  Open a project…
                </button>
              </div>
              <RecentProjects busy={attempt.busy} onOpen={(path) => void openPath(path)} />
            </section>
          </div>
        )}
      </div>
    </main>
  );
}
