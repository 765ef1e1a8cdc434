import { compilePlan } from '../../shared/compile/compile';
import { checkKeys } from '../../shared/compile/keys';
import type { JoinProgress } from '../../shared/contract/calls/joins';
import type { Dialect } from '../../shared/document/dialect';
import type { JoinSide } from '../../shared/document/join';
import type { RuleSet } from '../../shared/document/rule-set';
import { countsOf, countsSql, type JoinCounts } from '../../shared/joins/check';
import { type Keyed, keyPlaces, LEFT, leftWord } from '../../shared/joins/keyed';
import type { CancelSignal } from '../../shared/ports/signal';
import { findKey } from '../engine/keys';
import { type NativeEngine, openNative } from '../engine/native';
import { type Input, openInputAt } from '../reading/input';
import type { Source } from '../reading/reader';
import { makeResult, RESULT } from './make-result';
import { watchProgress } from './progress';
import { withTemporaryFolder } from './temporary-folder';

/** One side of a join, with all that its rows are made from. */
export type SideGiven = {
  readonly name: string;
  /** Path of a local file. */
  readonly path: string;
  readonly dialect: Dialect;
  readonly ruleSet: RuleSet;
  readonly side: JoinSide;
};

export type CheckedJoin = {
  readonly counts: JoinCounts;
  /** Records of either side that cannot be read, and so are on no side of the join. */
  readonly unreadable: { readonly from: number; readonly to: number };
};

type Options = {
  readonly from: SideGiven;
  readonly to: SideGiven;
  readonly signal?: CancelSignal | undefined;
  readonly onProgress?: ((progress: JoinProgress) => void) | undefined;
};

/**
 * Cleans all rows of two local files and counts what they have to do with each other. Nothing is written but to a
 * temporary folder. Faults: `join.column`, `source.*` and `local.*` for the files, `plan.*`, `engine.*`, `cancelled`.
 */
export async function checkJoin({ from, to, signal, onProgress }: Options): Promise<CheckedJoin> {
  const files: Input[] = [];
  try {
    for (const { path } of [from, to]) files.push(await openInputAt(path));
    return await withTemporaryFolder(async (folder) => {
      const paths = files.flatMap((one) => one.files);
      const engine = await openNative({ folders: [folder], files: paths, temporaryFolder: folder });
      try {
        const made = [];
        for (const [i, given] of [from, to].entries()) {
          const file = files[i];
          if (!file) throw new RangeError('A side has no file.');
          made.push(await keyedBy(given, { file, folder, engine, table: `keys_${i}`, signal, onProgress }));
        }
        const [one, other] = made;
        if (!one || !other) throw new RangeError('A join has two sides.');
        onProgress?.({ source: from.name, phase: 'comparing', rows: 0, of: null, rowsPerSecond: null });
        const counts = countsOf(await engine.query(countsSql(one.keyed, other.keyed), signal));
        return { counts, unreadable: { from: one.unreadable, to: other.unreadable } };
      } finally {
        await engine.close();
      }
    });
  } finally {
    for (const file of files) await file.close();
  }
}

type Place = Pick<Options, 'signal' | 'onProgress'> & {
  readonly file: Input;
  readonly folder: string;
  readonly engine: NativeEngine;
  readonly table: string;
};

/** Makes a table of the keys of all rows of one side, and of how those that are not kept left. */
async function keyedBy(
  { name, dialect, ruleSet, side }: SideGiven,
  { file, folder, engine, table, signal, onProgress }: Place,
): Promise<{ keyed: Keyed; unreadable: number }> {
  const watch = watchProgress(engine, onProgress && ((told) => onProgress({ source: name, ...told })));
  let source: Source | undefined;
  try {
    source = await file.source(dialect, { engine, folder, signal, told: watch.told });
    const plan = await checkKeys(compilePlan(ruleSet, source.columns), findKey);
    const places = keyPlaces(
      side,
      plan.output.map(({ column }) => column),
      name,
    );
    watch.phase('reading', source.rows);
    const read = await makeResult({ plan, source, engine, originals: false, watch, signal });
    await file.assertUnchanged();
    const keys = places.map((_, i) => `k${i}`);
    const list = places.map((place, i) => `CAST(o${place} AS VARCHAR) AS ${keys[i]}`).join(', ');
    await engine.execute(
      `CREATE TEMP TABLE ${table} AS SELECT ${leftWord(plan)} AS ${LEFT}, ${list} FROM ${RESULT}; DROP TABLE ${RESULT}`,
      signal,
    );
    return { keyed: { relation: table, keys }, unreadable: read.unreadable?.count ?? 0 };
  } finally {
    watch.stop();
    await source?.close();
  }
}
