import { expect, test } from 'vitest';
import { logAddresses, logLines, readDriverLog } from '../../main/publish/driver-log';
import { page, startStandIn } from '../doubles/http-stand-in';

const container = 'container_1795_0001_01_000001';
const envelope = `Container: ${container} on node
LogAggregationType: LOCAL
=========================
LogType:stderr
LogLength:24
LogContents:
a warning
output.exists: Taken.

End of LogType:stderr
***********************
`;

test('the addresses of a log, from that of its page', () => {
  const base = `http://node:8042/ws/v1/node/containerlogs/${container}`;
  expect(logAddresses(`http://node:8042/node/containerlogs/${container}/ann`)).toEqual([
    `${base}/stderr?size=-65536`,
    `${base}/stdout?size=-65536`,
  ]);
  expect(logAddresses('http://history:19888/jobhistory/logs/x')).toEqual([]);
  expect(logAddresses(`file:///node/containerlogs/${container}/ann`)).toEqual([]);
});

test('a log comes without what stands around it, what the job printed last', async () => {
  expect(logLines(envelope)).toEqual(['a warning', 'output.exists: Taken.']);
  expect(logLines('bare\nlines\n')).toEqual(['bare', 'lines']);
  expect(logLines('LogContents:\n\nEnd of LogType:stdout\n')).toEqual([]);
  const node = await startStandIn(({ path }, response) => {
    response.end(path.endsWith('/stdout') ? envelope : 'LogContents:\none\ntwo\n\nEnd of LogType:stderr\n');
  });
  const logPage = `${node.url}/node/containerlogs/${container}/ann`;
  expect(await readDriverLog(logPage, 1)).toEqual(['two', 'output.exists: Taken.']);
  expect(node.arrived[0]?.query).toEqual({ size: '-65536' });
});

test.each<[string, Parameters<typeof startStandIn>[0]]>([
  ['it was moved', (_, response) => void response.writeHead(307, { location: 'http://elsewhere/' }).end()],
  ['it was removed', (_, response) => void response.writeHead(404).end()],
  ['a page asks to sign in', (_, response) => page(response, 200)],
  ['the node is gone', ({ raw }) => void raw.socket.destroy()],
])('where %s, its place is told', async (_, answer) => {
  const node = await startStandIn(answer);
  const logPage = `${node.url}/node/containerlogs/${container}/ann`;
  expect(await readDriverLog(logPage, 10)).toEqual([expect.stringContaining(logPage)]);
});
