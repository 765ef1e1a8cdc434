import type { Beside } from '../../shared/contract/calls/source';
import type { Message } from '../../shared/ports/topics';

/** Characters of a key or a header that are shown. */
const MOST_SHOWN = 1_000;

function textOf(bytes: Uint8Array): string {
  const some = bytes.subarray(0, MOST_SHOWN * 4);
  try {
    // What was cut may end within a character.
    const stream = some.length < bytes.length;
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(some, { stream });
  } catch {
    return `base64:${Buffer.from(some).toString('base64')}`;
  }
}

const shown = (bytes: Uint8Array | null): string | null =>
  bytes === null ? null : textOf(bytes).slice(0, MOST_SHOWN);

/** What stands beside the value of a message, to be looked at; long texts are cut. */
export const besideOf = ({ timestamp, key, headers }: Message): Beside => ({
  timestamp,
  key: shown(key),
  headers: headers.map(([name, bytes]) => [name.slice(0, MOST_SHOWN), shown(bytes)]),
});
