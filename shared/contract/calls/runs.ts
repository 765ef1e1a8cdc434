import { z } from 'zod';
import { dialectSchema } from '../../document/dialect';
import { call } from '../define';

const count = z.number().int().min(0);

export const stepCountsSchema = z.strictObject({
  step: z.string(),
  operation: z.string(),
  sentence: z.string(),
  changedCells: count,
  changedByColumn: z.record(z.string(), count),
  filtered: count,
  rejected: count,
  merged: count,
  added: count.default(0),
  failing: count,
});

export const countsSchema = z.strictObject({
  read: count,
  added: count.default(0),
  kept: count,
  filtered: count,
  rejected: count,
  merged: count,
  steps: z.array(stepCountsSchema),
  stopped: z.array(
    z.strictObject({ step: z.string(), column: z.string().nullable(), failing: count, reached: count }),
  ),
});

export const RUN_REPORT_FORMAT = 'dataharmonize/run-report';

/** What a run did: counts, never values. The same form from a local run and from the cluster. */
export const runReportSchema = z.strictObject({
  format: z.literal(RUN_REPORT_FORMAT),
  version: z.literal(1),
  runId: z.string(),
  name: z.string(),
  status: z.enum(['succeeded', 'failed']),
  /** Why it failed: a stable code and a sentence. */
  failure: z.strictObject({ code: z.string(), message: z.string() }).nullable(),
  engine: z.strictObject({ kind: z.enum(['native', 'spark']), version: z.string() }),
  /** Versions of libraries that bear on meaning, such as `phonenumbers` or `libphonenumber-metadata`. */
  libraries: z.record(z.string(), z.string()),
  applicationId: z.string().nullable(),
  ruleSetHash: z.string().nullable(),
  planHash: z.string(),
  started: z.string(),
  finished: z.string(),
  input: z.strictObject({
    path: z.string(),
    format: z.string(),
    bytes: z.number().nullable(),
    /** When it was last changed before the run, ISO 8601. */
    modified: z.string().optional(),
  }),
  /** How the input was read. */
  dialect: dialectSchema.optional(),
  /** The rule set's expectations and whether they held. */
  expectations: z
    .array(
      z.strictObject({
        measure: z.string(),
        atLeast: z.number().nullable(),
        atMost: z.number().nullable(),
        share: z.number(),
        holds: z.boolean(),
      }),
    )
    .optional(),
  counts: countsSchema.nullable(),
  unreadable: count,
  blankLines: count,
  outputs: z.array(
    z.strictObject({
      role: z.enum(['output', 'quarantine']),
      path: z.string(),
      format: z.string(),
      rows: count,
      bytes: z.number().nullable(),
    }),
  ),
});
export type RunReport = z.output<typeof runReportSchema>;

export const runProgressSchema = z.strictObject({
  phase: z.enum([
    'reading',
    'looking-up',
    'cleaning',
    'counting',
    'writing',
    'submitting',
    'waiting',
    'comparing',
  ]),
  rows: z.number(),
  of: z.number().nullable(),
  rowsPerSecond: z.number().nullable(),
});
export type RunProgress = z.output<typeof runProgressSchema>;

const verifiedEngine = z.enum(['wasm', 'native', 'spark']);
const cell = z.string().nullable();

/** What `verify` found: engines compared pairwise with the first. Differing cells hold values: never logged. */
export const verifyReportSchema = z.strictObject({
  equal: z.boolean(),
  engines: z.array(
    z.strictObject({
      engine: verifiedEngine,
      /** Name of the cluster whose Spark it was; null or missing for an engine of this computer. */
      cluster: z.string().nullable().optional(),
      version: z.string(),
      rows: count,
      cells: count,
      seconds: z.number(),
    }),
  ),
  differences: z.array(
    z.strictObject({
      engine: verifiedEngine,
      where: z.enum(['output', 'quarantine', 'counts']),
      column: z.string().nullable(),
      expected: cell,
      found: cell,
      /** The row, for the steward to find it: as it was read where its place is known, else as it was written. */
      row: z.record(z.string(), cell).nullable(),
      /** Number of the row among those that were read, from 1. */
      place: count.nullable().optional(),
      /** The cell at the source and after each step, oldest first, as the first engine answers. */
      history: z
        .array(z.strictObject({ step: z.string().nullable(), sentence: z.string().nullable(), value: cell }))
        .nullable()
        .optional(),
    }),
  ),
  /** Differences in all; `differences` holds the first ones. */
  differing: count,
});
export type VerifyReport = z.output<typeof verifyReportSchema>;

const output = z.strictObject({ path: z.string().min(1), format: z.enum(['csv', 'jsonl', 'parquet']) });

/** Calls that clean all of a source on this machine, or prove that engines agree. */
export const runCalls = {
  'run.local': call({
    input: z.strictObject({
      source: z.string(),
      output,
      rejects: z.string().min(1).optional(),
      report: z.string().min(1).optional(),
      overwrite: z.boolean().default(false),
    }),
    output: runReportSchema,
    progress: runProgressSchema,
  }),
  'verify.run': call({
    input: z.strictObject({
      source: z.string(),
      engines: z.array(verifiedEngine).min(2),
      rows: z.number().int().min(1).nullable(),
      /** The connection whose Spark is asked, by the very job that publishing uses; null for this computer's Spark. */
      cluster: z.string().nullable().default(null),
    }),
    output: verifyReportSchema,
    progress: runProgressSchema,
  }),
};
