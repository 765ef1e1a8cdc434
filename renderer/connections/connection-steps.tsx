import type { TestedStep } from '../../shared/contract/calls/connections';
import { FaultNotice } from '../shell/fault-notice';
import { Icon } from '../shell/icons';

type Props = {
  /** Null before the first test. */
  steps: readonly TestedStep[] | null;
  busy: boolean;
  error: unknown;
  /** What testing does. */
  tested: string;
};

/** What trying a connection came to, step by step, with advice where it stopped. */
export function ConnectionSteps({ steps, busy, error, tested }: Props) {
  return (
    <section className="connection-steps" aria-label="Test of the connection" aria-live="polite">
      <h3>Test</h3>
      {error !== null && <FaultNotice error={error} doing="Testing" />}
      {!busy && steps === null && error === null && <p className="muted">{tested}</p>}
      <ol>
        {steps?.map(({ step, ok, message, advice }) => (
          <li key={step} data-ok={ok}>
            <Icon name={ok ? 'check' : 'fault'} />
            <div>
              <p>
                <strong>{step}</strong>
                <span className="for-screen-readers">{ok ? ': works' : ': failed'}</span>
              </p>
              <p className="muted">{message}</p>
              {advice && <p className="connection-advice">{advice}</p>}
            </div>
          </li>
        ))}
      </ol>
      {busy && (
        <p className="muted">Trying the next step; one that does not answer takes up to 10 seconds…</p>
      )}
      {!busy && steps !== null && steps.length > 0 && steps.every((one) => one.ok) && (
        <p className="connection-good">Every step works.</p>
      )}
    </section>
  );
}
