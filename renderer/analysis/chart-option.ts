import type { EChartsCoreOption } from 'echarts/core';
import type { Colours } from './chart-colours';
import type { ChartData } from './chart-data';
import { flowOption, heatmapOption } from './chart-grids';
import { barOption, lineOption } from './chart-series';

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
