import type { Job, StreamJob, TopicScanJob } from '../../shared/ports/publisher';
import type { JobFiles } from './job-files';
import type { LivySubmission } from './livy';

/** Where things are on the cluster: the program's files, and the folder that holds `_runs`. */
export type Places = { readonly bundle: JobFiles; readonly folder: string; readonly root: string };

const common = ({ bundle, folder }: Places, program: string, runId: string): LivySubmission => ({
  file: `${folder}/${program}`,
  pyFiles: bundle.libraries.map((name) => `${folder}/${name}`),
  // One attempt: a second could race with a first that only seems dead.
  conf: { 'spark.yarn.tags': runId, 'spark.yarn.maxAppAttempts': '1' },
});

/** What Livy is asked for to run a batch job. */
export function jobSubmission(job: Job, places: Places): LivySubmission {
  const { root, bundle } = places;
  return {
    ...common(places, bundle.job, job.runId),
    args: [
      ...['--plan', `${root}/_runs/${job.runId}/plan.json`],
      ...['--approved-hash', job.planHash, '--run-id', job.runId],
      ...['--root', root, '--input', job.input, '--output', job.output, '--quarantine', job.quarantine],
      ...['--input-format', job.plan.source.format, '--output-format', job.outputFormat],
    ],
  };
}

/** Where to begin as Spark takes it. */
const beginOf = ({ begin, topic }: StreamJob): string =>
  typeof begin === 'string' ? begin : JSON.stringify({ [topic]: begin });

/** What every job on a topic is told. */
const topicArguments = ({ planHash, brokers, topic, registry, access }: TopicScanJob, { root }: Places) => [
  ...['--approved-hash', planHash, '--root', root, '--brokers', brokers.join(), '--topic', topic],
  ...(registry === null ? [] : ['--registry', registry]),
  ...(access === null ? [] : ['--signs-in']),
];

/** What Livy is asked for to look at messages of a topic. `jars`: Spark's connector for Kafka. */
export function topicScanSubmission(
  job: TopicScanJob,
  jars: readonly string[],
  places: Places,
): LivySubmission {
  return {
    ...common(places, places.bundle.scan, job.runId),
    jars: [...jars],
    args: [...topicArguments(job, places), '--run-id', job.runId],
  };
}

/** What Livy is asked for to start a stream. `jars`: Spark's connector for Kafka. */
export function streamSubmission(job: StreamJob, jars: readonly string[], places: Places): LivySubmission {
  return {
    ...common(places, places.bundle.stream, job.runId),
    jars: [...jars],
    args: [
      ...topicArguments(job, places),
      ...['--stream-id', job.streamId, '--attempt', String(job.attempt)],
      ...['--output-topic', job.outputTopic, '--quarantine-topic', job.quarantineTopic],
      ...['--output', job.output, '--from', beginOf(job)],
    ],
  };
}
