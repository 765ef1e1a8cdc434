import { readFile } from 'node:fs/promises';
import type { Pem } from '../../shared/connections/parts';
import { Fault } from '../../shared/contract/errors';

const MAX_BYTES = 1_000_000;

function unusable(why: string, file: string | undefined, cause?: unknown): Fault {
  return new Fault({
    code: 'connection.pem',
    message: file === undefined ? `The certificate ${why}.` : `${file} ${why}.`,
    unaffected: 'Nothing was sent.',
    advice: 'Give PEM text, which begins with -----BEGIN, or the path of a file that holds it.',
    ...(file !== undefined && { place: { file } }),
    cause,
  });
}

/** The text of a PEM setting; throws `connection.pem` when its file can't be read or it is not PEM. */
export async function readPem(pem: Pem): Promise<string> {
  const file = 'file' in pem ? pem.file : undefined;
  const text =
    'file' in pem
      ? await readFile(pem.file, 'utf8').catch((cause: unknown) => {
          throw unusable("can't be read", file, cause);
        })
      : pem.text;
  if (text.length > MAX_BYTES || !/-----BEGIN [A-Z0-9 ]+-----/.test(text)) throw unusable('is not PEM', file);
  return text;
}
