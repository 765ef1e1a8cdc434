import { useState } from 'react';
import { Grid } from '../grid/grid';
import { MatchLine } from '../grid/match-line';
import { CellHistory } from '../history/cell-history';
import { ColumnProfile } from '../profile/column-profile';
import { AddStep } from '../rules/add-step';
import { RulesProvider, useRules } from '../rules/rules-context';
import { StepForm } from '../rules/step-form';
import { StepsPane } from '../rules/steps-pane';
import { useRuleSet, useWorkbenchState } from '../state/context';
import { GridArea } from './grid-area';
import { Splitter, useSize } from './splitter';
import './clean.css';

/** The Clean place: steps, the grid, the form of the selected step, and what is known of a column or a cell. */
export function CleanPlace() {
  const [detail, setDetail] = useState<'profile' | 'history'>('profile');
  const [steps, setSteps] = useSize('steps', 280, 200, 480);
  const [below, setBelow] = useSize('below', 280, 120, 700);
  const [side, setSide] = useSize('detail', 320, 200, 600);
  return (
    <RulesProvider>
      <div className="clean" style={{ gridTemplateColumns: `${steps}px auto minmax(0, 1fr)` }}>
        <StepsPane />
        <Splitter label="Width of the steps" between="columns" size={steps} onSize={setSteps} />
        <div
          className="clean-middle"
          style={{ gridTemplateRows: `minmax(140px, 1fr) auto minmax(0, ${below}px)` }}
        >
          <GridArea>
            <Grid onHistory={() => setDetail('history')} />
            <MatchLine />
          </GridArea>
          <Splitter label="Height of the form" between="rows" after size={below} onSize={setBelow} />
          <div
            className="clean-below"
            style={{ gridTemplateColumns: `minmax(50%, 1fr) auto minmax(0, ${side}px)` }}
          >
            <FormPane />
            <Splitter
              label="Width of profile and history"
              between="columns"
              after
              size={side}
              onSize={setSide}
            />
            <DetailPane detail={detail} onDetail={setDetail} />
          </div>
        </div>
      </div>
    </RulesProvider>
  );
}

function FormPane() {
  const { choosing } = useRules();
  const ruleSet = useRuleSet();
  const selected = useWorkbenchState((state) => state.step);
  const index = ruleSet?.steps.findIndex(({ id }) => id === selected) ?? -1;
  const step = ruleSet?.steps[index];
  const title = step && `Step ${index + 1}`;
  return (
    <section className="pane clean-form" data-pane="form" tabIndex={-1} aria-label={title ?? 'Step'}>
      {choosing ? (
        <AddStep key={choosing.column} column={choosing.column} />
      ) : step ? (
        <StepForm step={step} index={index} />
      ) : (
        <p className="clean-hint muted">Select a step to see what it does and to change it, or add one.</p>
      )}
    </section>
  );
}

const DETAILS = [
  ['profile', 'Column profile'],
  ['history', 'Cell history'],
] as const;

function DetailPane({
  detail,
  onDetail,
}: {
  detail: 'profile' | 'history';
  onDetail: (detail: 'profile' | 'history') => void;
}) {
  return (
    <section className="pane clean-detail" data-pane="detail" tabIndex={-1} aria-label="Column and cell">
      <div className="clean-tabs" role="tablist" aria-label="Column and cell">
        {DETAILS.map(([id, label]) => (
          <button
            key={id}
            type="button"
            role="tab"
            aria-selected={detail === id}
            tabIndex={detail === id ? 0 : -1}
            onClick={() => onDetail(id)}
            onKeyDown={(event) => {
              if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
              onDetail(id === 'profile' ? 'history' : 'profile');
              const other =
                event.currentTarget.nextElementSibling ?? event.currentTarget.previousElementSibling;
              (other as HTMLElement | null)?.focus();
            }}
          >
            {label}
          </button>
        ))}
      </div>
      <div className="pane-body" role="tabpanel">
        {detail === 'profile' ? <ColumnProfile /> : <CellHistory />}
      </div>
    </section>
  );
}
