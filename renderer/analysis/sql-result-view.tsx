import { useId, useMemo, useState } from 'react';
import { count, duration, plural } from '../shell/words';
import { Chart } from './chart';
import { ResultTable } from './result-table';
import type { SqlResult } from './run-sql';
import { type ChartChoice, MOST_BARS, proposeChart, sqlChart } from './sql-chart';

/** Rows of a query as a table and, where there are numbers, as a chart. */
export function SqlResultView({ result, stale }: { result: SqlResult; stale: boolean }) {
  const proposed = useMemo(() => proposeChart(result), [result]);
  const [view, setView] = useState<'table' | 'chart'>('table');
  const [chosen, setChosen] = useState<{ of: SqlResult; choice: ChartChoice } | null>(null);
  const choice = chosen?.of === result ? chosen.choice : proposed;
  const showChart = view === 'chart' && choice !== null;
  return (
    <div className="sql-result" data-stale={stale}>
      <div className="sql-result-bar">
        <span role="status">
          {plural(result.rows, 'row')}
          {result.more && ` shown, there are more`} · {plural(result.columns.length, 'column')} ·{' '}
          {duration(result.seconds)}
        </span>
        {proposed && (
          <fieldset className="segmented" aria-label="Show as">
            {(['table', 'chart'] as const).map((one) => (
              <button key={one} type="button" aria-pressed={view === one} onClick={() => setView(one)}>
                {one === 'table' ? 'Table' : 'Chart'}
              </button>
            ))}
          </fieldset>
        )}
      </div>
      {showChart ? (
        <div className="sql-chart">
          <ChartFields
            result={result}
            choice={choice}
            onChange={(next) => setChosen({ of: result, choice: next })}
          />
          <SqlChart result={result} choice={choice} />
        </div>
      ) : (
        <ResultTable
          label="Result of the SQL"
          columns={result.columns.map(({ name, type, numeric }, i) => ({
            key: `${i} ${name}`,
            title: name,
            hint: type,
            numeric,
          }))}
          rows={result.rows}
          cell={(column, row) => result.values[column]?.[row] ?? null}
        />
      )}
    </div>
  );
}

function SqlChart({ result, choice }: { result: SqlResult; choice: ChartChoice }) {
  const data = useMemo(() => sqlChart(result, choice), [result, choice]);
  const shown = data.kind === 'flow' || data.kind === 'heatmap' ? 0 : data.categories.length;
  const height = choice.kind === 'bar' ? Math.max(80, shown * 28 + 12) : 320;
  const [of, by] = [result.columns[choice.value]?.name, result.columns[choice.category]?.name];
  return (
    <>
      <Chart data={data} label={`${of} by ${by}`} height={height} />
      {choice.kind === 'bar' && result.rows > MOST_BARS && (
        <p className="muted small">The first {count(MOST_BARS)} rows are drawn.</p>
      )}
    </>
  );
}

type FieldsProps = { result: SqlResult; choice: ChartChoice; onChange: (choice: ChartChoice) => void };

function ChartFields({ result, choice, onChange }: FieldsProps) {
  const id = useId();
  const columns = result.columns.map(({ name, numeric }, i) => ({ name, numeric, i }));
  return (
    <div className="chart-fields">
      <div className="field inline">
        <label htmlFor={`${id}k`}>Draw</label>
        <select
          id={`${id}k`}
          className="select"
          value={choice.kind}
          onChange={(event) => onChange({ ...choice, kind: event.target.value === 'line' ? 'line' : 'bar' })}
        >
          <option value="bar">bars</option>
          <option value="line">a line</option>
        </select>
      </div>
      <div className="field inline">
        <label htmlFor={`${id}v`}>of</label>
        <select
          id={`${id}v`}
          className="select"
          value={choice.value}
          onChange={(event) => onChange({ ...choice, value: Number(event.target.value) })}
        >
          {columns
            .filter((one) => one.numeric)
            .map(({ name, i }) => (
              <option key={i} value={i}>
                {name}
              </option>
            ))}
        </select>
      </div>
      <div className="field inline">
        <label htmlFor={`${id}c`}>by</label>
        <select
          id={`${id}c`}
          className="select"
          value={choice.category}
          onChange={(event) => onChange({ ...choice, category: Number(event.target.value) })}
        >
          {columns.map(({ name, i }) => (
            <option key={i} value={i}>
              {name}
            </option>
          ))}
        </select>
      </div>
    </div>
  );
}
