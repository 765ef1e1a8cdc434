import type { Connection } from '../../shared/connections/connection';
import { FaultNotice } from '../shell/fault-notice';
import { useAttempt } from '../shell/use-call';
import { useFocus } from '../shell/use-focus';
import { plural } from '../shell/words';
import { useWorkbench, useWorkbenchState } from '../state/context';

type Props = { connection: Connection; onRemoved: () => void; onKeep: () => void };

/** Asks before a connection is removed, and tells which sources it would leave without one. */
export function RemoveAsk({ connection, onRemoved, onKeep }: Props) {
  const { host } = useWorkbench();
  const attempt = useAttempt();
  const keep = useFocus<HTMLButtonElement>();
  const sources = useWorkbenchState((state) => state.project?.project.sources) ?? [];
  const users = sources.filter((source) => source.connection === connection.id).length;
  const remove = () =>
    attempt.run(async () => {
      await host.call('connections.remove', { id: connection.id });
      onRemoved();
    });
  return (
    <div className="source-ask" role="alertdialog" aria-label={`Remove the connection ${connection.name}?`}>
      <p>
        Remove the connection {connection.name} and what is kept to sign in?{' '}
        {users === 0
          ? 'No source of this project needs it.'
          : `${plural(users, 'source')} of this project can’t be read without it.`}
      </p>
      <div className="source-ask-buttons">
        <button type="button" className="button" disabled={attempt.busy} onClick={() => void remove()}>
          Remove
        </button>
        <button type="button" className="button quiet" onClick={onKeep} ref={keep}>
          Keep
        </button>
      </div>
      {attempt.error !== null && <FaultNotice error={attempt.error} />}
    </div>
  );
}
