import type { Chart, ResultColumn, ResultDefinition } from '../../shared/analysis/analysis';
import type { CellValue, ResultTable } from '../../shared/ports/engine';
import { count, percent } from '../shell/words';
import type { ChartData, Tone } from './chart-data';

const grouped = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 2 });

/** A result's value as it is read; null is missing. */
export function valueText(value: CellValue, type: ResultColumn['type']): string | null {
  if (value === null) return null;
  switch (type) {
    case 'text':
    case 'date':
      return String(value);
    case 'integer':
      return count(Number(value));
    case 'number':
      return grouped.format(Number(value));
    case 'share':
      return percent(Number(value));
    case 'flag':
      return value === true || value === 'true' ? 'yes' : 'no';
  }
}

/** Values of a column of a result by its name. */
export function columnOf(table: ResultTable, name: string): readonly CellValue[] {
  const index = table.names.indexOf(name);
  const column = table.columns[index];
  if (!column) throw new RangeError(`The result has no column ${name}.`);
  return column;
}

const texts = (table: ResultTable, name: string) => columnOf(table, name).map((value) => String(value ?? ''));
const numbers = (table: ResultTable, name: string) =>
  columnOf(table, name).map((value) => (value === null ? null : Number(value)));

const titleOf = (definition: ResultDefinition, name: string): string =>
  definition.columns.find((column) => column.name === name)?.title ?? name;

/** Greatest value that a chart of this result shows. */
export function greatest(chart: Chart, table: ResultTable): number {
  return Math.max(0, ...numbers(table, chart.value).map((value) => value ?? 0));
}

/** The data of a result's chart; with `max` on a scale that it shares with another, with `tone` in the colour of its side. */
export function resultChart(
  definition: ResultDefinition,
  table: ResultTable,
  { max, tone }: { max?: number | undefined; tone?: Tone | undefined } = {},
): ChartData | null {
  const { chart } = definition;
  if (chart === null) return null;
  const scale = max === undefined ? {} : { max };
  switch (chart.kind) {
    case 'bar': {
      const sides: readonly (readonly [string, Tone | undefined])[] =
        chart.compare === undefined
          ? [[chart.value, tone]]
          : [
              [chart.value, 'before'],
              [chart.compare, 'after'],
            ];
      return {
        kind: 'bar',
        categories: texts(table, chart.category),
        series: sides.map(([name, side]) => ({
          name: titleOf(definition, name),
          values: numbers(table, name),
          ...(side && { tone: side }),
        })),
        ...scale,
      };
    }
    case 'heatmap': {
      const [x, y, value] = [texts(table, chart.x), texts(table, chart.y), numbers(table, chart.value)];
      return {
        kind: 'heatmap',
        xTitle: titleOf(definition, chart.x),
        yTitle: titleOf(definition, chart.y),
        cells: x.map((one, i) => ({ x: one, y: y[i] ?? '', value: value[i] ?? 0 })),
        ...scale,
        ...(tone && { tone }),
      };
    }
    case 'flow': {
      const [from, to, value] = [
        texts(table, chart.from),
        texts(table, chart.to),
        numbers(table, chart.value),
      ];
      return {
        kind: 'flow',
        links: from.map((one, i) => ({ from: one, to: to[i] ?? '', value: value[i] ?? 0 })),
      };
    }
  }
}
