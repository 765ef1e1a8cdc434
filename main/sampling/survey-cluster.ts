import { z } from 'zod';
import { hashOf } from '../../shared/compile/hash';
import type { DrawnHow, ShapeCover } from '../../shared/contract/calls/source';
import type { Dialect } from '../../shared/document/dialect';
import type { FileSampling } from '../../shared/document/sampling';
import { shareBefore } from '../../shared/sampling/groups';
import { surveyPlan } from '../../shared/sampling/survey';
import { inspect, type Sample } from './sample';
import { readFound, rowsLeft, runSurvey, type SurveyJobs } from './survey-job';

const count = z.number().int();
const looked = { rows: count, unreadable: count, kept: count };
const drawnSchema = z.object({ ...looked, matches: count, end: z.string().nullable() });
const shapesSchema = z.object({
  ...looked,
  columns: z.array(
    z.object({
      different: count,
      shapes: z.array(z.object({ shape: z.string().nullable(), rows: count, example: count.nullable() })),
    }),
  ),
});

/** A source on a cluster that has a job look at it. */
export type SurveyPlace = SurveyJobs & { readonly path: string; readonly dialect: Dialect };

/** Runs a job that looks at all rows of a source, lets `read` read what it has left, and removes that again. */
async function survey<T>(
  place: SurveyPlace,
  asked: FileSampling | 'shapes',
  read: (folder: string, columns: readonly string[]) => Promise<T>,
): Promise<T> {
  const { publisher, connector, path, dialect, signal } = place;
  const { columns } = await inspect(connector, path, signal, dialect);
  const plan = surveyPlan(columns, dialect, asked);
  const submit = (runId: string, folder: string) => {
    // Nothing is made visible there: what the job finds stays in its own folder.
    const none = { output: `${folder}/none`, quarantine: `${folder}/none-either` };
    const job = {
      runId,
      plan,
      planHash: hashOf(plan),
      input: path,
      ...none,
      outputFormat: 'parquet' as const,
    };
    return publisher.submit(job, signal);
  };
  return runSurvey(place, { plan, submit, looks: 'The cluster looks at all rows…' }, (folder) =>
    read(folder, columns),
  );
}

const HOW: Record<FileSampling['method'], DrawnHow> = {
  first: 'random-rows',
  random: 'random-rows',
  groups: 'whole-groups',
  filter: 'filtered',
};

/** Draws a sample by a job where the source is. */
export async function sampleOnCluster(place: SurveyPlace, sampling: FileSampling): Promise<Sample> {
  const [began, at] = [performance.now(), new Date().toISOString()];
  return survey(place, sampling, async (folder, columns) => {
    const found = await readFound(place, folder, drawnSchema);
    const left = await rowsLeft(place, folder, found.kept);
    const total = found.rows + found.unreadable;
    const share =
      sampling.method === 'groups' ? (found.end === null ? sampling.share : shareBefore(found.end)) : null;
    return {
      ...left,
      columns: [...columns],
      complete: left.rows === total,
      total: { rows: total, exact: true },
      unreadable: [],
      unreadableCount: found.unreadable,
      drawn: {
        ...{ how: HOW[sampling.method], sampling, at, on: 'cluster', parts: null, share },
        milliseconds: Math.round(performance.now() - began),
        bytes: left.drawn.bytes,
        matches: sampling.method === 'filter' ? found.matches : null,
      },
      places: { kind: 'unknown', at: new Uint8Array() },
    };
  });
}

/** Lists the shapes of all values by a job where the source is. */
export async function coverOnCluster(place: SurveyPlace): Promise<ShapeCover> {
  const [began, at] = [performance.now(), new Date().toISOString()];
  return survey(place, 'shapes', async (folder, columns) => {
    const found = await readFound(place, folder, shapesSchema);
    const left = await rowsLeft(place, folder, found.kept);
    return {
      at,
      milliseconds: Math.round(performance.now() - began),
      bytes: left.drawn.bytes,
      rows: found.rows,
      unreadableCount: found.unreadable,
      columns: found.columns.map(({ different, shapes }, i) => ({
        name: columns[i] ?? '',
        different,
        shapes: shapes.map((one) => ({ ...one, first: null })),
      })),
      examples: left.arrow,
    };
  });
}
