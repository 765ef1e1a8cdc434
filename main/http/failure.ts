/** Why an HTTP exchange broke, in words that need no knowledge of Node. */
export type TransportFailure = {
  kind: 'unreachable' | 'timeout' | 'lost';
  /** True when the request may have arrived, so that the peer may have acted on it. */
  delivered: boolean;
  reason: string;
};

const BEFORE_SENDING: Record<string, string> = {
  ECONNREFUSED: 'the connection was refused',
  ENOTFOUND: 'the host name is unknown',
  EAI_AGAIN: 'the host name could not be looked up',
  EHOSTUNREACH: 'there is no route to the host',
  ENETUNREACH: 'there is no route to the network',
  ENETDOWN: 'the network is down',
  EADDRNOTAVAIL: 'the address is not available',
  CONNECT_TIMEOUT: 'the host did not answer the connection',
  ETIMEDOUT: 'the host did not answer the connection',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is self-signed',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate authority is not trusted here',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate authority is not trusted here',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'its certificate authority is not trusted here',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another host name',
  EPROTO: 'it does not speak TLS here',
  ERR_SSL_WRONG_VERSION_NUMBER: 'it does not speak TLS here',
  ERR_SSL_PACKET_LENGTH_TOO_LONG: 'it does not speak TLS here',
};

function codeOf(error: unknown): string {
  for (let at: unknown = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth++) {
    if ('code' in at && typeof at.code === 'string') return at.code;
  }
  return '';
}

/** Classifies what an exchange threw. Whatever is not known to precede sending counts as delivered. */
export function transportFailure(error: unknown): TransportFailure {
  const code = codeOf(error);
  const early = BEFORE_SENDING[code];
  if (early !== undefined) return { kind: 'unreachable', delivered: false, reason: early };
  if (code === 'ANSWER_TIMEOUT')
    return { kind: 'timeout', delivered: true, reason: 'it did not answer in time' };
  if (code.startsWith('HPE_')) return { kind: 'lost', delivered: true, reason: 'its answer is not HTTP' };
  return { kind: 'lost', delivered: true, reason: 'the connection broke' };
}
