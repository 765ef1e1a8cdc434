/** What a failure means to a steward; `say` names the path. */
type Meaning = { code: string; say(path: string): string; advice: string };

export const RETRY = 'Try again in a minute.';
export const MEANINGS = {
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
  'token-refused': {
    code: 'hdfs.unauthenticated',
    say: () => 'HDFS does not accept the delegation token: it has expired, or another cluster made it.',
    advice: 'Get a new token (hdfs fetchdt) and enter it in the connection.',
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
  'no-space': {
    code: 'hdfs.no-space',
    say: (path) => `No DataNode can take the data for ${path}.`,
    advice: "Ask the cluster's administrator whether DataNodes are full or down.",
  },
  range: {
    code: 'hdfs.range',
    say: (path) => `The range asked for lies beyond the end of ${path}.`,
    advice: 'Read the file again from its start; it may have changed.',
  },
} satisfies Record<string, Meaning>;

export type MeaningKey = keyof typeof MEANINGS;

const EXCEPTIONS: Record<string, MeaningKey> = {
  FileNotFoundException: 'not-found',
  AccessControlException: 'denied',
  SecurityException: 'unauthenticated',
  AuthenticationException: 'unauthenticated',
  InvalidToken: 'token-refused',
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
const WORDS: [RegExp, MeaningKey][] = [
  [/^Offset=\d+ out of the range/, 'range'],
  [/is not empty/, 'not-empty'],
  [/already exists/, 'exists'],
  [/must both be directories/, 'exists'],
  [/could only be (written|replicated) to 0 /, 'no-space'],
  [/Namenode is in startup mode/, 'busy'],
];

/** What HDFS reports before it has made a file, so that even an upload has changed nothing. */
export const BEFORE_WRITING: ReadonlySet<MeaningKey> = new Set<MeaningKey>([
  'denied',
  'unauthenticated',
  'token-refused',
  'exists',
  'not-a-folder',
  'bad-name',
  'standby',
  'safe-mode',
  'locked',
]);

/** What a Java exception means, told by its class or else by its message. */
export function meaningOf(exception: string, message: string): MeaningKey | undefined {
  return EXCEPTIONS[exception] ?? WORDS.find(([pattern]) => pattern.test(message))?.[1];
}
