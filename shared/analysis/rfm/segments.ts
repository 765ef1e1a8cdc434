/** A named part of the grid of recency and value; both ends of a range belong to it. */
export type Segment = {
  readonly title: string;
  readonly recency: readonly [lowest: number, highest: number];
  readonly value: readonly [lowest: number, highest: number];
  readonly meaning: string;
};

/** The usual ten names; each of the 25 pairs of scores belongs to exactly one. Best first. */
export const SEGMENTS: readonly Segment[] = [
  { title: 'Champions', recency: [5, 5], value: [4, 5], meaning: 'Bought just now, often and for much.' },
  { title: 'Loyal', recency: [3, 4], value: [4, 5], meaning: 'Buy often or for much, and not long ago.' },
  { title: 'Potential loyalists', recency: [4, 5], value: [2, 3], meaning: 'Bought lately, more than once.' },
  { title: 'New', recency: [5, 5], value: [1, 1], meaning: 'Bought just now, little so far.' },
  { title: 'Promising', recency: [4, 4], value: [1, 1], meaning: 'Bought lately, little so far.' },
  { title: 'Need attention', recency: [3, 3], value: [3, 3], meaning: 'In the middle in every way.' },
  { title: 'About to sleep', recency: [3, 3], value: [1, 2], meaning: 'Bought little, and some time ago.' },
  { title: 'At risk', recency: [1, 2], value: [3, 4], meaning: 'Bought much, but long ago.' },
  {
    title: 'Cannot lose',
    recency: [1, 2],
    value: [5, 5],
    meaning: 'The best customers once, now gone quiet.',
  },
  { title: 'Hibernating', recency: [1, 2], value: [1, 2], meaning: 'Bought little, long ago.' },
];

/** Customers without a purchase that counts. */
export const NO_PURCHASES = 'No purchases';

/** The names of all segments, in the order in which they are shown. */
export const SEGMENT_TITLES: readonly string[] = [...SEGMENTS.map(({ title }) => title), NO_PURCHASES];
