import { Popover } from '@base-ui/react/popover';
import { useState } from 'react';
import { useWorkbench, useWorkbenchState } from '../state/context';
import type { SampleState } from '../state/model';
import { count, plural, roughCount } from './words';

const sizes = [1_000, 20_000, 100_000, 500_000];

/** What is being looked at, how it was drawn, and how to draw again. It never goes away. */
export function SampleLine() {
  const sample = useWorkbenchState((state) => state.sample);
  const rows = useWorkbenchState((state) => state.sampleRows);
  const workbench = useWorkbench();
  const [open, setOpen] = useState(false);
  if (sample.status === 'none') return null;
  return (
    <div className="sample-line">
      <span className="ellipsis">{words(sample)}</span>
      <Popover.Root open={open} onOpenChange={setOpen}>
        <Popover.Trigger className="link" title="Draw the sample again">
          resample
        </Popover.Trigger>
        <Popover.Portal>
          <Popover.Positioner sideOffset={6} align="end" className="floating">
            <Popover.Popup className="floating-panel sample-panel">
              <Popover.Title className="floating-title">Rows to look at</Popover.Title>
              <p className="muted small">
                Rules always run on all rows when you run or publish them. A larger sample shows more and
                takes longer.
              </p>
              <ul>
                {sizes.map((size) => (
                  <li key={size}>
                    <button
                      type="button"
                      className="button quiet sample-size"
                      aria-current={size === rows}
                      onClick={() => {
                        setOpen(false);
                        workbench.resample(size);
                      }}
                    >
                      First {count(size)} rows
                      {size === rows && <span className="muted">draw again</span>}
                    </button>
                  </li>
                ))}
              </ul>
            </Popover.Popup>
          </Popover.Positioner>
        </Popover.Portal>
      </Popover.Root>
    </div>
  );
}

type State = SampleState;

function words(state: State) {
  if (state.status === 'loading') return 'Drawing the sample…';
  if (state.status === 'failed') return 'No sample';
  if (state.status === 'none') return '';
  const { rows, complete, total, drawn } = state.sample;
  if (complete) return <>All {plural(rows, 'row')}</>;
  return (
    <>
      Sample <strong>{count(rows)}</strong> of {total.exact ? '' : 'about '}
      <span title={plural(total.rows, 'row')}>{roughCount(total.rows)}</span> · {drawn}
    </>
  );
}
