import { hashOf } from '../../shared/compile/hash';
import type { Counts } from '../../shared/compile/measures';
import { librariesOf, type Plan } from '../../shared/compile/plan';
import { RUN_REPORT_FORMAT, type RunReport } from '../../shared/contract/calls/runs';
import type { Dialect } from '../../shared/document/dialect';
import type { RuleSet } from '../../shared/document/rule-set';
import type { Input } from '../reading/input';
import { brokenWords, judgeExpectations } from './expectations';

export type Judgement = Pick<RunReport, 'failure' | 'expectations'>;

/** Whether checks that stop a run, or expectations, forbid to write what was cleaned. */
export function judge(counts: Counts, ruleSet: Pick<RuleSet, 'expectations'>): Judgement {
  const expectations = judgeExpectations(counts, ruleSet.expectations);
  const stops = counts.stopped.map(
    ({ step, column, failing, reached }) =>
      `step “${step}” stops the run: ${failing} of ${reached} rows fail its check${column === null ? '' : ` of “${column}”`}`,
  );
  if (stops.length > 0)
    return { failure: { code: 'run.stopped', message: `${stops.join('; ')}.` }, expectations };
  const broken = expectations.filter(({ holds }) => !holds).map(brokenWords);
  const failure = broken.length > 0 ? { code: 'run.expectation', message: `${broken.join('; ')}.` } : null;
  return { failure, expectations };
}

/** The report of a local run: counts, versions and times, never cell values. */
export function localReport(facts: {
  runId: string;
  started: string;
  ruleSet: RuleSet;
  plan: Plan;
  file: Input;
  dialect: Dialect;
  engineVersion: string;
  counts: Counts;
  unreadable: number;
  blankLines: number;
  judgement: Judgement;
  outputs: RunReport['outputs'];
}): RunReport {
  const { ruleSet, plan, file, dialect, judgement } = facts;
  return {
    format: RUN_REPORT_FORMAT,
    version: 1,
    runId: facts.runId,
    name: ruleSet.name,
    status: judgement.failure ? 'failed' : 'succeeded',
    failure: judgement.failure,
    engine: { kind: 'native', version: facts.engineVersion },
    libraries: Object.fromEntries(librariesOf(plan).map((one) => [one.name, one.version])),
    applicationId: null,
    ruleSetHash: hashOf(ruleSet),
    planHash: hashOf(plan),
    started: facts.started,
    finished: new Date().toISOString(),
    input: {
      path: file.path,
      format: dialect.format,
      bytes: file.fingerprint.bytes,
      modified: file.fingerprint.modified,
    },
    dialect,
    expectations: judgement.expectations,
    counts: structuredClone(facts.counts) as RunReport['counts'],
    unreadable: facts.unreadable,
    blankLines: facts.blankLines,
    outputs: facts.outputs,
  };
}
