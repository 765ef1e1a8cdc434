import { z } from 'zod';
import { named, pemSchema, type SecretNeed, webAddress } from './parts';

/**
 * How HDFS learns who asks: `simple` believes the name; `token` is a delegation token; `password` goes as basic
 * authentication to a gateway such as Knox; `kerberos` is SPNEGO with a ticket that is there already.
 */
export const hdfsSignInSchema = z.enum(['simple', 'token', 'password', 'kerberos']);
export type HdfsSignIn = z.output<typeof hdfsSignInSchema>;

/** HDFS over HTTP: WebHDFS of NameNodes, an HttpFS server, or a gateway before them. */
export const hdfsConnectionSchema = z.strictObject({
  ...named,
  kind: z.literal('hdfs'),
  /** Web addresses of NameNodes that stand in for each other; a gateway's has a path. */
  nameNodes: z.array(webAddress).min(1).max(8),
  /** In whose name files are read and written. */
  user: z.string().trim().min(1).max(200),
  signIn: hdfsSignInSchema.default('simple'),
  /** Certificate authorities to trust beside the public ones. */
  ca: pemSchema.optional(),
  /** Sends `X-XSRF-HEADER`, for services that are protected against forged requests. */
  xsrfHeader: z.boolean().default(false),
  /** Where jobs for this cluster are submitted and watched. */
  livy: webAddress.optional(),
  yarn: webAddress.optional(),
  /** Folder on HDFS with the jars by which Spark reads and writes topics; `jars` in the program's own unless told. */
  sparkJars: z.string().regex(/^\//, 'must begin with /').max(4096).optional(),
});
export type HdfsConnection = z.output<typeof hdfsConnectionSchema>;

/** The secrets that a connection to HDFS signs in with. */
export function hdfsSecrets({ signIn }: HdfsConnection): readonly SecretNeed[] {
  const needs: Record<HdfsSignIn, readonly SecretNeed[]> = {
    simple: [],
    token: [{ part: 'token', label: 'Delegation token' }],
    password: [{ part: 'password', label: 'Password' }],
    kerberos: [],
  };
  return needs[signIn];
}
