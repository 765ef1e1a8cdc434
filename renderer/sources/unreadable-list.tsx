import type { Unreadable } from '../../shared/contract/calls/source';
import { Icon } from '../shell/icons';
import { count, plural } from '../shell/words';

type Props = { unreadable: readonly Unreadable[]; total: number };

/** Rows that could not be read, each with its place and reason. */
export function UnreadableList({ unreadable, total }: Props) {
  if (total === 0) return null;
  const inTopic = unreadable.some(({ partition }) => partition !== undefined);
  const inSet = unreadable.some(({ file }) => file !== undefined);
  return (
    <section className="unreadable" aria-label="Rows that cannot be read">
      <h3>
        <Icon name="warning" /> {plural(total, inTopic ? 'message' : 'row')} cannot be read
      </h3>
      <p className="muted small">
        {total === 1 ? 'It counts as rejected and is' : 'They count as rejected and are'} kept with place and
        reason; the other rows are unaffected.
      </p>
      <div className="unreadable-scroll" tabIndex={-1}>
        <table className="plain-table">
          <thead>
            <tr>
              {inTopic ? (
                <>
                  <th className="number">Partition</th>
                  <th className="number">Offset</th>
                </>
              ) : (
                <>
                  {inSet && <th>File</th>}
                  <th className="number">Line</th>
                  <th className="number">Record</th>
                  <th className="number">Byte</th>
                </>
              )}
              <th>Reason</th>
            </tr>
          </thead>
          <tbody>
            {unreadable.slice(0, 100).map((row) => (
              <tr key={`${row.file} ${row.partition} ${row.offset} ${row.reason}`}>
                {inTopic ? (
                  <td className="number">{row.partition}</td>
                ) : (
                  <>
                    {inSet && <td title={row.file}>{row.file}</td>}
                    <td className="number">{row.line === null ? '' : count(row.line)}</td>
                    <td className="number">{row.record === null ? '' : count(row.record)}</td>
                  </>
                )}
                <td className="number">{count(row.offset)}</td>
                <td>{row.reason}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {total > 100 && <p className="muted small">The first 100 are listed.</p>}
    </section>
  );
}
