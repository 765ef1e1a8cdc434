/** What a job looks for in all rows. */
export type SparkSurvey =
  /** Shapes of a cell named `value`, column by column. */
  | {
      readonly kind: 'shapes';
      readonly shape: string;
      readonly mostShapes: number;
      readonly mostExamples: number;
    }
  /**
   * At most `rows` of the rows for which `where` holds: whole groups by their `place`, or the first by `rank`, which
   * reads a row's `content` and the number of its `copy`.
   */
  | {
      readonly kind: 'draw';
      readonly where: string | null;
      readonly place: string | null;
      readonly content: string;
      readonly rank: string;
      readonly rows: number;
    };
