import { Tabs } from '@base-ui/react/tabs';
import { useId, useState } from 'react';
import { useActions } from '../shell/actions';
import { useWorkbench, useWorkbenchState } from '../state/context';
import { ClusterPublish } from './cluster-publish';
import { ClusterRuns } from './cluster-runs';
import { LocalRun } from './local-run';
import { StreamPublish } from './stream-publish';
import { Streams } from './streams';
import { VerifyPanel } from './verify-panel';
import './publish.css';

const tasks = [
  { id: 'local', title: 'Run on this computer' },
  { id: 'verify', title: 'Verify engines' },
  { id: 'cluster', title: 'Publish to a cluster' },
  { id: 'runs', title: 'Runs on clusters' },
  { id: 'streams', title: 'Streams' },
] as const;

/** Cleans all of a source: here, or on a cluster; proves that engines agree; watches runs. */
export function PublishPlace() {
  const workbench = useWorkbench();
  const sources = useWorkbenchState((state) => state.project?.project.sources) ?? [];
  const chosen = useWorkbenchState((state) => state.source);
  const source = sources.find((one) => one.id === chosen);
  const [task, setTask] = useState<string>('local');
  const [spark, setSpark] = useState<string | null | undefined>(undefined);
  const id = useId();
  useActions(
    tasks.map((one) => ({
      id: `publish.${one.id}`,
      title: one.title,
      group: 'Publish',
      place: 'publish' as const,
      run: () => setTask(one.id),
    })),
  );
  if (!source) {
    return (
      <div className="empty">
        <h2>Nothing to run yet</h2>
        <p className="muted">Add a source in Clean; its rules are run or published from here.</p>
        <button type="button" className="button" onClick={() => workbench.show('clean')}>
          Go to Clean
        </button>
      </div>
    );
  }
  return (
    <Tabs.Root
      className="publish"
      orientation="vertical"
      value={task}
      onValueChange={(value) => setTask(String(value))}
    >
      <div className="pane publish-side" data-pane="publish-tasks" tabIndex={-1}>
        <div className="publish-source field">
          <label htmlFor={id}>Source</label>
          <select
            id={id}
            className="select"
            value={source.id}
            onChange={(event) => workbench.selectSource(event.target.value)}
          >
            {sources.map((one) => (
              <option key={one.id} value={one.id}>
                {one.name}
              </option>
            ))}
          </select>
        </div>
        <Tabs.List className="publish-tabs" aria-label="Publish">
          {tasks.map((one) => (
            <Tabs.Tab key={one.id} className="publish-tab" value={one.id}>
              {one.title}
            </Tabs.Tab>
          ))}
        </Tabs.List>
      </div>
      <div className="pane publish-main" data-pane="publish" tabIndex={-1}>
        <Tabs.Panel value="local" keepMounted>
          <LocalRun key={source.id} source={source} />
        </Tabs.Panel>
        <Tabs.Panel value="verify" keepMounted>
          <VerifyPanel key={source.id} source={source} cluster={spark} onCluster={setSpark} />
        </Tabs.Panel>
        <Tabs.Panel value="cluster">
          {source.dialect.format === 'messages' ? (
            <StreamPublish key={source.id} source={source} onStarted={() => setTask('streams')} />
          ) : (
            <ClusterPublish
              key={source.id}
              source={source}
              onSubmitted={() => setTask('runs')}
              onVerify={(cluster) => {
                setSpark(cluster);
                setTask('verify');
              }}
            />
          )}
        </Tabs.Panel>
        <Tabs.Panel value="runs">
          <ClusterRuns />
        </Tabs.Panel>
        <Tabs.Panel value="streams">
          <Streams />
        </Tabs.Panel>
      </div>
    </Tabs.Root>
  );
}
