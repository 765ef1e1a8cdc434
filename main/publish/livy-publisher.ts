import { randomUUID } from 'node:crypto';
import { canonicalJson } from '../../shared/compile/hash';
import { Fault, isFault } from '../../shared/contract/errors';
import type {
  Publisher,
  RunOnCluster,
  Sighting,
  StreamAccess,
  StreamPublisher,
  TopicScanJob,
  TopicScanner,
} from '../../shared/ports/publisher';
import type { CancelSignal } from '../../shared/ports/signal';
import { plural } from '../../shared/words';
import type { WebHdfs } from '../connectors/hdfs/webhdfs';
import { abortable } from '../http/abortable';
import { readDriverLog } from './driver-log';
import type { JobFiles } from './job-files';
import { FINAL_STATES as LIVY_FINAL, type Livy, type LivyBatch, type LivySubmission } from './livy';
import { openRunFiles } from './run-files';
import { assertJars, findStreamJars } from './stream-jars';
import { jobSubmission, type Places, streamSubmission, topicScanSubmission } from './submission';
import { FINAL_STATES as YARN_FINAL, type Yarn, type YarnApp } from './yarn';

type Parts = {
  readonly hdfs: WebHdfs;
  readonly livy: Livy;
  /** Null where the ResourceManager's address is not known: then Livy alone is asked. */
  readonly yarn: Yarn | null;
  readonly files: () => JobFiles;
  /** Folder on HDFS that holds `_jobs` and `_runs`. */
  readonly root: string;
  /** Folder on HDFS with Spark's connector for Kafka. */
  readonly jars: string;
};

const LOG_LINES = 200;
/** Folders of a run in which its rows wait to be shown. */
const STAGED = ['output', 'quarantine'];

/** In a stream's folder: what its next start signs in with, until the job has read it. */
const ACCESS = 'access.json';

/** What a job does in each phase it tells. */
const DOING: Record<string, (rows: number | null) => string> = {
  looking: (rows) =>
    rows === null ? 'Looking at all rows.' : `Looking at the messages: ${plural(rows, 'message')} so far.`,
  cleaning: () => 'Reading and cleaning all rows.',
  writing: (rows) =>
    `Writing and counting again${rows === null ? '' : `: ${plural(rows, 'row')} ${rows === 1 ? 'was' : 'were'} read`}.`,
};

const real = (signal: CancelSignal | undefined) => ({ signal: abortable(signal) });

const ABSENT: Sighting = {
  state: 'absent',
  batch: null,
  applicationId: null,
  trackingUrl: null,
  progress: null,
  doing: null,
  diagnostics: '',
};

function batchSighting(batch: LivyBatch): Sighting {
  const ended = LIVY_FINAL.has(batch.state);
  const state = ended ? 'ended' : batch.state === 'running' || batch.state === 'busy' ? 'running' : 'queued';
  return { ...ABSENT, state, batch: batch.id, applicationId: batch.appId };
}

function appSighting(app: YarnApp, batch: number | null): Sighting {
  const ended = YARN_FINAL.has(app.state);
  return {
    state: ended ? 'ended' : app.state === 'RUNNING' ? 'running' : 'queued',
    batch,
    applicationId: app.id,
    trackingUrl: app.trackingUrl,
    // Spark tells YARN 10 % from its beginning to its end.
    progress: null,
    doing: null,
    diagnostics: app.diagnostics,
  };
}

/** Publishes through Livy: files on HDFS, a batch whose name and YARN tag are the run's id, sightings from both. */
export function createLivyPublisher({
  hdfs,
  livy,
  yarn,
  files,
  root,
  jars,
}: Parts): Publisher & StreamPublisher & TopicScanner {
  const runFolder = (runId: string) => `${root}/_runs/${runId}`;
  const filesOf = (runId: string) => openRunFiles(hdfs, runFolder(runId));
  const jobFolder = (hash: string) => `${root}/_jobs/${hash.slice(0, 16)}`;

  /** Puts a file where it is not yet; one that is there keeps its time of change, which YARN holds jobs to. */
  async function put(path: string, content: Uint8Array, signal: CancelSignal | undefined): Promise<void> {
    const isThere = async () => (await hdfs.status(path, real(signal)))?.size === content.byteLength;
    if (await isThere()) return;
    // Aside and renamed: a broken upload must not pass for the file.
    const aside = `${path}.${randomUUID()}.part`;
    await hdfs.create(aside, content, { overwrite: false, ...real(signal) });
    try {
      await hdfs.rename(aside, path, real(signal));
    } catch (error) {
      if (!isFault(error, 'hdfs.exists')) throw error;
      // Another program was quicker.
      if (await isThere()) await hdfs.remove(aside, { recursive: false, ...real(signal) });
      else await hdfs.rename(aside, path, { overwrite: true, ...real(signal) });
    }
  }

  /** Nobody but this user ever finds it readable; one that a start before has left must not lend its rights. */
  async function putAccess(streamId: string, access: StreamAccess, signal: CancelSignal | undefined) {
    await forgetAccess(streamId, signal);
    const content = new TextEncoder().encode(JSON.stringify(access));
    const options = { overwrite: false, permission: '600', ...real(signal) };
    await hdfs.create(`${runFolder(streamId)}/${ACCESS}`, content, options);
  }

  async function forgetAccess(streamId: string, signal?: CancelSignal): Promise<void> {
    await hdfs.remove(`${runFolder(streamId)}/${ACCESS}`, { recursive: false, ...real(signal) });
  }

  async function batchOf(run: RunOnCluster, signal: CancelSignal | undefined): Promise<LivyBatch | null> {
    const known = run.batch === null ? null : await livy.get(run.batch, real(signal));
    // After a restart Livy counts from 0 again: a batch of another name is another run.
    return known?.name === run.runId ? known : livy.find(run.runId, real(signal));
  }

  async function appOf(
    run: RunOnCluster,
    batch: LivyBatch | null,
    signal: CancelSignal | undefined,
  ): Promise<YarnApp | null> {
    if (yarn === null) return null;
    const id = run.applicationId ?? batch?.appId ?? null;
    if (id !== null) return yarn.get(id, real(signal));
    return (await yarn.findByTag(run.runId, real(signal))).at(-1) ?? null;
  }

  /** Why a batch ended that YARN never saw: the last complaint of spark-submit. */
  async function complaintOf(batch: LivyBatch, signal: CancelSignal | undefined): Promise<string> {
    const lines = (await livy.log(batch.id, { size: 200, ...real(signal) }).catch(() => null))?.log ?? [];
    return lines.findLast((line) => /^(Exception|Error|Caused by)\b/.test(line)) ?? '';
  }

  async function look(run: RunOnCluster, signal?: CancelSignal): Promise<Sighting> {
    // Livy may be down while the run goes on in YARN, and YARN is the one that knows.
    let down: unknown = null;
    const batch = await batchOf(run, signal).catch((error: unknown) => {
      if (yarn === null || !isFault(error)) throw error;
      down = error;
      return null;
    });
    const app = await appOf(run, batch, signal).catch((error: unknown) => {
      if (batch === null || !isFault(error)) throw error;
      return null;
    });
    if (app) {
      const seen = appSighting(app, batch?.id ?? run.batch);
      if (seen.state !== 'running') return seen;
      const told = await filesOf(run.runId)
        .progress(real(signal))
        .catch((error: unknown) => {
          if (!isFault(error)) throw error;
          return null;
        });
      return { ...seen, doing: told && (DOING[told.phase]?.(told.rows) ?? null) };
    }
    if (batch) {
      const sighting = batchSighting(batch);
      return sighting.state === 'ended'
        ? { ...sighting, diagnostics: await complaintOf(batch, signal) }
        : sighting;
    }
    if (down) throw down;
    return ABSENT;
  }

  async function send(
    submission: LivySubmission,
    runId: string,
    signal: CancelSignal | undefined,
  ): Promise<Sighting> {
    try {
      return batchSighting(await livy.submit(submission, { name: runId, ...real(signal) }));
    } catch (error) {
      if (isFault(error, 'livy.duplicate-name'))
        return look({ runId, batch: null, applicationId: null }, signal);
      if (!isFault(error, 'livy.reply-lost')) throw error;
      throw new Fault({
        code: 'publish.reply-lost',
        message: error.message,
        unaffected: 'No second run is started.',
        advice: 'Wait: the cluster is being searched for the run.',
        cause: error,
      });
    }
  }

  /** Sends a job on a topic; what it signs in with is put into its folder. */
  async function sendOnTopic(
    { runId, access }: TopicScanJob,
    folder: string,
    submission: (jars: readonly string[], places: Places) => LivySubmission,
    signal: CancelSignal | undefined,
  ): Promise<Sighting> {
    const bundle = files();
    const found = assertJars(jars, await findStreamJars(hdfs, jars, real(signal)));
    const asked = submission(found, { bundle, folder: jobFolder(bundle.hash), root });
    if (access !== null) await putAccess(folder, access, signal);
    try {
      return await send(asked, runId, signal);
    } catch (error) {
      // A start that may be there all the same needs it.
      if (!isFault(error, 'publish.reply-lost')) await forgetAccess(folder, signal);
      throw error;
    }
  }

  return {
    kind: 'livy',
    async stage({ runId, plan }, signal) {
      const bundle = files();
      const folder = jobFolder(bundle.hash);
      for (const name of [bundle.job, bundle.stream, bundle.scan, ...bundle.libraries])
        await put(`${folder}/${name}`, await bundle.read(name), signal);
      await put(`${runFolder(runId)}/plan.json`, new TextEncoder().encode(canonicalJson(plan)), signal);
    },
    async submit(job, signal) {
      const bundle = files();
      const places = { bundle, folder: jobFolder(bundle.hash), root };
      return send(jobSubmission(job, places), job.runId, signal);
    },
    startStream: (job, signal) =>
      sendOnTopic(job, job.streamId, (...found) => streamSubmission(job, ...found), signal),
    scanTopic: (job, signal) =>
      sendOnTopic(job, job.runId, (...found) => topicScanSubmission(job, ...found), signal),
    forgetAccess,
    async lackingJars(signal) {
      return { folder: jars, files: (await findStreamJars(hdfs, jars, real(signal))).lacking };
    },
    streamProgress: (streamId, signal) => filesOf(streamId).json('progress.json', real(signal)),
    async askToStop(runId, signal) {
      await hdfs.create(`${runFolder(runId)}/stop.json`, new TextEncoder().encode('{}'), {
        overwrite: true,
        ...real(signal),
      });
    },
    look,
    report: (runId, signal) => filesOf(runId).report(real(signal)),
    async log(run, signal) {
      const batch = await batchOf(run, signal).catch((error: unknown) => {
        if (yarn === null || !isFault(error)) throw error;
        return null;
      });
      const submission = batch && (await livy.log(batch.id, { size: LOG_LINES, ...real(signal) }));
      const app = await appOf(run, batch, signal);
      const driver = app?.logPage ? await readDriverLog(app.logPage, LOG_LINES, signal) : [];
      return [...(submission?.log ?? []), ...driver];
    },
    async stop(run, signal) {
      const claimed = await filesOf(run.runId)
        .claim(real(signal))
        .catch((error: unknown) => {
          if (!isFault(error)) throw error;
          return error;
        });
      const batch = await batchOf(run, signal).catch((error: unknown) => {
        if (yarn === null || !isFault(error)) throw error;
        return null;
      });
      const app = await appOf(run, batch, signal);
      if (app && yarn && !YARN_FINAL.has(app.state)) await yarn.kill(app.id, real(signal));
      if (batch && !LIVY_FINAL.has(batch.state)) await livy.delete(batch.id, real(signal));
      // With no application to kill, only the claim keeps the job from running later.
      if (isFault(claimed) && !app) throw claimed;
    },
    async clear(runId, what, signal) {
      const folder = runFolder(runId);
      const paths = what === 'all' ? [folder] : STAGED.map((name) => `${folder}/${name}`);
      for (const path of paths) await hdfs.remove(path, { recursive: true, ...real(signal) });
    },
    close() {
      hdfs.close();
      livy.close();
      yarn?.close();
    },
  };
}
