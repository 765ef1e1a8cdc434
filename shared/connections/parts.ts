import { z } from 'zod';

export const webAddress = z.url({ protocol: /^https?$/ });

/** Certificates or a key in PEM: the text itself, or the path of a file on this machine. */
export const pemSchema = z.union([
  z.strictObject({ file: z.string().min(1).max(4096) }),
  z.strictObject({ text: z.string().min(1).max(200_000) }),
]);
export type Pem = z.output<typeof pemSchema>;

/** What every kind of connection has. `id` also names its secrets in the keyring. */
export const named = { id: z.string().min(1).max(200), name: z.string().trim().min(1).max(200) };

/** A secret's place in its connection. The secret itself stands in the keyring or in memory, never in a file. */
export const secretPartSchema = z.enum(['password', 'token', 'client-key', 'registry-password']);
export type SecretPart = z.output<typeof secretPartSchema>;

/** A secret that a connection needs. */
export type SecretNeed = {
  readonly part: SecretPart;
  /** What a steward calls it, such as `Password`. */
  readonly label: string;
};
