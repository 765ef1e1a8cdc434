import { spawn } from 'node:child_process';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createLocalConnector } from '../../main/connectors/local/connector';
import { topicScanSubmission } from '../../main/publish/submission';
import type { SurveyJobs } from '../../main/sampling/survey-job';
import { LOCAL_SPARK, type Spark, sparkEnvironment } from '../../main/verify/spark-local';
import { canonicalJson } from '../../shared/compile/hash';
import type { Publisher, Sighting, TopicScanner } from '../../shared/ports/publisher';
import { eachLine } from '../conformance/lines';

const uri = (file: string) => `file://${file}`;
const SEEN: Sighting = {
  ...{ state: 'running', batch: null, applicationId: null, trackingUrl: null, progress: null },
  ...{ doing: null, diagnostics: '' },
};

/** Scans of topics on Spark in local mode, behind the same port as those on a cluster. */
export function startScans(spark: Spark, jars: readonly string[], folder: string) {
  const root = path.join(folder, 'root');
  const scratch = path.join(folder, 'scratch');
  const runFolder = (runId: string) => path.join(root, '_runs', runId);
  const ended = new Map<string, number>();
  let words = '';
  const child = (async () => {
    await mkdir(scratch, { recursive: true });
    const settings = { ...LOCAL_SPARK, 'spark.jars': jars.map(uri).join(',') };
    const started = spawn(
      spark.python,
      [path.join(import.meta.dirname, 'scan_server.py'), JSON.stringify(settings)],
      { cwd: scratch, env: { ...process.env, ...sparkEnvironment(spark, scratch) }, stdio: 'pipe' },
    );
    eachLine(started.stdout, (line) => {
      const [id = '', code] = line.split(' ');
      ended.set(id, Number(code));
    });
    started.stderr.on('data', (chunk: Buffer) => {
      words = (words + chunk.toString()).slice(-20_000);
    });
    return started;
  })();
  const bundle = {
    ...{ job: 'job.py', stream: 'stream.py', scan: 'scan.py', libraries: [], hash: '' },
    read: async () => new Uint8Array(),
  };
  const publisher: Publisher & TopicScanner = {
    kind: 'livy',
    stage: ({ runId, plan }) => writeFile(path.join(runFolder(runId), 'plan.json'), canonicalJson(plan)),
    async scanTopic(job) {
      if (job.access)
        await writeFile(path.join(runFolder(job.runId), 'access.json'), JSON.stringify(job.access));
      const { args } = topicScanSubmission(job, jars, { bundle, folder: '', root: uri(root) });
      (await child).stdin.write(`${job.runId} ${JSON.stringify(args)}\n`);
      return SEEN;
    },
    submit: () => Promise.reject(new Error('no batch job is run here')),
    async look({ runId }) {
      if ((await child).exitCode !== null) throw new Error(`Spark ended.\n${words}`);
      return ended.has(runId) ? { ...SEEN, state: 'ended' } : SEEN;
    },
    report: async (runId) => JSON.parse(await readFile(path.join(runFolder(runId), 'report.json'), 'utf8')),
    forgetAccess: (runId) => rm(path.join(runFolder(runId), 'access.json'), { force: true }),
    log: async () => [words],
    stop: async () => {},
    clear: (runId) => rm(runFolder(runId), { recursive: true, force: true }),
    close: () => {},
  };
  const jobs: Omit<SurveyJobs, 'publisher'> & { publisher: typeof publisher } = {
    ...{ publisher, connector: createLocalConnector(), root, pollMs: 50 },
    makePrivate: async (to) => void (await mkdir(to, { recursive: true, mode: 0o700 })),
    signal: new AbortController().signal,
    tell: () => {},
  };
  return {
    jobs,
    /** What Spark has said. */
    words: () => words,
    async close() {
      const started = await child;
      const closed = new Promise((resolve) => started.once('close', resolve));
      started.stdin.end();
      await closed;
    },
  };
}
