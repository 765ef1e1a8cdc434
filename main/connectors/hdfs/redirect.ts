import { Fault } from '../../../shared/contract/errors';
import type { HttpAnswer } from '../../http/exchange';
import { type Subject, strangeAnswer } from './faults';
import { encodePath } from './path';

/**
 * Puts our own path back into a redirect's. The NameNode composes letters (NFC) when it writes a redirect, so
 * that a name in decomposed letters would lead to another file. A gateway's own path is left alone.
 */
function restorePath(redirected: string, path: string): string {
  const prefix = redirected.match(/^(.*?\/webhdfs\/v1)\//)?.[1];
  if (prefix === undefined) return redirected;
  let decoded: string;
  try {
    decoded = decodeURIComponent(redirected.slice(prefix.length));
  } catch {
    return redirected;
  }
  return decoded === path.normalize('NFC') ? prefix + encodePath(path) : redirected;
}

/** Where a redirect leads, after the checks that keep data and credentials from going astray. */
export function redirectTarget(answer: HttpAnswer, base: URL, { path, unaffected }: Subject): URL {
  const location = answer.header('location');
  if (!URL.canParse(location, base.href)) {
    throw strangeAnswer(answer, { path, unaffected });
  }
  const target = new URL(location, base.href);
  const refused = (why: string) =>
    new Fault({
      code: 'hdfs.redirect-refused',
      message: `${base.host} sends us to ${target.protocol}//${target.host}, which we do not follow: ${why}.`,
      unaffected,
      advice: "Check the connection's address; ask the administrator how DataNodes are reached.",
      place: { path },
      details: { from: base.origin, to: `${target.protocol}//${target.host}` },
    });
  if (target.protocol !== 'http:' && target.protocol !== 'https:') throw refused('it is not HTTP');
  if (base.protocol === 'https:' && target.protocol === 'http:') {
    throw refused('it would leave the encrypted connection');
  }
  if (target.username !== '' || target.password !== '') throw refused('the address holds a password');
  target.pathname = restorePath(target.pathname, path);
  return target;
}
