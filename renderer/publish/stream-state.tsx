import type { Stream } from '../../shared/contract/calls/streams';
import { Icon, type IconName } from '../shell/icons';

/** `mark`: the look it shares with the states of runs. */
const states: Readonly<Record<Stream['state'], { words: string; icon: IconName; mark: string }>> = {
  submitting: { words: 'submitting', icon: 'clock', mark: 'submitting' },
  queued: { words: 'waiting for the cluster', icon: 'clock', mark: 'queued' },
  running: { words: 'running', icon: 'play', mark: 'running' },
  stopping: { words: 'stopping', icon: 'clock', mark: 'running' },
  stopped: { words: 'stopped', icon: 'stop', mark: 'stopped' },
  failed: { words: 'failed', icon: 'fault', mark: 'failed' },
  unknown: { words: 'being looked for', icon: 'search', mark: 'unknown' },
};

/** A stream’s state, as a mark and words. */
export function StreamState({ stream }: { stream: Stream }) {
  const { words, icon, mark } = states[stream.state];
  return (
    <span className="run-state" data-state={mark}>
      <Icon name={icon} /> {words}
    </span>
  );
}

/** Whether it has ended, so that it can be started again. */
export const canRestart = ({ state }: Stream): boolean => state === 'stopped' || state === 'failed';
