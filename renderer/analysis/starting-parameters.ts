import type { AnyAnalysis } from '../../shared/analysis/registry';
import { SAMPLE_RFM } from '../../shared/analysis/rfm/parameters';

// Statuses and currencies of the sample shop are known; any other project begins with the analysis’ own defaults.
const SAMPLE_PROJECT = 'Sample shop';

/** Parameters that an analysis begins with in a project. */
export function startingParameters(
  analysis: AnyAnalysis,
  project: string,
): Readonly<Record<string, unknown>> {
  const counts = ['rfm', 'spend'].includes(analysis.id) && project === SAMPLE_PROJECT;
  return counts ? { ...SAMPLE_RFM } : {};
}
