import type { HdfsConnection } from '../../../shared/connections/hdfs';
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
