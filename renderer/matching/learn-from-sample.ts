import type { Step } from '../../shared/document/rule-set';
import { learnPoints } from '../../shared/matching/learn';
import { matchDuplicates } from '../../shared/operations/match-duplicates';
import type { Workbench } from '../state/workbench';
import { readRecords } from './read-records';

/** The step's parameters with points and a threshold learned from the sample; null where there is too little. */
export async function learnFromSample(workbench: Workbench, step: Step): Promise<Step['parameters'] | null> {
  const read = await readRecords(workbench, step, new AbortController().signal);
  const given = matchDuplicates.parameters.safeParse(step.parameters);
  if (!read || !given.success) return null;
  const learned = learnPoints(
    read.records.map(({ record }) => record),
    read.options,
  );
  if (!learned) return null;
  return {
    ...step.parameters,
    threshold: learned.threshold,
    compare: given.data.compare.map((one, i) => ({ ...one, ...learned.compare[i] })),
  };
}
