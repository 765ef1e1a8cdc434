import { z } from 'zod';
import { call, event } from '../define';
import { runReportSchema } from './runs';

/** A run on the cluster. `submitting` and `unknown` are settled by looking for its tag, never by a second submit. */
export const clusterRunSchema = z.strictObject({
  runId: z.string(),
  connection: z.string(),
  source: z.string(),
  name: z.string(),
  state: z.enum(['submitting', 'queued', 'running', 'succeeded', 'failed', 'stopped', 'unknown']),
  /** What is being done or what went wrong, in a sentence. */
  message: z.string(),
  planHash: z.string(),
  input: z.string(),
  output: z.string(),
  quarantine: z.string(),
  submitted: z.string(),
  finished: z.string().nullable(),
  livyBatch: z.number().int().nullable(),
  applicationId: z.string().nullable(),
  trackingUrl: z.string().nullable(),
  progress: z.number().min(0).max(1).nullable(),
  report: runReportSchema.nullable(),
});
export type ClusterRun = z.output<typeof clusterRunSchema>;

const target = { source: z.string(), connection: z.string() };

/** Calls that publish a rule set as a Spark job and watch its runs. */
export const publishCalls = {
  /** What would be published: the plan's hash, its sentences, and where everything goes. */
  'publish.review': call({
    input: z.strictObject(target),
    output: z.strictObject({
      planHash: z.string(),
      steps: z.array(
        z.strictObject({ sentence: z.string(), scope: z.enum(['cell', 'row', 'group', 'table']) }),
      ),
      libraries: z.record(z.string(), z.string()),
      input: z.string(),
      suggestedOutput: z.string(),
      suggestedQuarantine: z.string(),
      /** What keeps it from being published, a sentence each; empty when nothing does. */
      obstacles: z.array(z.string()),
      /** What a steward should know before, a sentence each. */
      notes: z.array(z.string()),
    }),
  }),
  /**
   * Stages plan, job and libraries and submits. `runId` is made by the window, once for each intent: the same id
   * again answers with the same run.
   */
  'publish.submit': call({
    input: z.strictObject({
      ...target,
      runId: z.string().regex(/^[a-z0-9-]{8,60}$/, 'must be 8 to 60 lower-case letters, digits and hyphens'),
      planHash: z.string(),
      input: z.string().min(1),
      output: z.string().min(1),
      quarantine: z.string().min(1),
      format: z.enum(['csv', 'parquet']),
    }),
    output: clusterRunSchema,
  }),
  'publish.runs': call({ input: z.strictObject({}), output: z.array(clusterRunSchema) }),
  'publish.stop': call({ input: z.strictObject({ runId: z.string() }), output: clusterRunSchema }),
  /** The end of a run's log, as the cluster keeps it. */
  'publish.log': call({
    input: z.strictObject({ runId: z.string() }),
    output: z.strictObject({ lines: z.array(z.string()) }),
  }),
};

export const publishEvents = { 'publish.changed': event(clusterRunSchema) };
