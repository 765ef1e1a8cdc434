import { type FormEvent, useState } from 'react';
import { FaultNotice } from '../shell/fault-notice';
import { useAttempt } from '../shell/use-call';
import { useWorkbench } from '../state/context';
import { PathField } from './path-field';

type Props = { source: string; name: string; task: 'import' | 'export'; onDone: () => void };

/** Writes a source's rules to a file, or takes the rules of a file for it. */
export function RulesFile({ source, name, task, onDone }: Props) {
  const workbench = useWorkbench();
  const project = workbench.store.getState().project?.path ?? '';
  const suggested = `${project.replace(/[\\/][^\\/]*$/, '')}/${name.replace(/\.\w+$/, '')}.rules.json`;
  const [path, setPath] = useState(task === 'export' ? suggested : '');
  const [written, setWritten] = useState<string | null>(null);
  const attempt = useAttempt();
  const importing = task === 'import';
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void attempt.run(async () => {
      await workbench.settled();
      if (importing) {
        workbench.openProject(await workbench.host.call('project.importRules', { source, path }));
        onDone();
      } else {
        setWritten((await workbench.host.call('project.exportRules', { source, path })).path);
      }
    });
  };
  if (written !== null) {
    return (
      <div className="source-ask" role="status">
        <p>Rules written to {written}.</p>
        <button type="button" className="button" onClick={onDone}>
          Done
        </button>
      </div>
    );
  }
  return (
    <form className="source-ask" onSubmit={submit}>
      <PathField
        label={importing ? 'Rules file' : 'Write rules to'}
        help={importing ? 'These rules take the place of the source’s steps.' : ''}
        kind="rules"
        saving={!importing}
        value={path}
        onChange={setPath}
        ending={importing ? '.json' : ''}
        autoFocus
      />
      {attempt.error !== null && <FaultNotice error={attempt.error} onDismiss={attempt.clear} />}
      <div className="source-ask-buttons">
        <button type="submit" className="button primary" disabled={attempt.busy || path.trim() === ''}>
          {importing ? 'Import' : 'Export'}
        </button>
        <button type="button" className="button quiet" onClick={onDone}>
          Cancel
        </button>
      </div>
    </form>
  );
}
