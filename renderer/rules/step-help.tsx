import { Fragment } from 'react';
import { longestMatched } from '../../shared/compile/pattern-lengths';
import type { Step } from '../../shared/document/rule-set';
import { capabilitiesOf, ENGINE_NAMES } from '../../shared/operations/capabilities';
import { ENGINES, exampleLines, type OperationExample } from '../../shared/operations/operation';
import { type AnyOperation, scopeOfStep } from '../../shared/operations/registry';
import { count } from '../shell/words';
import { useWorkbench, useWorkbenchState } from '../state/context';
import { useWholeGroups } from '../state/whole-groups';
import { Found, Value } from './broken-example';
import { useRules } from './rules-context';

const SCOPE_WORDS: Readonly<Record<AnyOperation['scope'], string>> = {
  cell: 'Looks at each cell by itself: what you see is what every other row gets.',
  row: 'Looks at each row by itself: what you see is what every other row gets.',
  group: 'Depends on rows outside the sample: rows with the same keys may be there that you do not see.',
  table: 'Depends on all rows, also those outside the sample.',
};

const WHOLE_GROUPS =
  'Looks at rows with the same keys. The sample holds such groups whole: what you see is exact.';

function ScopeWords({ scope, step }: { scope: AnyOperation['scope']; step: string }) {
  const plan = useWorkbenchState((state) => state.preview.plan);
  const whole = useWholeGroups();
  const index = plan?.steps.findIndex(({ id }) => id === step) ?? -1;
  return (
    <p className="muted small">{scope === 'group' && whole.has(index) ? WHOLE_GROUPS : SCOPE_WORDS[scope]}</p>
  );
}

type Props = {
  operation: AnyOperation;
  step: Step;
  /** Examples are shown when asked for. */
  folded: boolean;
};

/** What a step does, in words and examples, and what has been pinned. */
export function StepHelp({ operation, step, folded }: Props) {
  const examples = operation.examples.map((example) => <Example key={example.title} example={example} />);
  return (
    <aside className="form-help" aria-label="About this step">
      <p>{operation.summary}</p>
      <details>
        <summary>What exactly it does</summary>
        <p className="muted small">{operation.documentation}</p>
      </details>
      <ScopeWords scope={scopeOfStep(operation, step.parameters)} step={step.id} />
      <Limits operation={operation} step={step} />
      {step.examples.length > 0 && <Pinned step={step} />}
      {folded ? (
        <details>
          <summary>Examples</summary>
          {examples}
        </details>
      ) : (
        <>
          <h3>Examples</h3>
          {examples}
        </>
      )}
    </aside>
  );
}

/** Up to which length of cell the step's own patterns are tried; null where it has none. */
function useLongest(operation: AnyOperation, step: Step): number | null {
  const plan = useWorkbenchState((state) => state.preview.plan);
  if (!plan || !operation.form.some(({ control }) => ['pattern', 'formula', 'conditions'].includes(control)))
    return null;
  return longestMatched(
    plan,
    plan.steps.findIndex(({ id }) => id === step.id),
  );
}

/** Where the step can't run, and other limits; nothing where there are none. */
function Limits({ operation, step }: { operation: AnyOperation; step: Step }) {
  const longest = useLongest(operation, step);
  const { engines, streams, limits } = capabilitiesOf(operation);
  const missing = ENGINES.filter((one) => !engines.includes(one)).map((one) => ENGINE_NAMES[one]);
  const sentences = [
    ...(missing.length > 0 ? [`Does not run on ${missing.join(' or ')}.`] : []),
    ...(streams ? [] : ['Does not run in a stream.']),
    ...(longest === null ? [] : [`Its pattern is tried on cells of up to ${count(longest)} characters.`]),
    ...limits,
  ];
  if (sentences.length === 0) return null;
  return (
    <ul className="form-limits muted small" aria-label="Limits">
      {sentences.map((one) => (
        <li key={one}>{one}</li>
      ))}
    </ul>
  );
}

function Pinned({ step }: { step: Step }) {
  const workbench = useWorkbench();
  const broken = useRules().broken.get(step.id) ?? [];
  const unpin = (at: number) =>
    workbench.edit({
      kind: 'change-step',
      id: step.id,
      change: { examples: step.examples.toSpliced(at, 1) },
    });
  return (
    <>
      <h3>Must stay like this</h3>
      <ul className="form-pinned">
        {step.examples.map((one, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: examples have no name of their own
          <li key={at}>
            <Value text={one.input} /> → <Value text={one.output} />
            <button type="button" className="link small" onClick={() => unpin(at)}>
              Let go
            </button>
            {broken.some(({ example }) => example === at) && (
              <span className="step-broken small">
                ✕ got <Found found={broken.find(({ example }) => example === at)?.found ?? null} />
              </span>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}

function Example({ example }: { example: OperationExample }) {
  return (
    <figure className="form-example">
      <figcaption className="small muted">{example.title}</figcaption>
      <ul>
        {exampleLines(example).map(({ before, after }, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows of an example never move
          <li key={i}>
            {before === null ? <span className="muted">and</span> : <Cells cells={before} />} →{' '}
            {'left' in after ? (
              <span className={`count-${after.left}`}>{after.left}</span>
            ) : (
              <Cells cells={after} />
            )}
          </li>
        ))}
      </ul>
    </figure>
  );
}

/** The cells of a row, one after the other. */
const Cells = ({ cells }: { cells: readonly (string | null)[] }) =>
  cells.map((one, i) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a cell is its place
    <Fragment key={i}>
      {i > 0 && <span className="muted">, </span>}
      <Value text={one} />
    </Fragment>
  ));
