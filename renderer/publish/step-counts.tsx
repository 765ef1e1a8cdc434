import type { StepCounts as Step } from '../../shared/compile/measures';
import { count } from '../shell/words';

const dash = (n: number): string => (n === 0 ? '–' : count(n));

/** What each step did. */
export function StepCounts({ steps }: { steps: readonly Step[] }) {
  const adds = steps.some(({ added }) => added > 0);
  return (
    <table className="plain-table run-steps">
      <thead>
        <tr>
          <th scope="col" className="number">
            #
          </th>
          <th scope="col">Step</th>
          <th scope="col" className="number">
            Cells changed
          </th>
          {adds && (
            <th scope="col" className="number">
              Rows added
            </th>
          )}
          <th scope="col" className="number">
            Filtered
          </th>
          <th scope="col" className="number">
            Rejected
          </th>
          <th scope="col" className="number">
            Merged
          </th>
        </tr>
      </thead>
      <tbody>
        {steps.map(({ step, sentence, changedCells, added, filtered, rejected, merged }, index) => (
          <tr key={step}>
            <td className="number muted">{index + 1}</td>
            <td className="counted-step">{sentence}</td>
            <td className="number">{dash(changedCells)}</td>
            {adds && <td className="number">{dash(added)}</td>}
            <td className="number">{dash(filtered)}</td>
            <td className="number">{dash(rejected)}</td>
            <td className="number">{dash(merged)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
