import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { run } from '../../build/setup/run.mjs';

/**
 * Makes a certificate authority, a server's certificate for 127.0.0.1 and localhost, and a client's.
 * @param {string} folder
 * @param {string} password of the server's key store
 * @returns {Promise<{ ca: string, keyStore: string, certificate: string, key: string }>} files; all PEM but keyStore
 */
export async function makeCertificates(folder, password) {
  mkdirSync(folder, { recursive: true });
  const at = (name) => path.join(folder, name);
  const openssl = (...args) => run('openssl', args);
  const newKey = (...args) =>
    openssl('req', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', ...args);
  writeFileSync(at('server.ext'), 'subjectAltName=DNS:localhost,IP:127.0.0.1\n');
  await newKey('-x509', '-days', '30', '-subj', '/CN=test-ca', '-keyout', at('ca.key'), '-out', at('ca.pem'));
  await Promise.all(
    ['server', 'client'].map(async (name) => {
      await newKey('-subj', `/CN=${name}`, '-keyout', at(`${name}.key`), '-out', at(`${name}.csr`));
      await openssl(
        ...['x509', '-req', '-in', at(`${name}.csr`), '-days', '30', '-out', at(`${name}.pem`)],
        ...['-CA', at('ca.pem'), '-CAkey', at('ca.key'), '-CAserial', at(`${name}.srl`), '-CAcreateserial'],
        ...(name === 'server' ? ['-extfile', at('server.ext')] : []),
      );
    }),
  );
  await openssl(
    ...['pkcs12', '-export', '-in', at('server.pem'), '-inkey', at('server.key'), '-certfile', at('ca.pem')],
    ...['-name', 'server', '-passout', `pass:${password}`, '-out', at('server.p12')],
  );
  return {
    ca: at('ca.pem'),
    keyStore: at('server.p12'),
    certificate: at('client.pem'),
    key: at('client.key'),
  };
}
