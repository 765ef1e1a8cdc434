import { join } from 'node:path';
import { hashOf } from '../../shared/compile/hash';
import type { Plan } from '../../shared/compile/plan';
import { compileStream, type StreamPlan, streamObstacles } from '../../shared/compile/stream';
import type { KafkaConnection } from '../../shared/connections/kafka';
import type { Stream } from '../../shared/contract/calls/streams';
import type { AppContract } from '../../shared/contract/contract';
import type { Handlers } from '../../shared/contract/define';
import { Fault, isFault } from '../../shared/contract/errors';
import type { MessagesDialect } from '../../shared/messages/dialect';
import { listed } from '../../shared/suggest/words';
import { findJobFiles } from '../publish/job-files';
import { told } from '../publish/judge';
import { hasStopped } from '../publish/judge-stream';
import { accessObstacles, secretsOfAccess, streamAccess, usesRegistry } from '../publish/stream-access';
import { lackingJarsWords } from '../publish/stream-jars';
import { checkStreamTargets } from '../publish/stream-targets';
import { openStreams } from '../publish/streams';
import { checkedRules } from './checked-rules';
import type { Cluster, Clusters } from './clusters';
import type { Connections } from './connections';
import type { HostOptions } from './host';
import type { Projects } from './projects';

type Calls = Pick<
  Handlers<AppContract>,
  'stream.review' | 'stream.start' | 'stream.list' | 'stream.stop' | 'stream.restart' | 'stream.log'
>;
type Parts = {
  connections: Connections;
  clusters: Clusters;
  projects: Projects;
  log: HostOptions['log'];
  emit: (stream: Stream) => void;
};
type Rules = {
  plan: Plan;
  streamPlan: StreamPlan;
  ruleSetHash: string;
  obstacles: string[];
  dialect: MessagesDialect;
};

const refused = (code: string, message: string, advice: string) =>
  new Fault({ code, message, unaffected: 'Nothing was submitted.', advice });

const noTopics = (name: string) =>
  refused('publish.no-topic', `“${name}” has no topics.`, 'Publish it as a batch job.');

/** How secrets reach the job, and what that is worth on a cluster; a sentence each. */
function accessNotes(kafka: KafkaConnection, dialect: MessagesDialect, cluster: Cluster): string[] {
  const secrets = secretsOfAccess(kafka, dialect);
  if (secrets.length === 0) return [];
  const [them, cross, are] =
    secrets.length === 1 ? ['It', 'crosses', 'it is'] : ['They', 'cross', 'they are'];
  const isOpen = cluster.nameNodes.some((address) => address.startsWith('http:'));
  return [
    `Each start hands ${listed(secrets)} of “${kafka.name}” to the job in a file of ${cluster.user} that nobody else may read, and that the job removes as it begins. ${them} ${secrets.length === 1 ? 'is' : 'are'} in no plan, log, report or argument.`,
    ...(isOpen
      ? [`The cluster’s address is not encrypted (http): ${listed(secrets)} ${cross} the network as ${are}.`]
      : []),
    ...(cluster.signIn === 'simple'
      ? [
          'The cluster takes users at their word: whoever claims that name may read the file while it is there.',
        ]
      : []),
  ];
}

function notesOf({ plan, dialect }: Rules): string[] {
  return [
    dialect.value === 'registry'
      ? 'Values are read by their schema; cleaned rows are written as JSON objects whose values are texts.'
      : 'Cleaned rows are written as JSON objects whose values are texts.',
    'After a restart the topics may hold a message twice, with the same headers source.partition and source.offset. The folder holds each row once.',
    'Tombstones go on to the cleaned topic as they are, and are counted.',
    plan.steps.some(({ hides }) => hides)
      ? 'Keys go on as they are: steps that hide personal data do not touch them.'
      : 'Keys go on as they are.',
  ];
}

/** Streams from the window: review, start, follow, stop, restart. */
export async function createStreamHandlers(
  folder: string,
  { connections, clusters, projects, log, emit }: Parts,
): Promise<{ handlers: Calls; close(): Promise<void> }> {
  const streams = await openStreams({
    folder: join(folder, 'streams'),
    publisherFor: clusters.publisherFor,
    async accessFor(record) {
      const connection = await connections.find(record.stream.kafka);
      // One of another kind took its place.
      if (connection.kind !== 'kafka') throw noTopics(connection.name);
      return streamAccess(connection, connections.secretsOf(connection), record);
    },
    changed: emit,
    trouble: (error) =>
      log({
        reference: '',
        call: 'stream.follow',
        error: isFault(error) ? error.code : error instanceof Error ? error.name : 'error',
        frames: [],
      }),
  });

  async function rulesOf(id: string, columns: readonly string[]): Promise<Rules> {
    const { source, ruleSet } = projects.source(id);
    const { dialect } = source;
    if (dialect.format !== 'messages')
      throw refused('publish.no-topic', `“${source.name}” is no topic.`, 'Publish it as a batch job.');
    const { plan, ruleSetHash, broken } = await checkedRules(ruleSet, columns);
    return {
      ...{ plan, ruleSetHash, dialect, streamPlan: compileStream(plan, ruleSet, dialect) },
      // The job would refuse them too, but only once it runs.
      obstacles: [...streamObstacles(plan, ruleSet), ...(broken ? [told(broken)] : [])],
    };
  }

  async function kafkaOf(id: string): Promise<KafkaConnection> {
    const connection = await connections.find(projects.source(id).source.connection);
    if (connection.kind === 'kafka') return connection;
    throw noTopics(connection.name);
  }

  /** Throws a Fault where topics are not there: a stream that waits for them would say nothing for a minute. */
  async function assertTopics(kafka: KafkaConnection, names: readonly string[]): Promise<void> {
    const topics = await connections.topics(kafka.id);
    try {
      const there = new Set((await topics.list()).map(({ name }) => name));
      const missing = names.filter((name) => !there.has(name));
      if (missing.length === 0) return;
      throw refused(
        'publish.topics-missing',
        `“${kafka.name}” has no topic ${missing.join(' and no topic ')}.`,
        'Have it made, with as many partitions as the topic that is read, then start the stream again.',
      );
    } finally {
      await topics.close();
    }
  }

  /** What keeps a cluster from running it, a sentence each. */
  async function obstaclesOn(cluster: string): Promise<string[]> {
    try {
      findJobFiles();
      const lacking = await (await clusters.publisherFor(cluster)).lackingJars();
      return lacking.files.length === 0 ? [] : [lackingJarsWords(lacking.folder, lacking.files)];
    } catch (error) {
      if (!isFault(error)) throw error;
      return [told(error)];
    }
  }

  const underWay = (match: (stream: Stream) => boolean) =>
    streams.list().find((one) => !hasStopped(one) && match(one));

  return {
    handlers: {
      'stream.review': async ({ source: id, connection: to, columns }) => {
        const kafka = await kafkaOf(id);
        const rules = await rulesOf(id, columns);
        const cluster = await clusters.find(to);
        const topic = projects.source(id).source.path;
        return {
          planHash: hashOf(rules.streamPlan),
          steps: rules.plan.steps.map(({ sentence, scope }) => ({ sentence, scope })),
          libraries: { ...rules.streamPlan.libraries },
          topic,
          suggested: {
            outputTopic: `${topic}.cleaned`,
            quarantineTopic: `${topic}.quarantine`,
            output: `/user/${cluster.user}/cleaned/${topic}`,
          },
          earlier: streams
            .list()
            .filter((one) => one.kafka === kafka.id && one.topic === topic && hasStopped(one))
            .filter(({ progress }) => (progress?.partitions.length ?? 0) > 0)
            .map(({ streamId, name, finished }) => ({ streamId, name, finished: finished ?? '' })),
          obstacles: [
            ...rules.obstacles,
            ...accessObstacles(kafka, rules.dialect),
            ...(await obstaclesOn(to)),
          ],
          notes: [...notesOf(rules), ...accessNotes(kafka, rules.dialect, cluster)],
        };
      },
      'stream.start': async (order) => {
        const known = streams.find(order.streamId);
        if (known) return known;
        const kafka = await kafkaOf(order.source);
        const topic = projects.source(order.source).source.path;
        const { outputTopic, quarantineTopic, output } = order;
        checkStreamTargets({ topic, outputTopic, quarantineTopic, output });
        const same = underWay(
          (one) =>
            (one.kafka === kafka.id && (one.outputTopic === outputTopic || one.topic === outputTopic)) ||
            (one.connection === order.connection && one.output === output),
        );
        if (same)
          throw refused(
            'publish.stream-runs',
            `The stream “${same.name}” writes there and has not ended.`,
            'Stop it first, or choose other targets.',
          );
        const rules = await rulesOf(order.source, order.columns);
        const [obstacle] = [...rules.obstacles, ...accessObstacles(kafka, rules.dialect)];
        if (obstacle !== undefined)
          throw refused('publish.obstacle', obstacle, 'Remove what is in the way, then start the stream.');
        if (hashOf(rules.streamPlan) !== order.planHash)
          throw refused(
            'publish.changed',
            'The rules or the columns changed since the review.',
            'Review again, then start the stream.',
          );
        await assertTopics(kafka, [topic, outputTopic, quarantineTopic]);
        return streams.start({
          ...{
            streamId: order.streamId,
            connection: order.connection,
            kafka: kafka.id,
            source: order.source,
          },
          ...{ planHash: order.planHash, topic, outputTopic, quarantineTopic, output, begin: order.begin },
          ...{ plan: rules.plan, streamPlan: rules.streamPlan, ruleSetHash: rules.ruleSetHash },
          ...{
            brokers: kafka.brokers,
            registry: usesRegistry(rules.dialect) ? (kafka.registry?.url ?? null) : null,
          },
        });
      },
      'stream.list': async () => [...streams.list()],
      'stream.stop': ({ streamId, atOnce }) => streams.stop(streamId, atOnce),
      'stream.restart': ({ streamId }) => streams.restart(streamId),
      'stream.log': async ({ streamId }) => ({ lines: [...(await streams.log(streamId))] }),
    },
    close: () => streams.close(),
  };
}
