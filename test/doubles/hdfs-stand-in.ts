import type { ServerResponse } from 'node:http';
import { type Arrived, json, type StandIn, startStandIn } from './http-stand-in';

type Answers = Record<string, (request: Arrived, response: ServerResponse) => void | Promise<void>>;

/** A NameNode's answer about a file of this size, or a folder. */
export function fileStatus(size: number | 'folder', pathSuffix = '') {
  return {
    pathSuffix,
    type: size === 'folder' ? 'DIRECTORY' : 'FILE',
    length: size === 'folder' ? 0 : size,
    owner: 'ann',
    group: 'staff',
    permission: '644',
    modificationTime: 0,
    replication: 1,
    blockSize: 1024,
  };
}

export function describeFile(size: number | 'folder'): Answers[string] {
  return (_, response) => json(response, 200, { FileStatus: fileStatus(size) });
}

export function remoteException(
  response: ServerResponse,
  status: number,
  exception: string,
  message: string,
) {
  json(response, status, { RemoteException: { exception, javaClassName: `org.${exception}`, message } });
}

/** Answers with a redirect to the same path and query on another host. */
export function redirectTo(host: string): Answers[string] {
  return ({ raw }, response) => void response.writeHead(307, { location: `http://${host}${raw.url}` }).end();
}

/** A NameNode (or DataNode) that answers each operation as told, and any other with 501. */
export function startHdfsStandIn(answers: Answers): Promise<StandIn> {
  return startStandIn((request, response) => {
    const answer = answers[(request.query.op ?? '').toUpperCase()];
    if (answer) return answer(request, response);
    response.writeHead(501).end();
  });
}
