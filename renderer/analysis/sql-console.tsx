import { useState } from 'react';
import { isFault } from '../../shared/contract/errors';
import { useStepButton } from '../rules/faulty-step';
import { useActions } from '../shell/actions';
import { FaultNotice } from '../shell/fault-notice';
import { Icon } from '../shell/icons';
import { ariaKeys, keysText } from '../shell/keys';
import { runTask } from '../shell/tasks';
import { useAttempt } from '../shell/use-call';
import { runSql, type SqlResult } from './run-sql';
import { SqlEditor } from './sql-editor';
import { SqlResultView } from './sql-result-view';
import { mentions } from './statements';
import type { SourceTables } from './table-names';
import { useRuleSets } from './use-rule-sets';
import type { Workspace } from './workspace';

type Props = { workspace: Workspace; text: string; onText: (text: string) => void };

/** SQL on the tables, with its result as a table and a chart. */
export function SqlConsole({ workspace, text, onText }: Props) {
  const { sources, joins } = workspace.use();
  const ruleSets = useRuleSets();
  const [result, setResult] = useState<SqlResult | 'done' | null>(null);
  const [ran, setRan] = useState({ text: '', from: 0 });
  const [cancel, setCancel] = useState<AbortController | null>(null);
  const attempt = useAttempt();
  const stepButton = useStepButton();
  const errorAt = isFault(attempt.error, 'sql.failed') ? attempt.error.place?.offset : undefined;

  const run = (sql: string, from: number) =>
    attempt.run(async () => {
      const controller = new AbortController();
      setCancel(controller);
      setRan({ text, from });
      try {
        await runTask(
          'SQL',
          async (context) => {
            // A table is loaded, or cleaned anew, when a statement names it.
            const idsOf = (some: (tables: SourceTables) => readonly string[]) =>
              sources
                .filter(({ tables }) => some(tables).some((name) => mentions(sql, name)))
                .map(({ source }) => source.id);
            const joined = joins.filter(({ name }) => mentions(sql, name));
            const cleaned = [
              ...idsOf(({ clean, merged, rows }) => [clean, merged, rows]),
              ...joined.flatMap(({ join }) => [join.from.source, join.to.source]),
            ];
            const raw = idsOf((tables) => [tables.raw]);
            await workspace.ensureRaw(raw, context);
            await workspace.ensure([...new Set(cleaned)], ruleSets, context);
            context.progress({ words: 'running' });
            setResult((await runSql(await workspace.engine(), sql, context.signal)) ?? 'done');
          },
          { signal: controller.signal },
        );
      } finally {
        setCancel(null);
      }
    });

  useActions([
    {
      id: 'sql.run',
      title: 'Run the SQL',
      group: 'Analyse',
      keys: 'Mod+Enter',
      place: 'analyse',
      run: () => void run(text, 0),
    },
  ]);

  return (
    <div className="console">
      <section className="console-editor" data-pane="sql" tabIndex={-1} aria-label="SQL editor">
        <SqlEditor
          value={text}
          onChange={onText}
          onRun={(sql, from) => void run(sql, from)}
          sources={sources}
          joins={joins}
          errorAt={errorAt === undefined ? null : ran.from + errorAt}
        />
      </section>
      <div className="console-bar">
        {/* The second click of a double one must not cancel what the first has started. */}
        {attempt.busy ? (
          <button type="button" className="button" onClick={({ detail }) => detail < 2 && cancel?.abort()}>
            <Icon name="stop" /> Cancel
          </button>
        ) : (
          <button
            type="button"
            className="button primary"
            aria-keyshortcuts={ariaKeys('Mod+Enter')}
            onClick={() => void run(text, 0)}
          >
            <Icon name="play" /> Run <kbd>{keysText('Mod+Enter')}</kbd>
          </button>
        )}
        <span className="muted small">
          Queries work on the tables at the left. The sources are only read.
        </span>
      </div>
      <section className="console-result" data-pane="result" tabIndex={-1} aria-label="Result">
        {attempt.error !== null && (
          <FaultNotice
            error={attempt.error}
            button={stepButton(attempt.error)}
            {...(errorAt !== undefined && { title: lineOf(ran.text, ran.from + errorAt) })}
          />
        )}
        {result === 'done' ? (
          <p className="muted console-empty" role="status">
            Done. The statement has no rows to show.
          </p>
        ) : result ? (
          <SqlResultView result={result} stale={attempt.busy || attempt.error !== null} />
        ) : (
          attempt.error === null && <p className="muted console-empty">The result stands here.</p>
        )}
      </section>
    </div>
  );
}

const lineOf = (text: string, offset: number): string => {
  const before = text.slice(0, offset).split('\n');
  return `Line ${before.length}, character ${(before.at(-1)?.length ?? 0) + 1}`;
};
