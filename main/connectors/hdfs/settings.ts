import type { HdfsConnection } from '../../../shared/connections/hdfs';
import type { RestOptions } from '../../http/rest';
import type { FindSecret } from '../kind';
import { readPem } from '../pem';
import { signInByTicket } from './spnego';
import type { WebHdfsOptions } from './webhdfs';

/** What a client of a connection's HDFS is made with. Throws the fault of a secret or certificate that is missing. */
export async function webHdfsOptions(
  connection: HdfsConnection,
  secret: FindSecret,
): Promise<WebHdfsOptions> {
  const { nameNodes, user, ca, signIn, xsrfHeader } = connection;
  const authority = ca && (await readPem(ca));
  return {
    url: nameNodes,
    user,
    xsrfHeader,
    ...(authority !== undefined && { ca: authority }),
    ...(signIn === 'kerberos' && { delegation: signInByTicket(user, authority) }),
    ...(signIn === 'token' && { delegation: (await secret('token')).trim() }),
    ...(signIn === 'password' && {
      authorization: `Basic ${Buffer.from(`${user}:${await secret('password')}`).toString('base64')}`,
    }),
  };
}

/**
 * What a client of a service beside HDFS, such as Livy, is made with. The password goes along only where a gateway
 * serves both from one origin.
 */
export async function besideOptions(
  connection: HdfsConnection,
  url: string,
  secret: FindSecret,
): Promise<RestOptions> {
  const { ca, authorization } = await webHdfsOptions(connection, secret);
  const { origin } = new URL(url);
  const gateway = connection.nameNodes.some((address) => new URL(address).origin === origin);
  return {
    url,
    ...(ca !== undefined && { ca }),
    ...(gateway && authorization !== undefined && { authorization }),
  };
}
