import { useState } from 'react';
import type { ColumnShapes, ShapeCover as Cover } from '../../shared/contract/calls/source';
import { isFiles } from '../../shared/document/dialect';
import { withOddGlyphs } from '../grid/glyphs';
import { FaultNotice } from '../shell/fault-notice';
import { Icon } from '../shell/icons';
import { count, duration, percent, plural, roughCount, since } from '../shell/words';
import { useWorkbench, useWorkbenchState } from '../state/context';
import { isCovered } from '../state/cover-sample';
import { useJobClusters } from '../state/has-cluster';
import type { ScanHow } from '../state/workbench';
import { type Reach, ReachField, scanOf } from './topic-scan';
import './shape-cover.css';

/** How many shapes are listed before more are asked for. */
const LISTED = 50;

/** What was read beside rows, as words that follow. */
function besides({ unreadableCount, messages }: Cover): string {
  const tombstones = messages?.tombstones ?? 0;
  return [
    ...(unreadableCount > 0 ? [`${count(unreadableCount)} cannot be read`] : []),
    ...(tombstones > 0 ? [plural(tombstones, 'tombstone')] : []),
  ]
    .map((words) => `, ${words}`)
    .join('');
}

/** What is to be known of a job that scans a topic. */
const ofJobs = (clusters: number) =>
  clusters === 0
    ? 'A topic that is too large to be read here can be scanned by a job on a cluster: that needs a connection to HDFS with a Livy address.'
    : 'On a cluster a Spark job reads the messages, signed in as the connection to Kafka is; only counts, shapes and a message of each come here.';

/** Shapes of all rows of the source, whether the sample has them, and how to find out. */
export function ShapeCover({ column }: { column: string }) {
  const workbench = useWorkbench();
  const clusters = useJobClusters();
  const cover = useWorkbenchState((state) => state.cover);
  const added = useWorkbenchState(({ sample }) => (sample.status === 'ready' ? sample.sample.added : 0));
  const total = useWorkbenchState(({ sample }) =>
    sample.status === 'ready' ? sample.sample.total.rows : null,
  );
  const source = useWorkbenchState(
    ({ project, source: id }) => project?.project.sources.find((one) => one.id === id) ?? null,
  );
  const [reach, setReach] = useState<Reach>('all');
  // Where it was scanned last: there it is scanned again.
  const [last, setLast] = useState<ScanHow>({});
  const found =
    cover.status === 'ready' ? (cover.cover.columns.find((one) => one.name === column) ?? null) : null;
  if (source === null) return null;
  const topic = !isFiles(source.dialect);
  const isolation = 'isolation' in source.sampling ? source.sampling.isolation : 'committed';
  const one = topic ? 'message' : 'row';
  const scan = (how: ScanHow) => {
    setLast(how);
    workbench.scanShapes(topic ? { ...how, messages: scanOf(reach, isolation) } : how);
  };
  const again = () => scan(last);
  return (
    <section className="shape-cover" aria-label={`Shapes of all ${one}s`}>
      <h4 className="muted small">
        Shapes of all {topic ? 'messages that are scanned' : 'rows in the source'}
      </h4>
      {cover.status === 'failed' && (
        <FaultNotice
          error={cover.fault}
          doing="Looking for shapes"
          button={{ label: 'Scan again', run: again }}
        />
      )}
      {(cover.status === 'none' || cover.status === 'failed') && (
        <>
          <p className="muted small">
            {topic
              ? 'A scan reads messages up to where the topic ends now, lists the shapes of each column and adds a message to the sample for each shape that it lacks. What comes later is not in it.'
              : `A scan reads all ${total === null ? '' : `${roughCount(total)} `}rows, lists the shapes of each column and adds a row to the sample for each shape that it lacks.`}
          </p>
          {topic && <ReachField value={reach} onChange={setReach} />}
          <button type="button" className="button" onClick={() => scan({})}>
            Scan {topic ? 'messages' : 'all rows'} for shapes
          </button>
          {clusters?.map(({ id, name }) => (
            <button
              key={id}
              type="button"
              className="button quiet"
              onClick={() => scan({ on: 'cluster', ...(topic && { cluster: id }) })}
            >
              {clusters.length > 1 ? `Scan on “${name}”` : 'Scan on the cluster'}
            </button>
          ))}
          {topic && clusters !== null && <p className="muted small">{ofJobs(clusters.length)}</p>}
        </>
      )}
      {cover.status === 'scanning' && (
        <p className="muted small" role="status">
          {cover.words ??
            `Reading ${topic ? '' : 'all '}${one}s${cover.rows > 0 ? `: ${count(cover.rows)}` : ''}…`}{' '}
          <button type="button" className="link" onClick={workbench.stopScan}>
            Cancel
          </button>
        </p>
      )}
      {cover.status === 'ready' && (
        <>
          <p className="muted small">
            <span title={since(cover.cover.at).exact}>
              {plural(cover.cover.rows, one)} read in {duration(cover.cover.milliseconds / 1000)}
            </span>
            {besides(cover.cover)}
            {added > 0 && `, ${plural(added, one)} added to the sample`}
            {' · '}
            <button type="button" className="link" onClick={again}>
              scan again
            </button>
          </p>
          {found ? (
            <ShapeList key={column} shapes={found} rows={cover.cover.rows} />
          ) : (
            <p className="muted small">The source has no column of this name; a step has made it.</p>
          )}
        </>
      )}
    </section>
  );
}

function ShapeList({ shapes: { name, shapes, different }, rows }: { shapes: ColumnShapes; rows: number }) {
  const workbench = useWorkbench();
  const filter = useWorkbenchState((state) => state.filter.shape);
  const own = useWorkbenchState(({ sample }) =>
    sample.status === 'ready' ? (sample.sample.shapes?.get(name) ?? null) : null,
  );
  const [all, setAll] = useState(false);
  const covered = isCovered({ name, shapes, different });
  // What is rare is what one would miss: it comes first.
  const ordered = covered ? [...shapes].reverse() : shapes;
  const shown = all ? ordered : ordered.slice(0, LISTED);
  const most = Math.max(1, ...shapes.map((one) => one.rows));
  return (
    <>
      {!covered && (
        <p className="muted small">
          Free text: {count(different)} different shapes, too many to cover. The most frequent are listed.
        </p>
      )}
      <ul className="profile-bars shape-list">
        {shown.map(({ shape, rows: found, example }) => {
          const words = shape === null ? 'missing' : shape === '' ? 'empty text' : withOddGlyphs(shape);
          const inSample = shape === null || (own?.has(shape) ?? false);
          const state = !covered
            ? ''
            : inSample
              ? 'in the sample'
              : example !== null
                ? 'added'
                : 'not covered';
          const chosen = filter?.column === name && filter.shape === shape;
          return (
            <li key={shape} data-state={state}>
              <span className="profile-bar" style={{ inlineSize: `${(found / most) * 100}%` }} />
              <button
                type="button"
                className="mono ellipsis shape-name"
                aria-pressed={chosen}
                title={`${words}: show its rows`}
                onClick={() =>
                  workbench.setFilter(
                    chosen ? { show: 'all' } : { show: 'all', shape: { column: name, shape } },
                  )
                }
              >
                {words}
              </button>
              {(state === 'added' || state === 'not covered') && (
                <span className="tag shape-state">
                  {state === 'not covered' && <Icon name="warning" />}
                  {state}
                </span>
              )}
              <span className="number small" title={percent(found / Math.max(1, rows))}>
                {count(found)}
              </span>
            </li>
          );
        })}
      </ul>
      {ordered.length > shown.length && (
        <button type="button" className="link" onClick={() => setAll(true)}>
          Show all {count(ordered.length)}
        </button>
      )}
    </>
  );
}
