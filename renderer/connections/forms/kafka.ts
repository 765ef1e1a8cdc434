import type { Sasl } from '../../../shared/connections/kafka';
import {
  type ConnectionForm,
  type FormField,
  linesOf,
  NAME_FIELD,
  NO_ADDRESS,
  pemOf,
  pemWords,
  type Values,
} from './form';

const MECHANISMS: readonly (readonly [Sasl['mechanism'] | 'none', string])[] = [
  ['none', 'Nothing'],
  ['plain', 'User and password (PLAIN)'],
  ['scram-sha-256', 'User and password (SCRAM-SHA-256)'],
  ['scram-sha-512', 'User and password (SCRAM-SHA-512)'],
  ['oauthbearer', 'Bearer token (OAUTHBEARER)'],
];

const tlsFields = (values: Values): readonly FormField[] => [
  {
    name: 'ca',
    control: 'pem',
    label: 'Own certificate authority',
    placeholder: '/etc/ssl/company-ca.pem',
    help: 'Path of a PEM file, or its text. The public authorities are trusted anyway.',
    optional: true,
  },
  {
    name: 'certificate',
    control: 'pem',
    label: 'Client certificate',
    placeholder: '/home/ann/kafka/client.pem',
    help: 'Where brokers want one: path of a PEM file, or its text.',
    optional: true,
  },
  ...((values.certificate ?? '').trim() === '' ? [] : clientKey(values)),
];

const clientKey = ({ keyFile = '' }: Values): readonly FormField[] => [
  {
    name: 'keyFile',
    control: 'text',
    label: 'File of its key',
    placeholder: '/home/ann/kafka/client.key',
    help: 'Leave it empty to enter the key itself, which is kept as a password is.',
    optional: true,
  },
  ...(keyFile.trim() === ''
    ? [
        {
          name: 'clientKey',
          control: 'secret-lines',
          part: 'client-key',
          label: 'Key of the client certificate',
          help: 'PEM text, without a password.',
        } as const,
      ]
    : []),
];

const signIn = (mechanism: string): readonly FormField[] => {
  if (mechanism === 'none') return [];
  if (mechanism === 'oauthbearer') {
    const help = 'As the company’s identity service gives it. It expires; then enter a new one.';
    return [{ name: 'token', control: 'secret-lines', part: 'token', label: 'Bearer token', help }];
  }
  return [
    { name: 'user', control: 'text', label: 'User', help: 'The SASL user.', placeholder: 'steward' },
    { name: 'password', control: 'secret', part: 'password', label: 'Password', help: '' },
  ];
};

const registryFields = ({ registry = '', registryUser = '' }: Values): readonly FormField[] => [
  {
    name: 'registry',
    control: 'text',
    label: 'Address',
    placeholder: 'http://registry:8081',
    help: 'Needed for messages that carry the id of a schema.',
    optional: true,
    wrong: NO_ADDRESS,
  },
  ...(registry.trim() === ''
    ? []
    : [
        {
          name: 'registryUser',
          control: 'text',
          label: 'User of the registry',
          help: 'Where it wants one.',
          optional: true,
        } as const,
      ]),
  ...(registry.trim() === '' || registryUser.trim() === ''
    ? []
    : [
        {
          name: 'registryPassword',
          control: 'secret',
          part: 'registry-password',
          label: 'Password of the registry',
          help: '',
        } as const,
      ]),
];

/** The form of Kafka brokers with their schema registry. */
export const kafkaForm: ConnectionForm = {
  kind: 'kafka',
  service: 'Kafka',
  icon: 'topics',
  tested:
    'Tests name, port, TLS, signing in, permission and a first read, and that the schema registry answers where it is given. Nothing is written and no group is joined.',
  also: 'topics brokers messages stream schema registry connection',
  blank: {
    ...{ name: '', brokers: '', tls: '', ca: '', certificate: '', keyFile: '' },
    ...{ mechanism: 'none', user: '', registry: '', registryUser: '' },
  },

  sections: (values) => [
    {
      title: 'Brokers',
      fields: [
        { ...NAME_FIELD, placeholder: 'Shop topics' },
        {
          name: 'brokers',
          control: 'lines',
          label: 'Brokers',
          placeholder: 'kafka-1:9092\nkafka-2:9092',
          help: 'Host and port, one a line. One is enough; the others are learnt from it.',
          wrong: 'This is no broker; it is host:port.',
        },
      ],
    },
    {
      title: 'Encryption and signing in',
      fields: [
        {
          name: 'tls',
          control: 'check',
          label: 'Encrypted (TLS)',
          help: 'As the listener of the port has it.',
        },
        ...(values.tls === 'yes' ? tlsFields(values) : []),
        { name: 'mechanism', control: 'choice', label: 'Sign in with', help: '', options: MECHANISMS },
        ...signIn(values.mechanism ?? 'none'),
      ],
    },
    { title: 'Schema registry', fields: registryFields(values) },
  ],

  read(values, id) {
    const { name, brokers, tls, mechanism, user = '', registry = '', registryUser = '' } = values;
    const certificate = pemOf(values.certificate);
    const keyFile = (values.keyFile ?? '').trim();
    return {
      id,
      kind: 'kafka',
      name,
      brokers: linesOf(brokers),
      ...(tls === 'yes' && {
        tls: {
          ...(pemOf(values.ca) && { ca: pemOf(values.ca) }),
          ...(certificate && {
            client: { certificate, ...(keyFile !== '' && { key: { file: keyFile } }) },
          }),
        },
      }),
      ...(mechanism !== 'none' && {
        sasl: { mechanism, ...(mechanism !== 'oauthbearer' && { user: user.trim() }) },
      }),
      ...(registry.trim() !== '' && {
        registry: {
          url: registry.trim(),
          ...(registryUser.trim() !== '' && { user: registryUser.trim() }),
        },
      }),
    };
  },

  write(connection) {
    if (connection.kind !== 'kafka') return this.blank;
    const { name, brokers, tls, sasl, registry } = connection;
    return {
      name,
      brokers: brokers.join('\n'),
      tls: tls ? 'yes' : '',
      ca: pemWords(tls?.ca),
      certificate: pemWords(tls?.client?.certificate),
      keyFile: tls?.client?.key?.file ?? '',
      mechanism: sasl?.mechanism ?? 'none',
      user: sasl && 'user' in sasl ? sasl.user : '',
      registry: registry?.url ?? '',
      registryUser: registry?.user ?? '',
    };
  },

  fieldOf([first, second]) {
    if (first === 'registry') return second === 'user' ? 'registryUser' : 'registry';
    if (first === 'sasl') return second === 'user' ? 'user' : 'mechanism';
    if (first === 'tls') return second === 'client' ? 'certificate' : 'ca';
    return String(first);
  },

  place: (connection) => (connection.kind === 'kafka' ? connection.brokers.join(', ') : ''),
};
