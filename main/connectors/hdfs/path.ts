import { Fault } from '../../../shared/contract/errors';

const LONE_SURROGATE = /\p{Surrogate}/u;

function bad(path: string, why: string): Fault {
  return new Fault({
    code: 'hdfs.bad-name',
    message: `HDFS can't hold the path ${JSON.stringify(path)}: ${why}.`,
    unaffected: 'Nothing was sent to HDFS.',
    advice: 'Choose another name.',
    place: { path },
  });
}

/** Percent-encodes an absolute HDFS path for a URL, component by component; throws `hdfs.bad-name`. */
export function encodePath(path: string): string {
  if (!path.startsWith('/')) throw bad(path, 'a path starts with /');
  if (path === '/') return '/';
  return path
    .split('/')
    .map((name, index) => {
      if (index === 0) return '';
      if (name === '') throw bad(path, 'a name is empty');
      if (name === '.' || name === '..') throw bad(path, `${name} is not a name`);
      if (name.includes(':')) throw bad(path, 'a name must not hold a colon');
      if (name.includes('\0')) throw bad(path, 'a name must not hold a null character');
      if (LONE_SURROGATE.test(name)) throw bad(path, 'a name holds half of a surrogate pair');
      return encodeURIComponent(name);
    })
    .join('/');
}

/** The path of an entry inside a folder. */
export function joinPath(folder: string, name: string): string {
  return folder === '/' ? `/${name}` : `${folder}/${name}`;
}

/** The last component; empty for the root. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/**
 * The base URL of a WebHDFS service, ending in `/webhdfs/v1`, from what a user typed:
 * `http://host:9870`, or a gateway's `https://host/gateway/x/webhdfs/v1`. Throws `hdfs.bad-address`.
 */
export function parseAddress(address: string): URL {
  const wrong = (why: string) =>
    new Fault({
      code: 'hdfs.bad-address',
      message: `${JSON.stringify(address.replace(/\/\/[^/]*@/, '//…@'))} is not a WebHDFS address: ${why}.`,
      unaffected: 'Nothing was sent.',
      advice: "Give the NameNode's or the gateway's web address, such as http://namenode.example:9870.",
    });
  if (!URL.canParse(address)) throw wrong('it is not a URL');
  const url = new URL(address);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw wrong(`${url.protocol} is not http or https`);
  }
  if (url.username !== '' || url.password !== '') throw wrong('a password does not belong in an address');
  if (url.search !== '' || url.hash !== '') throw wrong('it must not hold ? or #');
  const path = url.pathname.replace(/\/+$/, '');
  url.pathname = path.endsWith('/webhdfs/v1') ? path : `${path}/webhdfs/v1`;
  return url;
}
