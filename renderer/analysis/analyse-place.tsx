import { Tabs } from '@base-ui/react/tabs';
import { useEffect, useRef, useState } from 'react';
import { analyses } from '../../shared/analysis/registry';
import type { LookupAnswerer } from '../../shared/trace/trace';
import { createWasmEngine } from '../engine/wasm';
import { useActions } from '../shell/actions';
import { runTask } from '../shell/tasks';
import { useWorkbench, useWorkbenchState } from '../state/context';
import { isCancelled } from '../state/fault';
import { ReadyAnalysis } from './ready-analysis';
import { SqlConsole } from './sql-console';
import { quotedName } from './sql-language';
import { TableList } from './table-list';
import { useRuleSets } from './use-rule-sets';
import { createWorkspace, type Workspace } from './workspace';
import './analysis.css';

const SQL = 'sql';

/** Tables, SQL, charts and ready analyses over the sources as they were read and as they are cleaned. */
export function AnalysePlace({ answer }: { answer: LookupAnswerer }) {
  const { host } = useWorkbench();
  const [workspace] = useState(() => createWorkspace({ host, startEngine: createWasmEngine, answer }));
  const sources = useWorkbenchState((state) => state.project?.project.sources);
  const ruleSets = useRuleSets();
  const [tab, setTab] = useState<string>(SQL);
  const [text, setText] = useState<string | null>(null);
  useEffect(() => workspace.setSources(sources ?? []), [workspace, sources]);
  useClose(workspace);

  const load = (id: string) =>
    void runTask('Loading tables', (context) => workspace.ensure([id], ruleSets, context)).catch(
      // The table list shows why a source failed.
      (error: unknown) => isCancelled(error),
    );
  const pick = (name: string) => {
    setTab(SQL);
    setText((before) => `${before ?? ''}${quotedName(name)}`);
  };

  useActions([
    {
      id: 'analyse.sql',
      title: 'Write SQL',
      group: 'Analyse',
      place: 'analyse',
      also: 'query duckdb console',
      run: () => setTab(SQL),
    },
    ...analyses.map(({ id, title }) => ({
      id: `analyse.${id}`,
      title,
      group: 'Analyse',
      place: 'analyse' as const,
      run: () => setTab(id),
    })),
  ]);

  const first = workspace.use((state) => state.sources[0]?.tables.clean);
  return (
    <>
      <TableList workspace={workspace} onPick={pick} onLoad={load} />
      <Tabs.Root
        className="pane analyse"
        data-pane="analysis"
        tabIndex={-1}
        value={tab}
        onValueChange={(value) => setTab(String(value))}
      >
        <Tabs.List className="tabs" aria-label="Analyses">
          <Tabs.Tab className="tab" value={SQL}>
            SQL
          </Tabs.Tab>
          {analyses.map(({ id, title }) => (
            <Tabs.Tab key={id} className="tab" value={id}>
              {title}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel className="tab-panel" value={SQL} keepMounted>
          <SqlConsole
            workspace={workspace}
            text={text ?? (first ? `SELECT *\nFROM ${first}\nLIMIT 100` : '')}
            onText={setText}
          />
        </Tabs.Panel>
        {analyses.map((analysis) => (
          <Tabs.Panel key={analysis.id} className="tab-panel scrolls" value={analysis.id} keepMounted>
            <ReadyAnalysis analysis={analysis} workspace={workspace} />
          </Tabs.Panel>
        ))}
      </Tabs.Root>
    </>
  );
}

/** Ends the workspace’s engine once the place is really gone, not when React only rehearses it. */
function useClose(workspace: Workspace): void {
  const here = useRef(false);
  useEffect(() => {
    here.current = true;
    return () => {
      here.current = false;
      queueMicrotask(() => {
        if (!here.current) void workspace.close();
      });
    };
  }, [workspace]);
}
