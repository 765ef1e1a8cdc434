import type { z } from 'zod';
import type { Connection, ConnectionKind } from '../../shared/connections/connection';
import type { SecretPart } from '../../shared/connections/parts';
import { Fault } from '../../shared/contract/errors';
import type { Connector } from '../../shared/ports/connector';
import type { Topics } from '../../shared/ports/topics';

/** Finds a secret of one connection, or throws a Fault that says which is missing. */
export type FindSecret = (part: SecretPart) => Promise<string>;

/** One step of testing a connection: answers what it found in a sentence, or throws a Fault. */
export type TestStep = { readonly title: string; run(signal: AbortSignal): Promise<string> };

/** What the host can do with connections of one kind. Everything made is closed by whoever asked for it. */
export type ConnectorKind = {
  readonly kind: ConnectionKind;
  /** Throws `connection.no-files` for a kind that has none. */
  files(connection: Connection, secret: FindSecret): Promise<Connector>;
  /** Throws `connection.no-topics` for a kind that has none. */
  topics(connection: Connection, secret: FindSecret): Promise<Topics>;
  /** In the order in which they are tried; each relies on those before. */
  steps(connection: Connection, secret: FindSecret): Iterable<TestStep>;
};

type Definition<C extends Connection> = {
  files?: (connection: C, secret: FindSecret) => Promise<Connector>;
  topics?: (connection: C, secret: FindSecret) => Promise<Topics>;
  steps: (connection: C, secret: FindSecret) => Iterable<TestStep>;
};

function lacking({ name }: Connection, what: 'files' | 'topics'): Fault {
  return new Fault({
    code: `connection.no-${what}`,
    message: `“${name}” has no ${what}.`,
    unaffected: 'Nothing was changed.',
    advice: 'Choose another connection.',
  });
}

/** Makes a kind of connection out of its settings' schema and what it can do. */
export function defineKind<C extends Connection>(
  kind: C['kind'],
  schema: z.ZodType<C>,
  { files, topics, steps }: Definition<C>,
): ConnectorKind {
  return {
    kind,
    async files(connection, secret) {
      if (!files) throw lacking(connection, 'files');
      return files(schema.parse(connection), secret);
    },
    async topics(connection, secret) {
      if (!topics) throw lacking(connection, 'topics');
      return topics(schema.parse(connection), secret);
    },
    steps: (connection, secret) => steps(schema.parse(connection), secret),
  };
}
