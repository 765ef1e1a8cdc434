import { type DragEvent, type KeyboardEvent, useEffect, useRef } from 'react';
import type { Step } from '../../shared/document/rule-set';
import { useRuleSet, useWorkbench, useWorkbenchState } from '../state/context';
import { sentenceOf } from '../state/preview/plan';
import { stepFaultWords } from '../state/preview/step-fault';
import { BrokenExamplesLine } from './broken-example';
import { useRules } from './rules-context';
import { StepCountsLine } from './step-counts';

type Props = {
  step: Step;
  index: number;
  last: boolean;
  /** Columns that it needs and that are not in the data. */
  missing: readonly string[];
  /** It comes after a faulty step, so the preview does not reach it. */
  beyondFault: boolean;
  dropBefore: boolean;
  dropAfter: boolean;
  onDragStart: () => void;
  onDragOver: (after: boolean) => void;
  onDragEnd: () => void;
};

const sibling = (element: Element | null, by: 1 | -1): HTMLElement | null => {
  const item = by === 1 ? element?.nextElementSibling : element?.previousElementSibling;
  return item?.querySelector<HTMLElement>('.step-main') ?? null;
};

/** A step as a sentence, with what it does to the sample. */
export function StepItem(props: Props) {
  const { step, index, last, missing, beyondFault, dropBefore, dropAfter } = props;
  const workbench = useWorkbench();
  const rules = useRules();
  const item = useRef<HTMLLIElement>(null);
  const selected = useWorkbenchState((state) => state.step === step.id);
  const messages = useWorkbenchState(({ preview: { stopsAt } }) =>
    stopsAt?.step === step.id ? stopsAt.messages : null,
  );

  const fault = messages !== null || missing.length > 0;
  const ruleSet = useRuleSet();
  const opened = useRef(ruleSet);
  // A fault that an edit brings about may be below the fold; one that was there when the rules were opened stays put.
  // biome-ignore lint/correctness/useExhaustiveDependencies: longer words may reach below it again
  useEffect(() => {
    if (fault && opened.current !== ruleSet) item.current?.scrollIntoView({ block: 'nearest' });
  }, [fault, messages?.join()]);

  // It may have been chosen elsewhere: added, or led to.
  useEffect(() => {
    if (selected) item.current?.scrollIntoView({ block: 'nearest' });
  }, [selected]);

  const select = () => {
    workbench.selectStep(step.id);
    rules.close();
  };
  const toggle = () =>
    workbench.edit({ kind: 'change-step', id: step.id, change: { enabled: !step.enabled } });
  const move = (to: number) => workbench.edit({ kind: 'move-step', id: step.id, index: to });
  const remove = () => {
    const next = sibling(item.current, 1) ?? sibling(item.current, -1);
    workbench.edit({ kind: 'remove-step', id: step.id });
    next?.focus();
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    switch (`${event.altKey ? 'Alt+' : ''}${event.key}`) {
      case ' ':
        toggle();
        break;
      case 'Delete':
        remove();
        break;
      case 'ArrowDown':
        sibling(item.current, 1)?.focus();
        break;
      case 'ArrowUp':
        sibling(item.current, -1)?.focus();
        break;
      case 'Alt+ArrowUp':
        if (index > 0) move(index - 1);
        break;
      case 'Alt+ArrowDown':
        if (!last) move(index + 1);
        break;
      default:
        return;
    }
    event.preventDefault();
    event.stopPropagation();
  };
  const onDragOver = (event: DragEvent) => {
    const { top, height } = event.currentTarget.getBoundingClientRect();
    event.preventDefault();
    props.onDragOver(event.clientY > top + height / 2);
  };

  const sentence = sentenceOf(step);
  return (
    <li
      ref={item}
      className="step"
      data-selected={selected}
      data-off={!step.enabled}
      data-beyond={beyondFault}
      data-drop={dropBefore ? 'before' : dropAfter ? 'after' : undefined}
      draggable
      onDragStart={(event) => {
        event.dataTransfer.effectAllowed = 'move';
        props.onDragStart();
      }}
      onDragOver={onDragOver}
      onDragEnd={props.onDragEnd}
    >
      <input
        type="checkbox"
        checked={step.enabled}
        aria-label={`Step ${index + 1} is on`}
        title="On or off (Space)"
        onChange={toggle}
      />
      <button
        type="button"
        className="step-main"
        aria-current={selected}
        aria-keyshortcuts="Space Delete Alt+ArrowUp Alt+ArrowDown"
        onClick={select}
        onKeyDown={onKeyDown}
      >
        <span className="step-sentence" title={step.note === '' ? sentence : `${sentence}\n\n${step.note}`}>
          <span className="step-number">{index + 1}</span>
          {sentence}
        </span>
        {missing.length > 0 ? (
          <span className="step-fault">
            Needs {missing.map((one) => `“${one}”`).join(' and ')}, which{' '}
            {missing.length === 1 ? 'is' : 'are'} not in the data.
            {messages && ' The preview stops before this step.'}
          </span>
        ) : messages ? (
          <span className="step-fault">
            {messages.map((one) => stepFaultWords(one, step)).join(' ')} The preview stops before this step.
          </span>
        ) : beyondFault && step.enabled ? (
          <span className="muted small">Not previewed: a step above needs attention.</span>
        ) : step.enabled ? (
          <StepCountsLine step={step} />
        ) : (
          <span className="muted small">Off</span>
        )}
        <BrokenExamplesLine broken={rules.broken.get(step.id) ?? []} />
      </button>
    </li>
  );
}
