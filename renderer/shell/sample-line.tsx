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
  const seeded = sample.status === 'ready' && 'seed' in sample.sample.drawn.sampling;
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
      {words(sample)}
      <button
        type="button"
        className="link"
        title={seeded ? 'Draw other rows in the same way' : 'Read the rows again'}
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
  if (state.status === 'failed' || state.status === 'waiting') return 'No sample';
  if (state.status === 'none') return '';
  return <SampleWords sample={state.sample} />;
}

function SampleWords({ sample }: { sample: Sample }) {
  const { rows, complete, total, drawn, added } = sample;
  const time = since(drawn.at);
  const own = rows - added;
  const seed = 'seed' in drawn.sampling ? ` · seed ${drawn.sampling.seed}` : '';
  const share = total.rows > 0 ? own / total.rows : 1;
  const how = complete ? '' : `${drawnWords(drawn)}${seed} · ${percent(share)} · `;
  return (
    <span className="sample-words">
      <span className="sample-rows ellipsis">
        {complete ? (
          <>All {plural(own, 'row')}</>
        ) : (
          <>
            Sample <strong>{count(own)}</strong> of {total.exact ? '' : 'about '}
            <span title={plural(total.rows, 'row')}>{roughCount(total.rows)}</span>
          </>
        )}
        {added > 0 && ` + ${count(added)} for their shape`}
      </span>
      <span className="sample-how ellipsis" title={`${how}drawn ${time.exact}`}>
        {how}
        {time.words}
      </span>
    </span>
  );
}
