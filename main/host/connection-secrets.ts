import { type Connection, secretsOf } from '../../shared/connections/connection';
import { type SecretPart, secretPartSchema } from '../../shared/connections/parts';
import { Fault } from '../../shared/contract/errors';
import type { FindSecret } from '../connectors/kind';
import type { Safe } from './safe';

export type TypedSecrets = { readonly [part in SecretPart]?: string | undefined };

/** The secrets of connections: typed in this session, or kept in the system's keyring. */
export type ConnectionSecrets = {
  /** Whether there is a keyring. */
  readonly keyring: boolean;
  known(id: string): Promise<SecretPart[]>;
  /** Remembers secrets, in the keyring if `keep`. Throws `connection.keyring` where there is none. */
  give(id: string, secrets: TypedSecrets, keep: boolean): Promise<void>;
  /** Forgets all secrets of a connection, or all but those of some parts. */
  forget(id: string, except?: readonly SecretPart[]): Promise<void>;
  /** Finds a connection's secrets, those in `typed` first. Throws `connection.secret-missing`. */
  of(connection: Connection, typed?: TypedSecrets): FindSecret;
};

const nameOf = (id: string, part: SecretPart) => `connection/${id}/${part}`;

const present = (secrets: TypedSecrets): [SecretPart, string][] =>
  secretPartSchema.options.flatMap((part) => {
    const secret = secrets[part];
    return secret === undefined ? [] : [[part, secret] as [SecretPart, string]];
  });

function missing({ name }: Connection, label: string): Fault {
  return new Fault({
    code: 'connection.secret-missing',
    message: `“${name}” needs its ${label.toLowerCase()}, which is not known here.`,
    unaffected: 'Nothing was sent.',
    advice: 'Edit the connection and enter it; without a keyring it lasts until the workbench closes.',
  });
}

/** Opens the secrets of connections; without a safe they last as long as the session. */
export function openConnectionSecrets(safe: Safe | null): ConnectionSecrets {
  const session = new Map<string, string>();
  const find = async (id: string, part: SecretPart) =>
    session.get(nameOf(id, part)) ?? (await safe?.find(nameOf(id, part))) ?? null;
  return {
    keyring: safe !== null,
    async known(id) {
      const found = await Promise.all(
        secretPartSchema.options.map(async (part) => ((await find(id, part)) === null ? [] : [part])),
      );
      return found.flat();
    },
    async give(id, secrets, keep) {
      const given = present(secrets).map(([part, secret]) => [nameOf(id, part), secret] as const);
      if (given.length === 0) return;
      if (keep && safe === null) {
        throw new Fault({
          code: 'connection.keyring',
          message: 'There is no keyring on this computer that would keep the password.',
          unaffected: 'The connection is as it was.',
          advice: 'Save it for this session only.',
        });
      }
      if (keep) await safe?.keep(Object.fromEntries(given));
      // What the keyring holds from before must not come back in the next session.
      else await safe?.forget(given.map(([name]) => name));
      for (const [name, secret] of given) session.set(name, secret);
    },
    async forget(id, except = []) {
      const parts = secretPartSchema.options.filter((part) => !except.includes(part));
      const names = parts.map((part) => nameOf(id, part));
      for (const name of names) session.delete(name);
      await safe?.forget(names);
    },
    of:
      (connection, typed = {}) =>
      async (part) => {
        const secret = typed[part] ?? (await find(connection.id, part));
        if (secret !== null) return secret;
        const need = secretsOf(connection).find((one) => one.part === part);
        throw missing(connection, need?.label ?? 'password');
      },
  };
}
