import { Popover } from '@base-ui/react/popover';
import { useState } from 'react';
import { drawnWords } from '../../shared/sampling/words';
import { useWorkbench, useWorkbenchState } from '../state/context';
import type { Sample, SampleState } from '../state/model';
import { useActions } from './actions';
import { SamplePanel } from './sample-panel';
import { count, percent, plural, roughCount, since } from './words';
import './sample-line.css';

/** What is being looked at, how it was drawn, and how to draw again. It never goes away. */
export function SampleLine() {
  const sample = useWorkbenchState((state) => state.sample);
  const workbench = useWorkbench();
  const [open, setOpen] = useState(false);
  const shown = sample.status !== 'none';
  useActions([
    {
      id: 'sample.redraw',
      title: 'Resample: draw other rows in the same way',
      group: 'Sample',
      also: 'random seed again',
      disabled: !shown,
      run: () => workbench.redraw(),
    },
    {
      id: 'sample.choose',
      title: 'Choose how the sample is drawn',
      group: 'Sample',
      also: 'rows random groups filter seed',
      disabled: !shown,
      run: () => setOpen(true),
    },
  ]);
  if (!shown) return null;
  return (
    <div className="sample-line">
      <span className="ellipsis">{words(sample)}</span>
      <button
        type="button"
        className="link"
        title="Draw other rows in the same way"
        onClick={() => workbench.redraw()}
      >
        resample
      </button>
      <Popover.Root open={open} onOpenChange={setOpen}>
        <Popover.Trigger className="link" title="Choose how the sample is drawn">
          choose…
        </Popover.Trigger>
        <Popover.Portal>
          <Popover.Positioner sideOffset={6} align="end" className="floating">
            <Popover.Popup className="floating-panel sample-panel">
              <Popover.Title className="floating-title">How the sample is drawn</Popover.Title>
              <SamplePanel onDone={() => setOpen(false)} />
            </Popover.Popup>
          </Popover.Positioner>
        </Popover.Portal>
      </Popover.Root>
    </div>
  );
}

function words(state: SampleState) {
  if (state.status === 'loading') return 'Drawing the sample…';
  if (state.status === 'failed') return 'No sample';
  if (state.status === 'none') return '';
  return <SampleWords sample={state.sample} />;
}

function SampleWords({ sample }: { sample: Sample }) {
  const { rows, complete, total, drawn, added } = sample;
  const time = since(drawn.at);
  const told = (
    <>
      {added > 0 && ` · ${count(added)} added by shape cover`}
      {' · '}
      <span title={`Drawn ${time.exact}`}>{time.words}</span>
    </>
  );
  if (complete) {
    return (
      <>
        All {plural(rows - added, 'row')}
        {told}
      </>
    );
  }
  const seed = 'seed' in drawn.sampling ? ` · seed ${drawn.sampling.seed}` : '';
  const share = total.rows > 0 ? (rows - added) / total.rows : 1;
  return (
    <>
      Sample <strong>{count(rows - added)}</strong> of {total.exact ? '' : 'about '}
      <span title={plural(total.rows, 'row')}>{roughCount(total.rows)}</span> ·{' '}
      <span title={drawnWords(drawn)}>{drawnWords(drawn)}</span>
      {seed} · {percent(share)}
      {told}
    </>
  );
}
