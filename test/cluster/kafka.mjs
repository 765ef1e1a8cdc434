import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { makeCertificates } from './certificates.mjs';
import { freePorts } from './ports.mjs';
import { writeProperties } from './site.mjs';

const HOST = '127.0.0.1';
const CLUSTER_ID = 'RGF0YUhhcm1vbml6ZVRlc3';
/** Name of each listener and the protocol it speaks. MTLS asks for a client's certificate. */
const LISTENERS = {
  PLAINTEXT: 'PLAINTEXT',
  SASL_PLAINTEXT: 'SASL_PLAINTEXT',
  SSL: 'SSL',
  SASL_SSL: 'SASL_SSL',
  MTLS: 'SSL',
};
const STORE_PASSWORD = 'dataharmonize';

/** The one user of the listeners with SASL, under SCRAM-SHA-256, SCRAM-SHA-512 and PLAIN alike. */
export const KAFKA_USER = { username: 'alice', password: 'alice-secret' };

/**
 * Starts Kafka: the first node is controller and broker, each further one a broker.
 * @param {import('./workspace.mjs').Workspace} workspace
 * @param {{ version: string, classPath: string, nodes?: number }} options
 */
export async function startKafka(workspace, { version, classPath, nodes = 1 }) {
  const tls = await makeCertificates(
    path.join(workspace.directory, `kafka-${version}`, 'tls'),
    STORE_PASSWORD,
  );
  const [controllerPort] = await freePorts(1);
  const started = [];
  for (let id = 1; id <= nodes; id++) {
    started.push(await createNode(workspace, { id, version, classPath, controllerPort, tls, nodes }));
  }
  await Promise.all(started.map((node) => node.start()));
  const [first] = started;
  return {
    version,
    brokers: started.map(({ at }) => at.PLAINTEXT),
    listeners: Object.fromEntries(
      Object.keys(LISTENERS).map((name) => [name, started.map(({ at }) => at[name])]),
    ),
    user: KAFKA_USER,
    tls: { ca: read(tls.ca), certificate: read(tls.certificate), key: read(tls.key) },
    nodes: started.map(({ id, start, kill, stop, pid }) => ({ id, start, kill, stop, pid })),
    createTopic: (topic, { partitions = 3, replicas = 1, settings = {} } = {}) =>
      ask(first, 'topic', { topic, partitions, replicas }, settings),
    deleteRecords: (topic, partition, before) => ask(first, 'delete', { topic, partition, before }, []),
    produce: (topic, messages, options = {}) =>
      ask(first, 'produce', { topic, ...options }, messages.map(asSent)),
    produceMany: (topic, count, options = {}) => ask(first, 'bulk', { topic, count, ...options }, []),
  };
}

const read = (file) => readFileSync(file, 'utf8');

async function createNode(workspace, { id, version, classPath, controllerPort, tls, nodes }) {
  const names = Object.keys(LISTENERS);
  const [controlPort, ...ports] = await freePorts(names.length + 1);
  const at = Object.fromEntries(names.map((name, index) => [name, `${HOST}:${ports[index]}`]));
  const folder = path.join(workspace.directory, `kafka-${version}`, `node-${id}`);
  const readyFile = path.join(folder, 'ready');
  const properties = path.join(folder, 'server.properties');
  writeProperties(properties, settings({ id, at, controllerPort, tls, nodes, folder }), '=');
  let node;
  return {
    id,
    at,
    control: `http://${HOST}:${controlPort}`,
    pid: () => node?.pid,
    async start() {
      rmSync(readyFile, { force: true });
      const formatted = existsSync(path.join(folder, 'data', 'meta.properties'));
      node = workspace.spawn(
        `kafka-${version}-${id}`,
        workspace.java,
        [
          ...['-Xmx512m', ...workspace.jvmFlags],
          `-Dlog4j.configuration=file:${path.join(import.meta.dirname, 'log4j.properties')}`,
          `-Dlog4j2.configurationFile=${path.join(import.meta.dirname, 'kafka-log4j2.properties')}`,
          ...['-cp', classPath, 'KafkaNode', properties, String(id), at.PLAINTEXT, String(controlPort)],
          readyFile,
          ...(formatted ? [] : formatArguments(properties)),
        ],
        {},
      );
      await node.until(() => existsSync(readyFile), 120_000);
    },
    /** Ends it as a crash would. */
    kill: () => node.end('SIGKILL'),
    /** Ends it in an orderly way. */
    stop: () => node.end('SIGTERM'),
  };
}

function formatArguments(properties) {
  const user = `name=${KAFKA_USER.username},password=${KAFKA_USER.password}`;
  return [
    ...['format', '-t', CLUSTER_ID, '-c', properties],
    ...['SCRAM-SHA-256', 'SCRAM-SHA-512'].flatMap((name) => ['--add-scram', `${name}=[${user}]`]),
  ];
}

function settings({ id, at, controllerPort, tls, nodes, folder }) {
  const isController = id === 1;
  const advertised = Object.entries(at).map(([name, address]) => `${name}://${address}`);
  const controller = `CONTROLLER://${HOST}:${controllerPort}`;
  const protocols = Object.entries({ ...LISTENERS, CONTROLLER: 'PLAINTEXT' });
  const several = Math.min(nodes, 2);
  return {
    'process.roles': isController ? 'broker,controller' : 'broker',
    'node.id': id,
    'controller.quorum.voters': `1@${HOST}:${controllerPort}`,
    'controller.listener.names': 'CONTROLLER',
    listeners: [...advertised, ...(isController ? [controller] : [])].join(','),
    'advertised.listeners': advertised.join(','),
    'listener.security.protocol.map': protocols.map(([name, protocol]) => `${name}:${protocol}`).join(','),
    'inter.broker.listener.name': 'PLAINTEXT',
    ...sasl('sasl_plaintext'),
    ...sasl('sasl_ssl'),
    'sasl.enabled.mechanisms': 'SCRAM-SHA-256,SCRAM-SHA-512,PLAIN,OAUTHBEARER',
    'ssl.keystore.type': 'PKCS12',
    'ssl.keystore.location': tls.keyStore,
    'ssl.keystore.password': STORE_PASSWORD,
    'ssl.key.password': STORE_PASSWORD,
    'ssl.truststore.type': 'PEM',
    'ssl.truststore.location': tls.ca,
    'ssl.client.auth': 'none',
    'listener.name.mtls.ssl.client.auth': 'required',
    // Rights are denied by ACLs that a test makes; whoever comes by a listener without SASL may do anything.
    'authorizer.class.name': 'org.apache.kafka.metadata.authorizer.StandardAuthorizer',
    'super.users': 'User:ANONYMOUS',
    'allow.everyone.if.no.acl.found': true,
    'log.dirs': path.join(folder, 'data'),
    'num.partitions': 3,
    'default.replication.factor': 1,
    'offsets.topic.replication.factor': several,
    'offsets.topic.num.partitions': 3,
    'transaction.state.log.replication.factor': several,
    'transaction.state.log.min.isr': 1,
    'transaction.state.log.num.partitions': 3,
    'share.coordinator.state.topic.replication.factor': several,
    'share.coordinator.state.topic.min.isr': 1,
    'group.initial.rebalance.delay.ms': 0,
    'auto.create.topics.enable': false,
    // A broker that is killed is missed soon.
    'broker.session.timeout.ms': 3000,
    'broker.heartbeat.interval.ms': 500,
    // Messages with old timestamps stay.
    'log.retention.ms': -1,
    'message.max.bytes': 10485760,
    'replica.fetch.max.bytes': 10485760,
    'num.network.threads': 2,
    'num.io.threads': 4,
    'background.threads': 2,
    'log.cleaner.dedupe.buffer.size': 8388608,
  };
}

function sasl(listener) {
  const module = (mechanism, name, more = '') => [
    `listener.name.${listener}.${mechanism}.sasl.jaas.config`,
    `org.apache.kafka.common.security.${name} required${more};`,
  ];
  const { username, password } = KAFKA_USER;
  return Object.fromEntries([
    module('scram-sha-256', 'scram.ScramLoginModule'),
    module('scram-sha-512', 'scram.ScramLoginModule'),
    module('plain', 'plain.PlainLoginModule', ` user_${username}="${password}"`),
    // It takes unsigned tokens, which is all that a test needs.
    module('oauthbearer', 'oauthbearer.OAuthBearerLoginModule', ' unsecuredLoginStringClaim_sub="broker"'),
  ]);
}

function asSent({ partition = null, timestamp = null, key = null, value, headers = [] }) {
  return {
    partition,
    timestamp,
    key: base64(key),
    value: base64(value),
    headers: headers.map(([name, text]) => [name, base64(text)]),
  };
}

const base64 = (bytes) => (bytes === null ? null : Buffer.from(bytes).toString('base64'));

async function ask(node, call, query, body) {
  const answer = await fetch(`${node.control}/${call}?${new URLSearchParams(query)}`, {
    method: 'POST',
    body: JSON.stringify(body),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`Kafka could not ${call}: ${text.split('\n').slice(0, 3).join(' / ')}`);
  return JSON.parse(text);
}
