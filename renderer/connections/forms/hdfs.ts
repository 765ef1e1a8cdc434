import type { HdfsSignIn } from '../../../shared/connections/hdfs';
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

const SIGN_INS: readonly (readonly [HdfsSignIn, string])[] = [
  ['simple', 'User name alone (simple)'],
  ['token', 'Delegation token'],
  ['password', 'User and password (Knox and other gateways)'],
  ['kerberos', 'Kerberos ticket (SPNEGO)'],
];

const WAYS: Readonly<Record<string, readonly FormField[]>> = {
  token: [
    {
      name: 'token',
      control: 'secret-lines',
      part: 'token',
      label: 'Delegation token',
      help: 'As hdfs fetchdt or GETDELEGATIONTOKEN gives it. It expires; then enter a new one.',
    },
  ],
  password: [
    {
      name: 'password',
      control: 'secret',
      part: 'password',
      label: 'Password',
      help: 'It is sent to the addresses above only.',
    },
  ],
};

const HELP: Readonly<Record<string, string>> = {
  simple: 'The cluster believes the name.',
  kerberos: 'A ticket must be there already (kinit); it is read by the system’s curl.',
};

const service = (name: string, label: string, placeholder: string, help: string): FormField => ({
  name,
  control: 'text',
  label,
  placeholder,
  help,
  optional: true,
  wrong: NO_ADDRESS,
});

/** The form of HDFS over HTTP, with Livy and YARN beside it. */
export const hdfsForm: ConnectionForm = {
  kind: 'hdfs',
  service: 'HDFS',
  icon: 'cluster',
  tested:
    'Tests name, port, TLS, signing in, permission and a first read, and that Livy and YARN answer where they are given. Nothing is written.',
  also: 'cluster hadoop webhdfs httpfs knox livy yarn connection',
  blank: {
    name: '',
    addresses: '',
    user: '',
    signIn: 'simple',
    ca: '',
    xsrf: '',
    livy: '',
    yarn: '',
    sparkJars: '',
  },

  sections: ({ signIn = 'simple' }) => [
    {
      title: 'Cluster',
      fields: [
        NAME_FIELD,
        {
          name: 'addresses',
          control: 'lines',
          label: 'WebHDFS addresses',
          placeholder: 'http://namenode-1:9870\nhttp://namenode-2:9870',
          help: 'One a line: NameNodes that stand in for each other, an HttpFS server, or a gateway with its path.',
          wrong: NO_ADDRESS,
        },
        {
          name: 'user',
          control: 'text',
          label: 'User',
          placeholder: 'steward',
          help: 'In whose name files are read and written.',
        },
        {
          name: 'signIn',
          control: 'choice',
          label: 'Sign in with',
          help: HELP[signIn] ?? '',
          options: SIGN_INS,
        },
        ...(WAYS[signIn] ?? []),
      ],
    },
    {
      title: 'Encryption and gateways',
      fields: [
        {
          name: 'ca',
          control: 'pem',
          label: 'Own certificate authority',
          placeholder: '/etc/ssl/company-ca.pem',
          help: 'Path of a PEM file, or its text. The public authorities are trusted anyway.',
          optional: true,
        },
        {
          name: 'xsrf',
          control: 'check',
          label: 'Send X-XSRF-HEADER',
          help: 'For services that refuse requests without it.',
        },
      ],
    },
    {
      title: 'Jobs',
      fields: [
        service('livy', 'Livy address', 'http://livy:8998', 'Where jobs are submitted. Needed to publish.'),
        service(
          'yarn',
          'YARN address',
          'http://resourcemanager:8088',
          'Where jobs are watched. Needed to publish.',
        ),
        {
          name: 'sparkJars',
          control: 'text',
          label: 'Folder of Spark’s jars for Kafka',
          placeholder: '/user/steward/dataharmonize/jars',
          help: 'On HDFS. Needed to publish streams where it is not the one named here.',
          optional: true,
          wrong: 'A path on HDFS begins with “/”.',
        },
      ],
    },
  ],

  read({ name, addresses, user, signIn, ca, xsrf, livy = '', yarn = '', sparkJars = '' }: Values, id) {
    return {
      id,
      kind: 'hdfs',
      name,
      nameNodes: linesOf(addresses),
      user,
      signIn,
      xsrfHeader: xsrf === 'yes',
      ...(pemOf(ca) && { ca: pemOf(ca) }),
      ...(livy.trim() !== '' && { livy: livy.trim() }),
      ...(yarn.trim() !== '' && { yarn: yarn.trim() }),
      ...(sparkJars.trim() !== '' && { sparkJars: sparkJars.trim() }),
    };
  },

  write(connection) {
    if (connection.kind !== 'hdfs') return this.blank;
    const {
      name,
      nameNodes,
      user,
      signIn,
      ca,
      xsrfHeader,
      livy = '',
      yarn = '',
      sparkJars = '',
    } = connection;
    return {
      name,
      addresses: nameNodes.join('\n'),
      user,
      signIn,
      ca: pemWords(ca),
      xsrf: xsrfHeader ? 'yes' : '',
      livy,
      yarn,
      sparkJars,
    };
  },

  fieldOf: ([first]) => (first === 'nameNodes' ? 'addresses' : String(first)),

  place: (connection) =>
    connection.kind === 'hdfs' ? connection.nameNodes.map((address) => new URL(address).host).join(', ') : '',
};
