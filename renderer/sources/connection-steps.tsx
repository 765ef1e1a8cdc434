import { FaultNotice } from '../shell/fault-notice';
import { Icon } from '../shell/icons';

export type TestedStep = {
  readonly step: string;
  readonly ok: boolean;
  readonly message: string;
  readonly advice: string | null;
};

type Props = { steps: readonly TestedStep[] | null; busy: boolean; error: unknown };

/** What trying a connection came to, step by step, with advice where it stopped. */
export function ConnectionSteps({ steps, busy, error }: Props) {
  return (
    <section className="connection-steps" aria-label="Test of the connection" aria-live="polite">
      <h3>Test</h3>
      {error !== null && <FaultNotice error={error} doing="Testing" />}
      {busy && <p className="muted">Trying each part in turn; an unreachable one takes up to 10 seconds…</p>}
      {!busy && steps === null && error === null && (
        <p className="muted">
          Tests that HDFS answers, that its first folder can be read, and that Livy and YARN answer where they
          are given. Nothing is written.
        </p>
      )}
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
              {advice && <p>{advice}</p>}
            </div>
          </li>
        ))}
      </ol>
      {steps?.every((one) => one.ok) && <p className="connection-good">Everything answers.</p>}
    </section>
  );
}
