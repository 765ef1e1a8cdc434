import { Fault } from '../../../shared/contract/errors';
import type { HttpAnswer } from '../../http/exchange';
import { transportFailure } from '../../http/failure';
import { BEFORE_WRITING, MEANINGS, meaningOf, RETRY } from './meanings';

/** What a request was about, for the words of a fault. */
export type Subject = {
  path: string;
  /** Where a rename leads; what stands in the way stands there. */
  destination?: string;
  unaffected: string;
};

export const NOTHING_CHANGED = 'Nothing on HDFS was changed.';

function withoutStack(message: string): string {
  const cut = message.search(/\n\s+at \S+\(/);
  const first = cut < 0 ? message : message.slice(0, cut);
  return first
    .replaceAll(/(?:[a-z]\w*\.)+[A-Z]\w*(?:Exception|Error): /g, '')
    .trim()
    .slice(0, 500);
}

/** The fault for a RemoteException (a Java class name and a message that may hold a stack trace). */
export function remoteFault(exception: string, message: string, subject: Subject): Fault {
  const said = withoutStack(message);
  const key = meaningOf(exception, said);
  const meaning = key && MEANINGS[key];
  const unaffected = key && BEFORE_WRITING.has(key) ? NOTHING_CHANGED : subject.unaffected;
  const inTheWay = key === 'exists' || key === 'not-empty';
  const path = (inTheWay ? subject.destination : undefined) ?? subject.path;
  const remote = { exception, said };
  if (meaning !== undefined) {
    const { code, advice } = meaning;
    return new Fault({
      code,
      message: meaning.say(path),
      unaffected,
      advice,
      place: { path },
      details: remote,
    });
  }
  return new Fault({
    code: 'hdfs.failed',
    message: `HDFS could not do this at ${path}: ${said || exception}`,
    unaffected,
    advice: "If it happens again, show the message to the cluster's administrator.",
    place: { path },
    details: remote,
  });
}

type Strange = Pick<HttpAnswer, 'status' | 'host'> & Partial<Pick<HttpAnswer, 'header'>>;

/** The fault for a sign-in that is refused, with the way of signing in that is asked for. */
function notSignedIn({ host, header }: Strange, { path, unaffected }: Subject): Fault {
  const fault = remoteFault('AuthenticationException', '', { path, unaffected });
  const wanted = header?.('www-authenticate').split(' ')[0]?.toLowerCase() ?? '';
  const asks: Record<string, string> = {
    negotiate: 'Kerberos (SPNEGO)',
    basic: 'a user and a password',
  };
  const way = asks[wanted];
  if (way === undefined) return fault;
  return new Fault({
    ...fault.toJSON(),
    message: `${host} does not accept the sign-in; it asks for ${way}.`,
    advice: `Check the connection's way of signing in: ${host} asks for ${way}.`,
  });
}

/** The fault for an answer that is not WebHDFS's: a login page, a proxy's error page, another service. */
export function strangeAnswer(answer: Strange, { path, unaffected }: Subject): Fault {
  const { status, host } = answer;
  if (status === 401) return notSignedIn(answer, { path, unaffected });
  if (status === 503 || status === 502 || status === 504 || status === 429) {
    return new Fault({
      code: 'hdfs.busy',
      message: `${host} can't serve HDFS now (HTTP ${status}).`,
      unaffected,
      advice: RETRY,
      place: { path },
      details: { status },
    });
  }
  return new Fault({
    code: 'hdfs.not-webhdfs',
    message: `${host} answered something that is not WebHDFS (HTTP ${status}).`,
    unaffected,
    advice: "Check the connection's address; a sign-in page or another service may stand there.",
    place: { path },
    details: { status },
  });
}

/** The fault for a request that got no whole answer. `role` names the machine at the other end. */
export function brokenExchange(
  error: unknown,
  role: 'NameNode' | 'DataNode',
  host: string,
  { path, unaffected }: Subject,
): Fault {
  const { kind, reason, delivered } = transportFailure(error);
  const rest = { unaffected, place: { path }, details: { host, role, delivered }, cause: error };
  if (kind === 'timeout') {
    return new Fault({
      code: 'hdfs.timeout',
      message: `The ${role} ${host} did not answer in time.`,
      advice: RETRY,
      ...rest,
    });
  }
  if (kind === 'lost') {
    return new Fault({
      code: 'hdfs.connection-lost',
      message: `The connection to the ${role} ${host} failed: ${reason}.`,
      advice: RETRY,
      ...rest,
    });
  }
  return new Fault({
    code: 'hdfs.unreachable',
    message: `The ${role} ${host} can't be reached: ${reason}.`,
    advice:
      role === 'NameNode'
        ? "Check the connection's address and that the cluster is running."
        : 'The NameNode points to DataNodes by name: this machine must be able to reach them, or connect through a gateway (HttpFS, Knox).',
    ...rest,
  });
}

/** The fault for a service that refuses requests without its header against forged requests. */
export function withoutXsrfHeader({ host }: Strange, { path, unaffected }: Subject): Fault {
  return new Fault({
    code: 'hdfs.xsrf',
    message: `${host} takes only requests that carry X-XSRF-HEADER.`,
    unaffected,
    advice: 'Turn on “Send X-XSRF-HEADER” in the connection.',
    place: { path },
  });
}
