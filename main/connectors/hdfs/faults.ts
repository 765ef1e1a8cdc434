import { Fault } from '../../../shared/contract/errors';
import { transportFailure } from '../../http/failure';

/** What a request was about, for the words of a fault. */
export type Subject = {
  path: string;
  /** Where a rename leads; what stands in the way stands there. */
  destination?: string;
  unaffected: string;
};

export const NOTHING_CHANGED = 'Nothing on HDFS was changed.';

type Meaning = { code: string; say(path: string): string; advice: string };

const RETRY = 'Try again in a minute.';
const MEANINGS: Record<string, Meaning> = {
  'not-found': {
    code: 'hdfs.not-found',
    say: (path) => `HDFS has nothing at ${path}.`,
    advice: 'Check the path; it may have been moved or removed.',
  },
  denied: {
    code: 'hdfs.permission-denied',
    say: (path) => `HDFS does not allow this at ${path}.`,
    advice: "Ask the folder's owner for access, or connect as another user.",
  },
  unauthenticated: {
    code: 'hdfs.unauthenticated',
    say: () => 'HDFS does not accept the sign-in.',
    advice: "Check the connection's user and credentials.",
  },
  exists: {
    code: 'hdfs.exists',
    say: (path) => `Something already exists at ${path}.`,
    advice: 'Choose another name, or allow overwriting.',
  },
  'not-empty': {
    code: 'hdfs.not-empty',
    say: (path) => `The folder ${path} is not empty.`,
    advice: 'Remove it with its contents, or choose another.',
  },
  'not-a-folder': {
    code: 'hdfs.not-a-folder',
    say: (path) => `${path}, or part of the way to it, is a file and not a folder.`,
    advice: 'Choose another path.',
  },
  'bad-name': {
    code: 'hdfs.bad-name',
    say: (path) => `HDFS does not accept the path ${JSON.stringify(path)}.`,
    advice: 'Choose another name.',
  },
  standby: {
    code: 'hdfs.standby',
    say: () => 'This NameNode is on standby and serves no requests.',
    advice: "Use the active NameNode's address.",
  },
  'safe-mode': {
    code: 'hdfs.safe-mode',
    say: () => 'HDFS is in safe mode and accepts no changes.',
    advice: 'Wait until the cluster has started, or ask its administrator.',
  },
  busy: { code: 'hdfs.busy', say: () => 'HDFS is busy or still starting.', advice: RETRY },
  locked: {
    code: 'hdfs.locked',
    say: (path) => `Another writer holds ${path}.`,
    advice: 'Wait until it has finished, then try again.',
  },
  quota: {
    code: 'hdfs.quota',
    say: (path) => `A quota does not allow more at ${path}.`,
    advice: 'Remove what is no longer needed, or ask for a larger quota.',
  },
  'data-missing': {
    code: 'hdfs.data-missing',
    say: (path) => `HDFS has lost or can't reach part of ${path}.`,
    advice: "Ask the cluster's administrator whether DataNodes are down.",
  },
  refused: {
    code: 'hdfs.refused',
    say: (path) => `HDFS did not accept the request for ${path}.`,
    advice: 'The details say what it objected to.',
  },
  range: {
    code: 'hdfs.range',
    say: (path) => `The range asked for lies beyond the end of ${path}.`,
    advice: 'Read the file again from its start; it may have changed.',
  },
};

const EXCEPTIONS: Record<string, keyof typeof MEANINGS> = {
  FileNotFoundException: 'not-found',
  AccessControlException: 'denied',
  SecurityException: 'unauthenticated',
  AuthenticationException: 'unauthenticated',
  InvalidToken: 'unauthenticated',
  FileAlreadyExistsException: 'exists',
  PathIsNotEmptyDirectoryException: 'not-empty',
  ParentNotDirectoryException: 'not-a-folder',
  InvalidPathException: 'bad-name',
  PathComponentTooLongException: 'bad-name',
  StandbyException: 'standby',
  SafeModeException: 'safe-mode',
  RetriableException: 'busy',
  ObserverRetryOnActiveException: 'busy',
  AlreadyBeingCreatedException: 'locked',
  RecoveryInProgressException: 'locked',
  LeaseExpiredException: 'locked',
  DSQuotaExceededException: 'quota',
  NSQuotaExceededException: 'quota',
  QuotaByStorageTypeExceededException: 'quota',
  MaxDirectoryItemsExceededException: 'quota',
  BlockMissingException: 'data-missing',
  IllegalArgumentException: 'refused',
  UnsupportedOperationException: 'refused',
};

/** Plain IOExceptions tell themselves apart by their words only. */
const WORDS: [RegExp, keyof typeof MEANINGS][] = [
  [/^Offset=\d+ out of the range/, 'range'],
  [/is not empty/, 'not-empty'],
  [/already exists/, 'exists'],
  [/must both be directories/, 'exists'],
  [/Namenode is in startup mode/, 'busy'],
];

/** What HDFS reports before it has made a file, so that even an upload has changed nothing. */
const BEFORE_WRITING = new Set<keyof typeof MEANINGS>([
  'denied',
  'unauthenticated',
  'exists',
  'not-a-folder',
  'bad-name',
  'standby',
  'safe-mode',
  'locked',
]);

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
  const byWords = WORDS.find(([pattern]) => pattern.test(said))?.[1];
  const key = EXCEPTIONS[exception] ?? byWords;
  const meaning = key === undefined ? undefined : MEANINGS[key];
  const unaffected = key !== undefined && BEFORE_WRITING.has(key) ? NOTHING_CHANGED : subject.unaffected;
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
  if (/could only be (written|replicated) to 0 /.test(said)) {
    return new Fault({
      code: 'hdfs.no-space',
      message: `No DataNode can take the data for ${path}.`,
      unaffected,
      advice: "Ask the cluster's administrator whether DataNodes are full or down.",
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

/** The fault for an answer that is not WebHDFS's: a login page, a proxy's error page, another service. */
export function strangeAnswer(
  { status, host }: { status: number; host: string },
  { path, unaffected }: Subject,
): Fault {
  if (status === 401) return remoteFault('AuthenticationException', '', { path, unaffected });
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
