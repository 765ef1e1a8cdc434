import { Fault } from '../../shared/contract/errors';

/**
 * The fault of a file as a whole.
 * @param named the file as the caller named it
 */
export const fileFault = (
  code: string,
  named: string,
  message: string,
  advice: string,
  cause?: unknown,
): Fault =>
  new Fault({
    code,
    message: `${named}: ${message}`,
    place: { file: named },
    unaffected: 'Nothing was written.',
    advice,
    ...(cause !== undefined && { cause }),
  });
