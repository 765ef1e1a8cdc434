import type { Counts, StepCounts } from '../../shared/compile/measures';
import type { ProjectState } from '../../shared/contract/calls/project';
import type { Drawn, ShapeCover, Unreadable } from '../../shared/contract/calls/source';
import type { Fault } from '../../shared/contract/errors';
import type { History } from '../../shared/document/history';
import type { RowFilter } from '../../shared/trace/view';
import type { HostProgress } from './host';
import type { LiveState } from './live';
import type { PreviewPlan } from './preview/plan';

/** A sample in the engine's table `table`, as `r, c0 … cn`. */
export type Sample = {
  readonly table: string;
  readonly columns: readonly string[];
  readonly rows: number;
  /** Whether the sample is the whole source. */
  readonly complete: boolean;
  readonly total: { readonly rows: number; readonly exact: boolean };
  readonly unreadable: readonly Unreadable[];
  readonly unreadableCount: number;
  /** How it was drawn. */
  readonly drawn: Drawn;
  /** Where its rows are in the source, row by row: numbers from 1, or bytes; null where they are the first ones. */
  readonly places: SamplePlaces | null;
  /** How many rows at its end were added to cover shapes that it lacked. */
  readonly added: number;
  /** Shapes of its own rows by column, of those that a scan of the source has listed; null before any scan. */
  readonly shapes: ReadonlyMap<string, ReadonlySet<string>> | null;
};

/** A scan of all rows of the source that is looked at, for the shapes of their values. */
export type CoverState =
  | { readonly status: 'none' }
  | { readonly status: 'scanning'; readonly rows: number; readonly words: string | null }
  | { readonly status: 'failed'; readonly fault: Fault }
  | { readonly status: 'ready'; readonly cover: ShapeCover };

export type SamplePlaces =
  | { readonly kind: 'row' | 'byte' | 'unknown'; readonly at: Float64Array }
  /** Offsets of messages, each in its partition. */
  | { readonly kind: 'offset'; readonly at: Float64Array; readonly partitions: Float64Array };

export type SampleState =
  | { readonly status: 'none' }
  /** A job on a cluster draws it, once the steward says so. */
  | { readonly status: 'waiting' }
  | { readonly status: 'loading'; readonly progress: HostProgress<'source.sample'> | null }
  | { readonly status: 'failed'; readonly fault: Fault }
  | { readonly status: 'ready'; readonly sample: Sample };

export type SaveState =
  | { readonly status: 'saved'; readonly at: string | null }
  | { readonly status: 'saving'; readonly pending: number }
  | { readonly status: 'failed'; readonly pending: number; readonly fault: Fault };

/** Rows of the view by number, ascending; null means every row of the sample. */
export type Matches = Int32Array | null;

export type PreviewState = {
  /** `current`: grid and counts hold for the rules as they are. */
  readonly status: 'idle' | 'updating' | 'current' | 'failed';
  /** Goes up with each change of rules or sample: what was shown before is old. */
  readonly version: number;
  /** The rules as they are; the steps are the rule set's, in order. */
  readonly plan: PreviewPlan | null;
  /** Counts of each step by its id; those of `stale` steps are from before the last change. */
  readonly steps: Readonly<Record<string, StepCounts>>;
  readonly stale: ReadonlySet<string>;
  /** Counts of the whole, once they are known for these rules. */
  readonly counts: Counts | null;
  /** The preview stops before this step. */
  readonly stopsAt: { readonly step: string; readonly messages: readonly string[] } | null;
  readonly matches: Matches;
  /** How many rows the view has before any filter, where steps split the sample’s; null where they are the sample’s. */
  readonly rows: number | null;
  /** `matches` are being found anew. */
  readonly matching: boolean;
  readonly fault: Fault | null;
};

export type Place = 'clean' | 'analyse' | 'publish';
export type CellPlace = { readonly row: number; readonly column: string };

export type WorkbenchState = {
  readonly project: ProjectState | null;
  readonly place: Place;
  /** Id of the source that is looked at. */
  readonly source: string | null;
  /** Rule set, undo and redo of each source, by its id. */
  readonly histories: Readonly<Record<string, History>>;
  readonly saving: SaveState;
  /** Samples of sources, by their ids; only the one looked at is kept in the engine. */
  readonly sample: SampleState;
  readonly cover: CoverState;
  /** The topic that is looked at, as it is followed. */
  readonly live: LiveState;
  /** Id of the step whose result is shown; null shows all steps together. */
  readonly step: string | null;
  readonly filter: RowFilter;
  readonly preview: PreviewState;
  /** The cell under the grid's cursor, whose history is shown. */
  readonly cell: CellPlace | null;
  /** The column whose profile is shown. */
  readonly column: string | null;
};
