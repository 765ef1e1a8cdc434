import type { EChartsCoreOption } from 'echarts/core';
import { count, percent } from '../shell/words';

/** `before` and `after` have the colours of a changed cell. */
export type Tone = 'before' | 'after';
export type Series = {
  readonly name: string;
  readonly values: readonly (number | null)[];
  readonly tone?: Tone;
};

/** What a chart shows, free of any library. Values are in the order in which they are drawn. */
export type ChartData =
  | {
      readonly kind: 'bar' | 'line';
      readonly categories: readonly string[];
      readonly series: readonly Series[];
      /** Greatest value of the axis, to set charts side by side on one scale. */
      readonly max?: number;
    }
  | {
      readonly kind: 'heatmap';
      readonly xTitle: string;
      readonly yTitle: string;
      readonly cells: readonly { readonly x: string; readonly y: string; readonly value: number }[];
      readonly max?: number;
      readonly tone?: Tone;
    }
  | {
      readonly kind: 'flow';
      readonly links: readonly { readonly from: string; readonly to: string; readonly value: number }[];
    };

export type Colours = Readonly<
  Record<'text' | 'muted' | 'line' | 'surface' | 'raised' | 'accent' | 'sunken', string>
> & {
  readonly series: readonly string[];
};

/** The theme’s colours as they are now, resolved: a canvas knows no custom properties. */
export function readColours(): Colours {
  const probe = document.createElement('span');
  document.body.append(probe);
  const read = (token: string): string => {
    probe.style.color = `var(--${token})`;
    return getComputedStyle(probe).color;
  };
  const colours = {
    text: read('text'),
    muted: read('text-muted'),
    line: read('line'),
    surface: read('surface'),
    raised: read('raised'),
    sunken: read('sunken'),
    accent: read('accent'),
    series: [1, 2, 3, 4, 5, 6].map((n) => read(`series-${n}`)),
  };
  probe.remove();
  return colours;
}

const decals = (colours: Colours) => {
  const color = colours.surface;
  return [
    { symbol: 'none' },
    { symbol: 'rect', dashArrayX: [1, 0], dashArrayY: [1, 6], symbolSize: 1, rotation: Math.PI / 4, color },
    {
      symbol: 'circle',
      dashArrayX: [
        [6, 6],
        [0, 6, 6, 0],
      ],
      dashArrayY: [5, 0],
      symbolSize: 0.6,
      color,
    },
    { symbol: 'rect', dashArrayX: [1, 0], dashArrayY: [1, 6], symbolSize: 1, rotation: -Math.PI / 4, color },
    { symbol: 'rect', dashArrayX: [1, 0], dashArrayY: [3, 6], symbolSize: 1, rotation: 0, color },
    {
      symbol: 'triangle',
      dashArrayX: [
        [7, 7],
        [0, 7, 7, 0],
      ],
      dashArrayY: [7, 2],
      symbolSize: 0.7,
      color,
    },
  ];
};

function base(colours: Colours): EChartsCoreOption {
  return {
    animation: false,
    color: [...colours.series],
    textStyle: { fontFamily: 'system-ui, sans-serif', fontSize: 12, color: colours.text },
    aria: { enabled: true, label: { enabled: false } },
    tooltip: {
      renderMode: 'richText',
      backgroundColor: colours.raised,
      borderColor: colours.line,
      textStyle: { color: colours.text, fontSize: 12 },
      confine: true,
    },
  };
}

const axis = (colours: Colours) => ({
  axisLine: { lineStyle: { color: colours.line } },
  axisTick: { show: false },
  axisLabel: { color: colours.muted, fontSize: 12 },
  splitLine: { lineStyle: { color: colours.line } },
  nameTextStyle: { color: colours.muted },
});

/** The chart for ECharts. */
export function chartOption(data: ChartData, colours: Colours): EChartsCoreOption {
  switch (data.kind) {
    case 'bar':
      return barOption(data, colours);
    case 'line':
      return lineOption(data, colours);
    case 'heatmap':
      return heatmapOption(data, colours);
    case 'flow':
      return flowOption(data, colours);
  }
}

type SeriesData = Extract<ChartData, { kind: 'bar' | 'line' }>;

const TONES: Readonly<Record<Tone, number>> = { after: 0, before: 1 };
/** Index of a tone’s colour and pattern among the series. */
const toneOf = (tone: Tone | undefined, fallback: number): number => (tone ? TONES[tone] : fallback);

const legend = (data: SeriesData, colours: Colours) =>
  data.series.length > 1
    ? { top: 0, left: 0, itemGap: 16, textStyle: { color: colours.text, fontSize: 12 } }
    : { show: false };

/** Bars lie on their side: names are read, not guessed. */
function barOption(data: SeriesData, colours: Colours): EChartsCoreOption {
  const top = data.series.length > 1 ? 28 : 4;
  return {
    ...base(colours),
    grid: { left: 4, right: 56, top, bottom: 4, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
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

function lineOption(data: SeriesData, colours: Colours): EChartsCoreOption {
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

function heatmapOption(data: Extract<ChartData, { kind: 'heatmap' }>, colours: Colours): EChartsCoreOption {
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

function flowOption(data: Extract<ChartData, { kind: 'flow' }>, colours: Colours): EChartsCoreOption {
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
