import { Fault } from '../../../shared/contract/errors';

type Meaning = { code: string; say(path: string): string; advice: string };

const DENIED: Meaning = {
  code: 'local.permission-denied',
  say: (path) => `You are not allowed to read ${path}.`,
  advice: "Ask the file's owner for access.",
};

const MEANINGS: Record<string, Meaning> = {
  ENOENT: {
    code: 'local.not-found',
    say: (path) => `There is nothing at ${path}.`,
    advice: 'Check the path; it may have been moved or removed.',
  },
  ENOTDIR: {
    code: 'local.not-a-folder',
    say: (path) => `${path}, or part of the way to it, is a file and not a folder.`,
    advice: 'Choose another path.',
  },
  EISDIR: {
    code: 'local.not-a-file',
    say: (path) => `${path} is not a file.`,
    advice: 'Choose a file.',
  },
  EACCES: DENIED,
  EPERM: DENIED,
  ENAMETOOLONG: {
    code: 'local.bad-name',
    say: (path) => `${JSON.stringify(path)} is not a path.`,
    advice: 'Give an absolute path.',
  },
};
/** Whether Node's file system failed for want of room. */
export const isDiskFull = (error: unknown): boolean => ['ENOSPC', 'EDQUOT', 'EFBIG'].includes(codeOf(error));

/** The fault for what Node's file system threw at `path`, or for one of the error numbers above. */
export function localFault(error: unknown, path: string): Fault {
  if (error instanceof Fault) return error;
  const number = typeof error === 'string' ? error : codeOf(error);
  const rest = {
    unaffected: 'Nothing was changed.',
    place: { path },
    ...(typeof error !== 'string' && { cause: error }),
  };
  const meaning = MEANINGS[number];
  if (meaning)
    return new Fault({ code: meaning.code, message: meaning.say(path), advice: meaning.advice, ...rest });
  return new Fault({
    code: 'local.failed',
    message: `${path} can't be read (${number || 'unknown reason'}).`,
    advice: 'Check the disk, then try again.',
    ...rest,
  });
}

/** The fault for what Node's file system threw when `path` was to be written. */
export function writeFault(error: unknown, path: string): Fault {
  if (error instanceof Fault) return error;
  const number = codeOf(error);
  const rest = { unaffected: 'What was there is as it was.', place: { path }, cause: error };
  const fault = (code: string, message: string, advice: string) =>
    new Fault({ code, message, advice, ...rest });
  if (isDiskFull(error))
    return fault('disk.full', `${path}: the disk is full.`, 'Make room on the disk, then try again.');
  switch (number) {
    case 'EACCES':
    case 'EPERM':
      return fault(
        'local.write-denied',
        `${path}: you are not allowed to write there.`,
        'Choose another folder, or ask its owner.',
      );
    case 'EROFS':
      return fault('local.write-denied', `${path}: that disk can only be read.`, 'Choose another folder.');
    case 'ENOENT':
    case 'ENOTDIR':
      return fault('local.no-folder', `${path}: its folder does not exist.`, 'Choose another folder.');
    case 'EEXIST':
      return fault('file.exists', `${path}: there is already a file with this name.`, 'Choose another name.');
    case 'EISDIR':
      return fault('local.not-a-file', `${path} is a folder.`, 'Choose another name.');
    default:
      return fault(
        'file.write',
        `${path} can't be written (${number || 'unknown reason'}).`,
        'Check the disk, then try again.',
      );
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}
