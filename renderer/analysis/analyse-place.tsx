import { Tabs } from '@base-ui/react/tabs';
import { useState } from 'react';
import { analyses } from '../../shared/analysis/registry';
import { useActions } from '../shell/actions';
import { runTask } from '../shell/tasks';
import { isCancelled } from '../state/fault';
import { ReadyAnalysis } from './ready-analysis';
import { SqlConsole } from './sql-console';
import { quotedName } from './sql-language';
import { TableList } from './table-list';
import { useRuleSets } from './use-rule-sets';
import { useWorkspace } from './workspace-context';
import './analysis.css';

const SQL = 'sql';

/** Tables, SQL, charts and ready analyses over the sources as they were read and as they are cleaned. */
export function AnalysePlace() {
  const workspace = useWorkspace();
  const ruleSets = useRuleSets();
  const [tab, setTab] = useState<string>(SQL);
  const [text, setText] = useState<string | null>(null);

  const load = (ids: readonly string[]) =>
    void runTask('Loading tables', (context) => workspace.ensure(ids, ruleSets, context)).catch(
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
