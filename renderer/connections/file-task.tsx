import { type FormEvent, useState } from 'react';
import type { AppContract } from '../../shared/contract/contract';
import type { Output } from '../../shared/contract/define';
import { FaultNotice } from '../shell/fault-notice';
import { useAttempt } from '../shell/use-call';
import { plural } from '../shell/words';
import { PathField } from '../sources/path-field';
import { useWorkbench } from '../state/context';

type Imported = Output<AppContract, 'connections.import'>;
type Props = { task: 'import' | 'export'; onChanged: () => void; onDone: () => void };

function importWords({ added, present }: Imported): string {
  const there =
    present === 0
      ? ''
      : ` ${plural(present, 'connection')} of the file ${present === 1 ? 'was' : 'were'} there already.`;
  return `${plural(added.length, 'connection')} added.${there}`;
}

/** Writes the connections to a file, or takes in those of a file; secrets never travel. */
export function FileTask({ task, onChanged, onDone }: Props) {
  const { host } = useWorkbench();
  const [path, setPath] = useState('');
  const [outcome, setOutcome] = useState<{ words: string; asking: Imported['added'] } | null>(null);
  const attempt = useAttempt();
  const importing = task === 'import';
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void attempt.run(async () => {
      if (importing) {
        const imported = await host.call('connections.import', { path: path.trim() });
        setOutcome({
          words: importWords(imported),
          asking: imported.added.filter(({ asksFor }) => asksFor.length > 0),
        });
        onChanged();
      } else {
        const written = await host.call('connections.export', { path: path.trim() });
        setOutcome({
          words: `${plural(written.count, 'connection')} written to ${written.path}.`,
          asking: [],
        });
      }
    });
  };
  if (outcome !== null) {
    return (
      <div className="source-ask connections-task" role="status">
        <p>{outcome.words}</p>
        {outcome.asking.length > 0 && (
          <ul>
            {outcome.asking.map(({ id, name, asksFor }) => (
              <li key={id}>
                {name} asks for: {asksFor.join(', ').toLowerCase()}. Edit it to enter what is needed.
              </li>
            ))}
          </ul>
        )}
        <button type="button" className="button" onClick={onDone}>
          Done
        </button>
      </div>
    );
  }
  return (
    <form className="source-ask connections-task" onSubmit={submit}>
      <PathField
        label={importing ? 'File of connections' : 'Write connections to'}
        help={
          importing
            ? 'Those that are there already stay as they are.'
            : 'Addresses, users and certificates are written; passwords, tokens and keys are not.'
        }
        kind="connections"
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
