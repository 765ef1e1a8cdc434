import { z } from 'zod';
import { hashOf } from '../../shared/compile/hash';
import type { ShapeCover } from '../../shared/contract/calls/source';
import type { TopicScan } from '../../shared/document/topic-sampling';
import type { MessagesDialect } from '../../shared/messages/dialect';
import type { StreamAccess, TopicScanner } from '../../shared/ports/publisher';
import type { Topics } from '../../shared/ports/topics';
import { encodeSample } from '../../shared/sampling/arrow';
import { topicSurveyPlan } from '../../shared/sampling/survey';
import { readFound, rowsLeft, runSurvey, type SurveyJobs } from './survey-job';
import { coverTopic } from './topic-cover';
import { asDoubles, stretchesOfScan } from './topic-stretches';

const count = z.number().int();
const foundSchema = z.object({
  ...{ rows: count, unreadable: count, tombstones: count, bytes: count, kept: count },
  columns: z.array(
    z.object({
      name: z.string(),
      different: count,
      shapes: z.array(z.object({ shape: z.string().nullable(), rows: count, example: count.nullable() })),
    }),
  ),
  /** Partition and offset of each example. */
  examples: z.array(z.tuple([count, count])),
});

export type TopicSurveyRequest = SurveyJobs & {
  readonly publisher: TopicScanner;
  /** Tells where the topic ends. */
  readonly topics: Topics;
  readonly topic: string;
  readonly dialect: MessagesDialect;
  readonly messages: TopicScan;
  readonly brokers: readonly string[];
  /** Address of the schema registry, where the messages need one. */
  readonly registry: string | null;
  readonly access: StreamAccess | null;
};

/**
 * Lists the shapes of a topic's messages by a job on a cluster, up to where the topic ends now: the same as coverTopic,
 * columns by where they first appear, then by name. Faults: as coverTopic, `publish.*`, `stream.*` of the job.
 */
export async function coverTopicOnCluster(request: TopicSurveyRequest): Promise<ShapeCover> {
  const { topics, topic, dialect, messages, publisher, brokers, registry, access, signal } = request;
  const [began, at] = [performance.now(), new Date().toISOString()];
  const stretches = await stretchesOfScan(topics, topic, messages, signal);
  if (stretches.length === 0) return coverTopic({ topics, topic, dialect, messages, signal });
  const plan = topicSurveyPlan(dialect, messages.isolation, stretches);
  let submitted: string | null = null;
  const submit = (runId: string) => {
    submitted = runId;
    return publisher.scanTopic({ runId, planHash: hashOf(plan), brokers, registry, access, topic }, signal);
  };
  try {
    const looks = 'The cluster looks at the messages…';
    return await runSurvey(request, { plan, submit, looks }, async (folder) => {
      const found = await readFound(request, folder, foundSchema);
      const { rows, unreadable, tombstones, bytes, kept, examples } = found;
      return {
        ...{
          at,
          milliseconds: Math.round(performance.now() - began),
          bytes,
          rows,
          unreadableCount: unreadable,
        },
        columns: found.columns.map(({ shapes, ...column }) => ({
          ...column,
          shapes: shapes.map((one) => ({ ...one, first: null })),
        })),
        examples:
          kept === 0
            ? encodeSample(found.columns.map(() => []))
            : (await rowsLeft(request, folder, kept)).arrow,
        messages: {
          partitions: asDoubles(examples.map(([partition]) => partition)),
          offsets: asDoubles(examples.map(([, offset]) => offset)),
          tombstones,
        },
      };
    });
  } finally {
    // Where the job never came to read it.
    if (submitted !== null) await publisher.forgetAccess(submitted).catch(() => undefined);
  }
}
