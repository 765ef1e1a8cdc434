import type { HdfsConnection } from '../../../shared/connections/hdfs';
import type { FindSecret } from '../kind';
import { readPem } from '../pem';
import type { WebHdfsOptions } from './webhdfs';

/** What a client of a connection's HDFS is made with. Throws the fault of a secret or certificate that is missing. */
export async function webHdfsOptions(
  connection: HdfsConnection,
  secret: FindSecret,
): Promise<WebHdfsOptions> {
  const { nameNodes, user, ca, signIn, xsrfHeader } = connection;
  return {
    url: nameNodes,
    user,
    xsrfHeader,
    ...(ca && { ca: await readPem(ca) }),
    ...(signIn === 'token' && { delegation: (await secret('token')).trim() }),
    ...(signIn === 'password' && {
      authorization: `Basic ${Buffer.from(`${user}:${await secret('password')}`).toString('base64')}`,
    }),
  };
}
