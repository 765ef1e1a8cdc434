import type { ClusterRun } from '../../shared/contract/calls/publish';
import { Icon, type IconName } from '../shell/icons';

const states: Readonly<Record<ClusterRun['state'], { words: string; icon: IconName }>> = {
  submitting: { words: 'submitting', icon: 'clock' },
  queued: { words: 'waiting for the cluster', icon: 'clock' },
  running: { words: 'running', icon: 'play' },
  succeeded: { words: 'succeeded', icon: 'check' },
  failed: { words: 'failed', icon: 'fault' },
  stopped: { words: 'stopped', icon: 'stop' },
  unknown: { words: 'being looked for', icon: 'search' },
};

/** Whether a run may still change. */
export const isOpen = ({ state }: ClusterRun): boolean => !['succeeded', 'failed', 'stopped'].includes(state);

/** A run’s state, as a mark and words. */
export function RunState({ run }: { run: ClusterRun }) {
  const { words, icon } = states[run.state];
  const share = isOpen(run) && run.progress !== null ? ` ${Math.round(run.progress * 100)} %` : '';
  return (
    <span className="run-state" data-state={run.state}>
      <Icon name={icon} /> {words}
      {share}
    </span>
  );
}
