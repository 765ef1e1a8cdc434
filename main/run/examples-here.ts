import type { Fault } from '../../shared/contract/errors';
import type { RuleSet } from '../../shared/document/rule-set';
import { brokenExamplesFault, checkExamples } from '../../shared/trace/examples';
import { answerLookup } from '../engine/lookups';
import { openNative } from '../engine/native';
import { withTemporaryFolder } from './temporary-folder';

/** What pinned examples say of the rules: the fault of those that are not kept, or null. Needs no data. */
export async function examplesHere(ruleSet: RuleSet): Promise<Fault | null> {
  if (!ruleSet.steps.some(({ enabled, examples }) => enabled && examples.length > 0)) return null;
  return withTemporaryFolder(async (temporaryFolder) => {
    const engine = await openNative({ temporaryFolder });
    try {
      const broken = await checkExamples(engine, answerLookup, ruleSet);
      return broken.length === 0 ? null : brokenExamplesFault(ruleSet, broken);
    } finally {
      await engine.close();
    }
  });
}
