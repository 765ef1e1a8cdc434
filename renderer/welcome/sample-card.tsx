import { count } from '../shell/words';

export type SampleProgress = { readonly table: string; readonly rows: number; readonly of: number };

type Props = { busy: boolean; progress: SampleProgress | null; onOpen: () => void };

/** One click to a project to try everything on. */
export function SampleCard({ busy, progress, onOpen }: Props) {
  return (
    <section className="welcome-sample" aria-label="Sample project">
      <h2>Try it on the sample shop</h2>
      <p className="muted">
        A fictional shop with data as untidy as the real thing, and a first list of rules to change.
      </p>
      <dl className="welcome-tables">
        <div>
          <dt>Customers</dt>
          <dd>20,000</dd>
        </div>
        <div>
          <dt>Transactions</dt>
          <dd>200,000</dd>
        </div>
        <div>
          <dt>Events</dt>
          <dd>500,000</dd>
        </div>
      </dl>
      {progress ? (
        <div className="welcome-progress" role="status">
          <span>
            Writing {progress.table} · {count(progress.rows)} of {count(progress.of)} rows
          </span>
          <span className="bar">
            <span style={{ width: `${(100 * progress.rows) / Math.max(1, progress.of)}%` }} />
          </span>
        </div>
      ) : (
        <button type="button" className="button primary" onClick={onOpen} disabled={busy}>
          {busy ? 'Opening…' : 'Open the sample project'}
        </button>
      )}
    </section>
  );
}
