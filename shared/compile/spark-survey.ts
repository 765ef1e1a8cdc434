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
   * The same of the fields of messages, and a message for each shape, of stretches of a topic's partitions: from offset
   * `start`, below `end`.
   */
  | {
      readonly kind: 'messages';
      readonly shape: string;
      readonly mostShapes: number;
      readonly mostExamples: number;
      readonly mostColumns: number;
      /** `committed`: messages of open and aborted transactions are left out. */
      readonly isolation: 'committed' | 'uncommitted';
      readonly stretches: readonly (readonly [partition: number, start: number, end: number])[];
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
