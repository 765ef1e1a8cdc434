import { expect, test } from 'vitest';
import type { Colours } from '../../../renderer/analysis/chart-colours';
import { barOption } from '../../../renderer/analysis/chart-series';

const black = '#000';
const colours: Colours = {
  ...{ text: black, muted: black, line: black, surface: black, raised: black, accent: black, sunken: black },
  series: [black],
};

test.each([
  [[5, null], 56],
  // 15 characters, none wider than 8 px.
  [[7, 123_456_789_012], 132],
])('bars of %j leave %i px for their numbers', (values, right) => {
  const series = [{ name: 'n', values }];
  expect(barOption({ kind: 'bar', categories: ['a', 'b'], series }, colours).grid).toMatchObject({ right });
});
