import type { EChartsCoreOption } from 'echarts/core';
import type { Tone } from './chart-data';

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

/** A pattern for each series, so that colour is never all that tells them apart. */
export const decals = (colours: Colours) => {
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

/** What every chart has. */
export function base(colours: Colours): EChartsCoreOption {
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

export const axis = (colours: Colours) => ({
  axisLine: { lineStyle: { color: colours.line } },
  axisTick: { show: false },
  axisLabel: { color: colours.muted, fontSize: 12 },
  splitLine: { lineStyle: { color: colours.line } },
  nameTextStyle: { color: colours.muted },
});

const TONES: Readonly<Record<Tone, number>> = { after: 0, before: 1 };
/** Index of a tone’s colour and pattern among the series. */
export const toneOf = (tone: Tone | undefined, fallback: number): number => (tone ? TONES[tone] : fallback);
