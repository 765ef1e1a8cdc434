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
