import type { RunProgress } from '../../shared/contract/calls/runs';
import { count } from '../shell/words';

const phases: Readonly<Record<RunProgress['phase'], string>> = {
  reading: 'Reading',
  'looking-up': 'Looking up answers',
  cleaning: 'Cleaning',
  counting: 'Counting',
  writing: 'Writing',
  submitting: 'Submitting',
  waiting: 'Waiting',
  comparing: 'Comparing',
};

/** How far a run is: what it does, rows, rate. */
export function RunProgressView({ progress }: { progress: RunProgress | null }) {
  const share = progress?.of ? Math.min(1, progress.rows / progress.of) : null;
  return (
    <div className="run-progress" role="status">
      <p>
        <strong>{progress ? phases[progress.phase] : 'Starting'}</strong>
        {progress && progress.rows > 0 && (
          <span className="muted">
            {' '}
            · {count(progress.rows)}
            {progress.of ? ` of ${count(progress.of)}` : ''} rows
            {progress.rowsPerSecond ? ` · ${count(Math.round(progress.rowsPerSecond))} rows/s` : ''}
          </span>
        )}
      </p>
      <span className="bar">
        <span style={{ width: `${(share ?? 0) * 100}%` }} />
      </span>
    </div>
  );
}
