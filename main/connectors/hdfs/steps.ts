import type { HdfsConnection } from '../../../shared/connections/hdfs';
import type { FindSecret, TestStep } from '../kind';
import { readPem } from '../pem';
import { networkSteps, targetOf } from '../probe';
import { serviceAnswers } from '../service-answers';
import { besideOptions, webHdfsOptions } from './settings';
import { createWebHdfs, type HdfsEntry, type WebHdfs } from './webhdfs';

const MOST_LOOKED_AT = 1000;

/** Where browsing begins: the home folder, or the root where there is none. */
async function beginning(hdfs: WebHdfs, signal: AbortSignal): Promise<string> {
  const home = await hdfs.homeFolder({ signal });
  return (await hdfs.status(home, { signal }))?.kind === 'folder' ? home : '/';
}

async function firstEntries(hdfs: WebHdfs, folder: string, signal: AbortSignal): Promise<HdfsEntry[]> {
  const entries: HdfsEntry[] = [];
  for await (const entry of hdfs.list(folder, { signal })) {
    entries.push(entry);
    if (entries.length === MOST_LOOKED_AT) break;
  }
  return entries;
}

/** A file with something in it: in the first folder, or in one of the first folders there. */
async function fileToTry(hdfs: WebHdfs, folder: string, signal: AbortSignal): Promise<HdfsEntry | null> {
  const entries = await firstEntries(hdfs, folder, signal);
  const good = ({ kind, size }: HdfsEntry) => kind === 'file' && size > 0;
  const found = entries.find(good);
  if (found) return found;
  for (const { path } of entries.filter(({ kind }) => kind === 'folder').slice(0, 5)) {
    const below = (await firstEntries(hdfs, path, signal).catch(() => [])).find(good);
    if (below) return below;
  }
  return null;
}

/** The steps of testing a connection to HDFS. */
export function* hdfsSteps(connection: HdfsConnection, secret: FindSecret): Generator<TestStep> {
  const { nameNodes, ca, user, livy, yarn } = connection;
  const encrypted = nameNodes.filter((address) => address.startsWith('https:'));
  const trust = async () => (ca ? { ca: await readPem(ca) } : {});
  yield* networkSteps(nameNodes.map(targetOf), encrypted.map(targetOf), trust);

  const withHdfs = (
    title: string,
    ask: (hdfs: WebHdfs, signal: AbortSignal) => Promise<string>,
  ): TestStep => ({
    title,
    async run(signal) {
      const hdfs = createWebHdfs(await webHdfsOptions(connection, secret));
      try {
        return await ask(hdfs, signal);
      } finally {
        hdfs.close();
      }
    },
  });
  yield withHdfs('Signed in', async (hdfs, signal) => {
    const home = await hdfs.homeFolder({ signal });
    const by = nameNodes.length > 1 ? ` ${hdfs.servedBy()} is active.` : '';
    return `HDFS knows ${user}; the home folder is ${home}.${by}`;
  });
  yield withHdfs('Permission', async (hdfs, signal) => {
    const folder = await beginning(hdfs, signal);
    const { length } = await firstEntries(hdfs, folder, signal);
    return `${folder} may be listed; it holds ${length === MOST_LOOKED_AT ? 'over 1,000' : length} entries.`;
  });
  yield withHdfs('First read', async (hdfs, signal) => {
    const folder = await beginning(hdfs, signal);
    const file = (await fileToTry(hdfs, folder, signal)) ?? (await fileToTry(hdfs, '/', signal));
    if (file === null) return 'There is no file nearby to try, so no DataNode was asked.';
    for await (const _ of hdfs.open(file.path, { length: 1, signal })) break;
    return `${file.path} can be read: its DataNode answers.`;
  });
  const beside = (name: string, url: string, path: string) =>
    serviceAnswers(name, path, () => besideOptions(connection, url, secret));
  if (livy !== undefined) yield beside('Livy', livy, '/batches?size=1');
  if (yarn !== undefined) yield beside('YARN', yarn, '/ws/v1/cluster/info');
}
