import { randomUUID } from 'node:crypto';
import type { AppContract } from '../../shared/contract/contract';
import type { Handlers } from '../../shared/contract/define';
import { isFault } from '../../shared/contract/errors';
import type { CancelSignal } from '../../shared/ports/signal';
import type { Topics } from '../../shared/ports/topics';
import { follow, sendFrames } from '../live/follow';
import { guessMessages, lastMessages } from '../sampling/topic-look';
import { closing } from './closing';
import type { Connections } from './connections';

type Calls = Pick<
  Handlers<AppContract>,
  'topics.list' | 'topics.ends' | 'topics.look' | 'topics.follow' | 'topics.taken'
>;

/** Subjects of the registry, or why they are not told. */
async function subjectsOf({ registry }: Topics, signal: CancelSignal) {
  try {
    return { subjects: (await registry?.subjects(signal)) ?? [], registryFault: null };
  } catch (error) {
    if (!isFault(error)) throw error;
    return { subjects: [], registryFault: error.message };
  }
}

/** By the customary names: the topic's, with `-key` or `-value` behind. */
const belongs = (topic: string) => (subject: string) =>
  subject === `${topic}-value` || subject === `${topic}-key` || subject === topic;

/** The calls about topics. */
export function createTopicHandlers(connections: Connections): Calls {
  /** Followings under way, by id: what lets the next frame go. */
  const takers = new Map<string, (frame: number) => void>();
  return {
    'topics.list': ({ connection }, { signal }) =>
      closing(connections.topics(connection), async (topics) => {
        const [listed, { subjects, registryFault }] = await Promise.all([
          topics.list(signal),
          subjectsOf(topics, signal),
        ]);
        return {
          topics: listed.map((topic) => ({ ...topic, subjects: subjects.filter(belongs(topic.name)) })),
          registryFault,
        };
      }),
    'topics.ends': ({ connection, topics: names }, { signal }) =>
      closing(connections.topics(connection), async (topics) => {
        const ends = await topics.ends(names, signal);
        const told = [...ends].map(([name, end]) => [name, Number(end)]);
        return { at: performance.now(), ends: Object.fromEntries(told) };
      }),
    'topics.look': ({ connection, topic }, { signal }) =>
      closing(connections.topics(connection), async (topics) => {
        const partitions = await topics.partitions(topic, signal);
        const guess = await guessMessages(await lastMessages(topics, topic, signal), topics.registry, signal);
        return {
          ...guess,
          partitions: partitions.map((one) => ({
            ...one,
            earliest: Number(one.earliest),
            latest: Number(one.latest),
          })),
        };
      }),
    'topics.follow': ({ connection, promise, ...request }, { signal, progress }) =>
      closing(connections.topics(connection), async (topics) => {
        const id = randomUUID();
        const promised = promise.map(({ shapes, ...one }) => ({ ...one, shapes: shapes && new Set(shapes) }));
        const following = await follow({ ...request, topics, promise: promised, signal });
        let sent = 0;
        try {
          return await sendFrames(following, (told) => {
            const frame = ++sent;
            const taken = new Promise<void>((resolve) => {
              takers.set(id, (one) => one >= frame && resolve());
            });
            progress({ follow: id, frame, ...told });
            return taken;
          });
        } finally {
          takers.delete(id);
        }
      }),
    'topics.taken': async ({ follow: id, frame }) => {
      takers.get(id)?.(frame);
      return {};
    },
  };
}
