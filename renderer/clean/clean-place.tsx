import { type KeyboardEvent, type ReactNode, useState } from 'react';
import { MapColumnsPanel } from '../columns/map-columns-panel';
import { Grid } from '../grid/grid';
import { MatchLine } from '../grid/match-line';
import { CellHistory } from '../history/cell-history';
import { ColumnProfile } from '../profile/column-profile';
import { AddStep } from '../rules/add-step';
import { RulesProvider, useRules } from '../rules/rules-context';
import { StepForm } from '../rules/step-form';
import { StepsPane } from '../rules/steps-pane';
import { useActions } from '../shell/actions';
import { useRuleSet, useWorkbenchState } from '../state/context';
import { SuggestionsPanel } from '../suggest/suggestions-panel';
import { FormHeightContext } from './form-height';
import { GridArea } from './grid-area';
import { Splitter, useSize } from './splitter';
import './clean.css';

/** Windows below this width, in pixels, begin with narrower panes. */
const NARROW = 1200;

/** The Clean place: steps, the grid, the form of the selected step, and what is known of a column or a cell. */
export function CleanPlace() {
  const [detail, setDetail] = useState<Detail>('profile');
  const [steps, setSteps] = useSize('steps', window.innerWidth < NARROW ? 240 : 280, 200, 480);
  const [below, setBelow] = useSize('below', 280, 120, 700);
  const [side, setSide] = useSize('detail', 320, 200, 600);
  const [tall, setTall] = useState(false);
  const turn = () => setTall((before) => !before);
  useActions([
    {
      id: 'suggest.show',
      title: 'Show suggested steps',
      group: 'Rules',
      keys: 'Mod+Shift+S',
      place: 'clean',
      also: 'suggestions detect profile what is wrong propose',
      run: () => setDetail('suggestions'),
    },
    {
      id: 'form.tall',
      title: tall ? 'Lower the form' : 'Raise the form',
      group: 'Rules',
      keys: 'Mod+Shift+F',
      place: 'clean',
      also: 'taller height room panel',
      run: turn,
    },
  ]);
  return (
    <RulesProvider>
      <div className="clean" style={{ gridTemplateColumns: `${steps}px auto minmax(0, 1fr)` }}>
        <StepsPane />
        <Splitter label="Width of the steps" between="columns" size={steps} onSize={setSteps} />
        <div
          className="clean-middle"
          style={{
            gridTemplateRows: `minmax(${tall ? 220 : 140}px, 1fr) auto minmax(0, ${tall ? '100%' : `${below}px`})`,
          }}
        >
          <GridArea>
            <Grid onHistory={() => setDetail('history')} />
            <MatchLine />
          </GridArea>
          <Splitter
            label="Height of the form"
            between="rows"
            after
            size={below}
            onSize={(size) => {
              setTall(false);
              setBelow(size);
            }}
          />
          <div
            className="clean-below"
            style={{ gridTemplateColumns: `minmax(60%, 1fr) auto minmax(0, ${side}px)` }}
          >
            <FormHeightContext value={{ tall, turn }}>
              <FormPane />
            </FormHeightContext>
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
  const { choosing, mapping } = useRules();
  const ruleSet = useRuleSet();
  const selected = useWorkbenchState((state) => state.step);
  const index = ruleSet?.steps.findIndex(({ id }) => id === selected) ?? -1;
  const step = ruleSet?.steps[index];
  const title = step && `Step ${index + 1}`;
  return (
    <section className="pane clean-form" data-pane="form" tabIndex={-1} aria-label={title ?? 'Step'}>
      {choosing ? (
        <AddStep key={choosing.column} column={choosing.column} />
      ) : mapping ? (
        <MapColumnsPanel />
      ) : step ? (
        <StepForm step={step} index={index} />
      ) : (
        <p className="clean-hint muted">Select a step to see what it does and to change it, or add one.</p>
      )}
    </section>
  );
}

const DETAILS = [
  ['profile', 'Column', 'profile'],
  ['history', 'Cell', 'history'],
  ['suggestions', 'Suggestions', ''],
] as const;
type Detail = (typeof DETAILS)[number][0];
const PANELS: Record<Detail, () => ReactNode> = {
  profile: ColumnProfile,
  history: CellHistory,
  suggestions: SuggestionsPanel,
};

function DetailPane({ detail, onDetail }: { detail: Detail; onDetail: (detail: Detail) => void }) {
  const Panel = PANELS[detail];
  const go = (event: KeyboardEvent<HTMLElement>, from: number) => {
    if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
    const to = (from + (event.key === 'ArrowRight' ? 1 : -1) + DETAILS.length) % DETAILS.length;
    const tab = event.currentTarget.parentElement?.children[to];
    onDetail(DETAILS[to]?.[0] ?? detail);
    (tab as HTMLElement | undefined)?.focus();
  };
  return (
    <section className="pane clean-detail" data-pane="detail" tabIndex={-1} aria-label="Column and cell">
      <div className="clean-tabs" role="tablist" aria-label="Column and cell">
        {DETAILS.map(([id, label, more], i) => (
          <button
            key={id}
            ref={(tab) => {
              if (detail === id) tab?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
            }}
            type="button"
            role="tab"
            aria-label={more === '' ? label : `${label} ${more}`}
            aria-selected={detail === id}
            tabIndex={detail === id ? 0 : -1}
            onClick={() => onDetail(id)}
            onKeyDown={(event) => go(event, i)}
          >
            {label}
            {more !== '' && <span className="clean-tab-more"> {more}</span>}
          </button>
        ))}
      </div>
      <div className="pane-body" role="tabpanel">
        <Panel />
      </div>
    </section>
  );
}
