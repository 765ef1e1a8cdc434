import type { ReactNode } from 'react';
import type { Sampling } from '../../shared/document/sampling';
import { drawnMeaning } from '../../shared/sampling/words';
import { useWorkbench, useWorkbenchState } from '../state/context';
import { duration, size } from './words';

type Props<Method extends string> = {
  /** Each with its title and a word of help. */
  methods: readonly (readonly [Method, string, string])[];
  method: Method;
  onMethod: (method: Method) => void;
  /** What is drawn; null while something is not filled in. */
  sampling: Sampling | null;
  /** Said at the foot. */
  note: string;
  onDone: () => void;
  /** The fields of the method. */
  children: ReactNode;
};

/** Chooses a method, fills in its fields, draws, and tells what the present sample came to. */
export function SampleForm<Method extends string>(props: Props<Method>) {
  const { methods, method: chosen, onMethod, sampling, note, onDone, children } = props;
  const workbench = useWorkbench();
  const sample = useWorkbenchState((state) => state.sample);
  const ready = sample.status === 'ready' ? sample.sample : null;
  return (
    <form
      className="sample-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (sampling === null) return;
        onDone();
        workbench.resample(sampling);
      }}
    >
      <fieldset className="sample-methods">
        <legend className="for-screen-readers">Method</legend>
        {methods.map(([method, title, help]) => (
          <label key={method} className="sample-method" data-chosen={chosen === method}>
            <input type="radio" name="method" checked={chosen === method} onChange={() => onMethod(method)} />
            <span>{title}</span>
            <span className="muted small">{help}</span>
          </label>
        ))}
      </fieldset>
      {children}
      <div className="sample-foot">
        <button type="submit" className="button primary" disabled={sampling === null}>
          Draw the sample
        </button>
        {sampling === null && <span className="muted small">Something above is not filled in yet.</span>}
      </div>
      {ready && (
        <p className="muted small sample-drawn">
          {ready.complete ? 'The sample is the whole source. ' : `${drawnMeaning(ready.drawn)} `}
          {size(ready.drawn.bytes)} read in {duration(ready.drawn.milliseconds / 1000)}.
        </p>
      )}
      <p className="muted small">{note}</p>
    </form>
  );
}
