import type { EChartsCoreOption } from 'echarts/core';
import { count } from '../shell/words';
import { axis, base, type Colours, decals, toneOf } from './chart-colours';
import type { ChartData } from './chart-data';

type SeriesData = Extract<ChartData, { kind: 'bar' | 'line' }>;

const legend = (data: SeriesData, colours: Colours) =>
  data.series.length > 1
    ? { top: 0, left: 0, itemGap: 16, textStyle: { color: colours.text, fontSize: 12 } }
    : { show: false };

/** Room for the number after the longest bar, in px. */
const roomForNumbers = ({ series }: SeriesData): number => {
  const lengths = series.flatMap(({ values }) => values.map((value) => count(value ?? 0).length));
  // At 12 px, a digit takes no more than 8.
  return Math.max(56, lengths.reduce((most, one) => Math.max(most, one), 0) * 8 + 12);
};

/** Bars lie on their side: names are read, not guessed. */
export function barOption(data: SeriesData, colours: Colours): EChartsCoreOption {
  const top = data.series.length > 1 ? 28 : 4;
  return {
    ...base(colours),
    grid: {
      left: 4,
      right: roomForNumbers(data),
      top,
      bottom: 4,
      outerBoundsMode: 'same',
      outerBoundsContain: 'axisLabel',
    },
    legend: legend(data, colours),
    xAxis: {
      type: 'value',
      ...axis(colours),
      axisLabel: { show: false },
      splitLine: { show: false },
      ...(data.max !== undefined && { max: data.max }),
    },
    yAxis: {
      type: 'category',
      inverse: true,
      data: [...data.categories],
      ...axis(colours),
      axisLabel: { color: colours.text, fontSize: 12, width: 160, overflow: 'truncate', interval: 0 },
    },
    series: data.series.map(({ name, values, tone }, i) => ({
      type: 'bar',
      itemStyle: {
        color: colours.series[toneOf(tone, i)],
        decal: decals(colours)[toneOf(tone, i)],
      },
      name,
      data: [...values],
      barMaxWidth: 18,
      barGap: '10%',
      label: {
        show: true,
        position: 'right',
        color: colours.muted,
        fontSize: 12,
        formatter: ({ value }: { value: unknown }) => (typeof value === 'number' ? count(value) : ''),
      },
    })),
  };
}

/** A line over time or another order. */
export function lineOption(data: SeriesData, colours: Colours): EChartsCoreOption {
  const base_ = base(colours);
  return {
    ...base_,
    grid: {
      left: 4,
      right: 16,
      top: 28,
      bottom: 4,
      outerBoundsMode: 'same',
      outerBoundsContain: 'axisLabel',
    },
    legend: legend(data, colours),
    xAxis: { type: 'category', data: [...data.categories], ...axis(colours), boundaryGap: false },
    yAxis: { type: 'value', ...axis(colours) },
    series: data.series.map(({ name, values }, i) => ({
      type: 'line',
      name,
      data: [...values],
      showSymbol: values.length <= 60,
      symbol: ['circle', 'rect', 'triangle', 'diamond'][i % 4],
      symbolSize: 7,
      lineStyle: { width: 2, type: ['solid', 'dashed', 'dotted'][i % 3] },
    })),
  };
}
