import { z } from 'zod';
import { type Counts, countsFrom } from '../../shared/compile/measures';
import type { Plan } from '../../shared/compile/plan';
import { RUN_REPORT_FORMAT, type RunReport } from '../../shared/contract/calls/runs';
import { Fault } from '../../shared/contract/errors';
import { ended, issueLines, issueWords } from '../../shared/document/issues';
import { judge } from '../run/report';
import type { RunRecord } from './run-record';

const bytes = z.number().int().optional();
const written = z.object({ path: z.string(), format: z.string(), rows: z.number().int(), bytes });

/** The report as job.py writes it. */
const jobReportSchema = z.object({
  format: z.literal(RUN_REPORT_FORMAT),
  version: z.literal(1),
  runId: z.string(),
  status: z.enum(['succeeded', 'failed']),
  code: z.string().optional(),
  message: z.string().optional(),
  engine: z.object({ kind: z.literal('spark'), version: z.string() }),
  libraries: z.record(z.string(), z.string()),
  applicationId: z.string(),
  plan: z.object({ hash: z.string() }),
  input: z.object({ path: z.string(), format: z.string(), bytes }),
  started: z.string(),
  finished: z.string(),
  counts: z.record(z.string(), z.number().int()).optional(),
  unreadable: z.number().int().optional(),
  blankLines: z.number().int().optional(),
  measures: z.record(z.string(), z.number().int()).optional(),
  output: written.optional(),
  quarantine: written.optional(),
});

/** The counts that a job reported, null where it did not come to count. */
function countsOf(
  plan: Plan,
  { counts, measures, unreadable = 0 }: z.output<typeof jobReportSchema>,
): Counts | null | 'incomplete' {
  if (!counts || !measures) return null;
  try {
    return countsFrom(plan, { ...measures, read: (counts.read ?? 0) - unreadable }, unreadable);
  } catch (error) {
    if (error instanceof RangeError) return 'incomplete';
    throw error;
  }
}

/** Why a job failed; where the counts forbade the result, in the words of local runs, which name the step. */
function failureOf(
  { code = 'job.failed', message = 'The job failed.' }: z.output<typeof jobReportSchema>,
  judged: RunReport['failure'],
): RunReport['failure'] {
  return judged?.code === code ? judged : { code, message };
}

/**
 * The run report of a job, checked: a job that says it succeeded must have counts that add up and outputs that hold
 * as many rows as were counted. Throws a Fault otherwise; success is never taken on the cluster's word alone.
 */
export function readJobReport(
  data: unknown,
  {
    run: { runId, planHash },
    plan,
    ruleSetHash,
    dialect,
    expectations,
  }: Pick<RunRecord, 'plan' | 'ruleSetHash' | 'dialect' | 'expectations'> & {
    run: Pick<RunRecord['run'], 'runId' | 'planHash'>;
  },
): RunReport {
  const parsed = jobReportSchema.safeParse(data, { error: issueWords });
  const refuse = (what: string) =>
    new Fault({
      code: 'publish.report',
      message: ended(`The job’s run report ${what}`),
      unaffected: 'The input is as it was.',
      advice: 'Look at the run’s log, and do not use its output.',
    });
  if (!parsed.success) throw refuse(`cannot be read: ${issueLines(parsed.error)[0] ?? ''}`);
  const report = parsed.data;
  if (report.runId !== runId) throw refuse('is of another run');
  if (report.plan.hash !== planHash) throw refuse('is of another plan than the one that was published');
  const unreadable = report.unreadable ?? 0;
  const counts = countsOf(plan, report);
  if (counts === 'incomplete') throw refuse('lacks counts of some steps');
  const judged = counts && judge(counts, { expectations });
  if (report.status === 'succeeded') {
    if (judged?.failure) throw refuse(`says that it succeeded, but ${judged.failure.message}`);
    if (counts === null) throw refuse('has no counts');
    const left = counts.filtered + counts.rejected + counts.merged;
    if (
      counts.kept !== report.counts?.kept ||
      counts.added !== (report.counts?.added ?? 0) ||
      report.output?.rows !== counts.kept ||
      report.quarantine?.rows !== left
    ) {
      throw refuse('does not add up: read, kept and written rows differ');
    }
  }
  return {
    format: RUN_REPORT_FORMAT,
    version: 1,
    runId: report.runId,
    name: plan.name,
    status: report.status,
    failure: report.status === 'failed' ? failureOf(report, judged?.failure ?? null) : null,
    engine: { kind: 'spark', version: report.engine.version },
    libraries: report.libraries,
    applicationId: report.applicationId,
    ruleSetHash,
    planHash,
    started: report.started,
    finished: report.finished,
    input: { path: report.input.path, format: report.input.format, bytes: report.input.bytes ?? null },
    dialect,
    ...(judged && { expectations: judged.expectations }),
    counts:
      counts &&
      ({ ...counts, steps: [...counts.steps], stopped: [...counts.stopped] } as RunReport['counts']),
    unreadable,
    blankLines: report.blankLines ?? 0,
    outputs: (['output', 'quarantine'] as const).flatMap((role) => {
      const one = report.status === 'succeeded' ? report[role] : undefined;
      return one
        ? [{ role, path: one.path, format: one.format, rows: one.rows, bytes: one.bytes ?? null }]
        : [];
    }),
  };
}
