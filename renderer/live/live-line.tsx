import { Popover } from '@base-ui/react/popover';
import type { Mark } from '../../shared/contract/calls/topics';
import { isFiles } from '../../shared/document/dialect';
import { useActions } from '../shell/actions';
import { FaultNotice } from '../shell/fault-notice';
import { Icon } from '../shell/icons';
import { count, plural } from '../shell/words';
import { useWorkbench, useWorkbenchState } from '../state/context';
import { LIVE_ROWS } from '../state/live';
import type { WorkbenchState } from '../state/model';
import './live.css';

const isTopic = ({ project, source }: WorkbenchState) => {
  const found = project?.project.sources.find((one) => one.id === source);
  return found !== undefined && !isFiles(found.dialect);
};

/** What a mark says, in a sentence without the message's values. */
export function markWords({ kind, name, shape }: Mark): string {
  switch (kind) {
    case 'shape':
      return `${name}: a value of a new shape, “${shape}”`;
    case 'null':
      return `${name}: missing, which it never was in the sample`;
    case 'field':
      return `${name}: a field that the sample lacks; the rules do not see it`;
    case 'schema':
      return `Schema ${name}: another one than before`;
    case 'unreadable':
      return `A message that cannot be read: ${name}`;
  }
}

/** Follows a topic: what comes, how fast, and what of it the sample did not promise. */
export function LiveLine() {
  const { live } = useWorkbench();
  const topic = useWorkbenchState(isTopic);
  const state = useWorkbenchState((one) => one.live);
  const ready = useWorkbenchState(({ sample }) => sample.status === 'ready');
  const workbench = useWorkbench();
  const { status, counts, marks, rate, lag, fault } = state;
  const on = status === 'following' || status === 'starting';
  useActions([
    {
      id: 'live.follow',
      title: on ? 'Pause following the topic' : 'Follow the topic',
      group: 'Sample',
      also: 'live stream kafka tail messages',
      disabled: !topic || !ready,
      run: () => (on ? live.pause() : live.follow()),
    },
  ]);
  if (!topic || !ready) return null;
  return (
    <section className="live-line" aria-label="Following the topic" data-status={status}>
      {fault === null && (
        <button type="button" className="button" onClick={() => (on ? live.pause() : live.follow())}>
          {on ? 'Pause' : status === 'off' ? 'Follow' : 'Go on'}
        </button>
      )}
      {status === 'off' ? (
        <span className="muted">
          New messages go through these rules as they come; the last {count(LIVE_ROWS)} are shown.
        </span>
      ) : (
        <>
          <span className="live-mark" aria-hidden="true" />
          <span>
            {{ starting: 'Beginning', following: 'Following', paused: 'Paused', failed: 'Stopped' }[status]}
          </span>
          <span>
            <strong>{count(counts.messages)}</strong> {counts.messages === 1 ? 'message' : 'messages'}
            {rate !== null && ` · ${count(Math.round(rate))} a second`}
          </span>
          {counts.tombstones > 0 && <span>{plural(counts.tombstones, 'tombstone')}</span>}
          {counts.unreadable > 0 && (
            <span className="live-bad">{count(counts.unreadable)} cannot be read</span>
          )}
          {counts.passed > 0 && (
            <span className="muted" title="They were counted and checked, but came too fast to be shown">
              {count(counts.passed)} not shown
            </span>
          )}
          <Marks marks={marks} more={state.moreMarks} />
          {lag !== null && lag > 0 && on && <span className="muted">{count(lag)} still to come</span>}
          <button type="button" className="link live-end" onClick={() => workbench.resample()}>
            back to a sample
          </button>
        </>
      )}
      {fault && (
        <FaultNotice
          error={fault}
          doing="Following the topic"
          button={{ label: 'Go on', run: () => live.follow() }}
        />
      )}
    </section>
  );
}

function Marks({ marks, more }: { marks: readonly Mark[]; more: number }) {
  if (marks.length === 0) return <span className="muted">as the sample promised</span>;
  return (
    <Popover.Root>
      <Popover.Trigger className="link live-marks">
        <Icon name="warning" /> {plural(marks.length, 'mark')}
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner sideOffset={6} align="start" className="floating">
          <Popover.Popup className="floating-panel live-panel">
            <Popover.Title className="floating-title">What the sample did not promise</Popover.Title>
            <div className="live-scroll" tabIndex={-1}>
              <table className="plain-table">
                <thead>
                  <tr>
                    <th>What</th>
                    <th className="number" title="Partition and offset">
                      First at
                    </th>
                    <th className="number">Times</th>
                  </tr>
                </thead>
                <tbody>
                  {marks.map((mark) => (
                    <tr key={`${mark.kind} ${mark.name} ${mark.shape}`}>
                      <td>{markWords(mark)}</td>
                      <td className="number" title="Partition and offset">
                        {mark.partition}:{mark.offset}
                      </td>
                      <td className="number">{count(mark.count)}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
            {more > 0 && (
              <p className="muted small">
                {plural(more, 'more message', 'more messages')} had something else; they are not listed.
              </p>
            )}
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
