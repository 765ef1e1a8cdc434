import { useState } from 'react';
import { FaultNotice } from '../shell/fault-notice';
import { useAttempt } from '../shell/use-call';

/** The end of a log, fetched when asked for. */
export function RunLog({ load: fetchLines }: { load: () => Promise<readonly string[]> }) {
  const [lines, setLines] = useState<readonly string[] | null>(null);
  const attempt = useAttempt();
  const load = () => attempt.run(async () => setLines(await fetchLines()));
  return (
    <section aria-label="Log">
      <button type="button" className="button" onClick={() => void load()} disabled={attempt.busy}>
        {attempt.busy ? 'Fetching the log…' : lines ? 'Fetch the log again' : 'Show the log'}
      </button>
      {attempt.error !== null && <FaultNotice error={attempt.error} doing="Fetching the log" />}
      {lines && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        <pre className="run-log" tabIndex={0}>
          {lines.length === 0 ? 'The log is empty.' : lines.join('\n')}
        </pre>
      )}
    </section>
  );
}
