import type { EChartsCoreOption } from 'echarts/core';
import { count, percent } from '../shell/words';
import { axis, base, type Colours, toneOf } from './chart-colours';
import type { ChartData } from './chart-data';

/** Cells of two scales, each with its number. */
export function heatmapOption(
  data: Extract<ChartData, { kind: 'heatmap' }>,
  colours: Colours,
): EChartsCoreOption {
  const xs = [...new Set(data.cells.map(({ x }) => x))];
  const ys = [...new Set(data.cells.map(({ y }) => y))];
  const max = data.max ?? Math.max(1, ...data.cells.map(({ value }) => value));
  return {
    ...base(colours),
    grid: { left: 44, right: 4, top: 4, bottom: 40 },
    xAxis: {
      type: 'category',
      data: xs,
      name: data.xTitle,
      nameLocation: 'middle',
      nameGap: 24,
      ...axis(colours),
    },
    yAxis: {
      type: 'category',
      data: ys,
      name: data.yTitle,
      nameLocation: 'middle',
      nameGap: 28,
      ...axis(colours),
    },
    visualMap: {
      show: false,
      min: 0,
      max,
      inRange: { color: [colours.sunken, colours.series[toneOf(data.tone, 0)] ?? colours.accent] },
    },
    series: [
      {
        type: 'heatmap',
        data: data.cells.map(({ x, y, value }) => ({
          value: [x, y, value],
          // The number must be read on a light and on a dark cell.
          label: { color: value > max * 0.55 ? colours.surface : colours.text },
        })),
        label: {
          show: true,
          fontSize: 12,
          formatter: ({ value }: { value: unknown }) => (Array.isArray(value) ? count(Number(value[2])) : ''),
        },
        itemStyle: { borderWidth: 2, borderColor: colours.surface },
      },
    ],
  };
}

/** What went from where to where. */
export function flowOption(data: Extract<ChartData, { kind: 'flow' }>, colours: Colours): EChartsCoreOption {
  // The same name stands on both sides, so each side’s nodes have names of their own.
  const left = [...new Set(data.links.map(({ from }) => from))];
  const order = [...new Set([...left, ...data.links.map(({ to }) => to)])];
  const right = order.filter((name) => data.links.some(({ to }) => to === name));
  const colourOf = (name: string) => colours.series[order.indexOf(name) % colours.series.length];
  const total = data.links.reduce((sum, { value }) => sum + value, 0);
  const node = (name: string, side: 'b' | 'a') => ({
    name: `${side}:${name}`,
    itemStyle: { color: colourOf(name) },
    label: { position: side === 'b' ? 'left' : 'right' },
  });
  return {
    ...base(colours),
    series: [
      {
        type: 'sankey',
        left: 172,
        right: 172,
        top: 4,
        bottom: 4,
        nodeGap: 6,
        nodeWidth: 12,
        draggable: false,
        layoutIterations: 0,
        emphasis: { focus: 'adjacency' },
        data: [...left.map((name) => node(name, 'b')), ...right.map((name) => node(name, 'a'))],
        links: data.links.map(({ from, to, value }) => ({ source: `b:${from}`, target: `a:${to}`, value })),
        lineStyle: { color: 'source', opacity: 0.35, curveness: 0.5 },
        label: {
          color: colours.text,
          fontSize: 12,
          formatter: ({ name, value }: { name: string; value: number }) => `${name.slice(2)} ${count(value)}`,
        },
        tooltip: {
          formatter: (item: {
            dataType?: string;
            data: { source?: string; target?: string; value?: number };
            name: string;
            value: number;
          }) =>
            item.dataType === 'edge'
              ? `${item.data.source?.slice(2)} → ${item.data.target?.slice(2)}\n${count(item.data.value ?? 0)} · ${percent((item.data.value ?? 0) / Math.max(1, total))}`
              : `${item.name.slice(2)}\n${count(item.value)}`,
        },
      },
    ],
  };
}
