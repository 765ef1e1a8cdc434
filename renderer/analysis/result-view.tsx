import { useMemo, useState } from 'react';
import type { ResultDefinition } from '../../shared/analysis/analysis';
import type { ResultTable as Table } from '../../shared/ports/engine';
import { Chart } from './chart';
import type { ChartData, Tone } from './chart-data';
import { columnOf, resultChart, valueText } from './result-chart';
import { ResultTable } from './result-table';

type Props = {
  definition: ResultDefinition;
  table: Table;
  /** Which run it is of: `Before cleaning`. */
  caption?: string;
  /** Greatest value of the chart’s scale, when another stands beside it. */
  max?: number;
  tone?: Tone;
};

const heightOf = (data: ChartData): number => {
  if (data.kind === 'bar') {
    return Math.max(
      80,
      data.categories.length * (12 + 16 * data.series.length) + (data.series.length > 1 ? 36 : 12),
    );
  }
  return data.kind === 'flow' ? 420 : 280;
};

/** One result of an analysis: facts, a chart with its table at hand, or a table. */
export function ResultView({ definition, table, caption, max, tone }: Props) {
  const data = useMemo(() => resultChart(definition, table, { max, tone }), [definition, table, max, tone]);
  const [asTable, setAsTable] = useState(false);
  const label = [definition.title, caption].filter(Boolean).join(', ');
  if (table.rows === 1 && data === null) return <Facts definition={definition} table={table} />;
  return (
    <figure className="result-view">
      {(caption || data) && (
        <figcaption className="result-caption">
          <span>{caption}</span>
          {data && (
            <button
              type="button"
              className="button quiet small"
              aria-pressed={asTable}
              aria-label={`${asTable ? 'Show the chart of' : 'Show the numbers of'} ${label}`}
              onClick={() => setAsTable((before) => !before)}
            >
              {asTable ? 'Chart' : 'Numbers'}
            </button>
          )}
        </figcaption>
      )}
      {data && !asTable ? (
        <Chart data={data} label={`${label}. ${definition.description}`} height={heightOf(data)} />
      ) : (
        <div className="result-framed" style={{ maxHeight: 420 }}>
          <DefinedTable definition={definition} table={table} label={label} />
        </div>
      )}
    </figure>
  );
}

function DefinedTable({
  definition,
  table,
  label,
}: {
  definition: ResultDefinition;
  table: Table;
  label: string;
}) {
  const columns = definition.columns.map(({ name, title, type }) => ({
    key: name,
    title,
    numeric: type === 'integer' || type === 'number' || type === 'share',
  }));
  const values = definition.columns.map(({ name }) => columnOf(table, name));
  return (
    <ResultTable
      label={label}
      columns={columns}
      rows={table.rows}
      cell={(column, row) =>
        valueText(values[column]?.[row] ?? null, definition.columns[column]?.type ?? 'text')
      }
    />
  );
}

function Facts({ definition, table }: { definition: ResultDefinition; table: Table }) {
  return (
    <dl className="facts">
      {definition.columns.map(({ name, title, type }) => (
        <div key={name}>
          <dt>{title}</dt>
          <dd>{valueText(columnOf(table, name)[0] ?? null, type) ?? '–'}</dd>
        </div>
      ))}
    </dl>
  );
}
