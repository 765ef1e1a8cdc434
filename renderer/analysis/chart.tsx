import { BarChart, HeatmapChart, LineChart, SankeyChart } from 'echarts/charts';
import {
  AriaComponent,
  GridComponent,
  LegendComponent,
  TooltipComponent,
  VisualMapComponent,
} from 'echarts/components';
import { type EChartsType, init, use } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import { useEffect, useRef } from 'react';
import { onColoursChange } from '../shell/appearance';
import { readColours } from './chart-colours';
import type { ChartData } from './chart-data';
import { chartOption } from './chart-option';

// Canvas and drawn tooltips: the content security policy lets no style attribute of ECharts through.
use([BarChart, HeatmapChart, LineChart, SankeyChart, AriaComponent, GridComponent, LegendComponent]);
use([TooltipComponent, VisualMapComponent, CanvasRenderer]);

type Props = { data: ChartData; label: string; height?: number };

/** A chart in the colours of the theme, each series with a pattern of its own. A table with the same numbers stands by it. */
export function Chart({ data, label, height = 280 }: Props) {
  const element = useRef<HTMLDivElement>(null);
  const chart = useRef<EChartsType>(null);

  useEffect(() => {
    if (!element.current) return;
    const made = init(element.current, null, { renderer: 'canvas' });
    chart.current = made;
    const observer = new ResizeObserver(() => made.resize());
    observer.observe(element.current);
    return () => {
      observer.disconnect();
      made.dispose();
      chart.current = null;
    };
  }, []);

  useEffect(() => {
    const draw = () => chart.current?.setOption(chartOption(data, readColours()), { notMerge: true });
    draw();
    return onColoursChange(draw);
  }, [data]);

  return <div ref={element} className="chart" role="img" aria-label={label} style={{ height }} />;
}
