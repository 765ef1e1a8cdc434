import { z } from 'zod';
import { canonicalJson } from '../../shared/compile/hash';
import { Fault, isFault } from '../../shared/contract/errors';
import type { Job, Publisher, Sighting } from '../../shared/ports/publisher';
import type { CancelSignal } from '../../shared/ports/signal';
import type { WebHdfs } from '../connectors/hdfs/webhdfs';
import { abortable } from '../http/abortable';
import type { JobFiles } from './job-files';
import { FINAL_STATES as LIVY_FINAL, type Livy, type LivyBatch } from './livy';
import { FINAL_STATES as YARN_FINAL, type Yarn, type YarnApp } from './yarn';

type Parts = {
  readonly hdfs: WebHdfs;
  readonly livy: Livy;
  /** Null where the ResourceManager's address is not known: then Livy alone is asked. */
  readonly yarn: Yarn | null;
  readonly files: () => JobFiles;
  /** Folder on HDFS that holds `_jobs` and `_runs`. */
  readonly root: string;
};

type Run = { runId: string; batch: number | null; applicationId: string | null };

const real = (signal: CancelSignal | undefined) => ({ signal: abortable(signal) });

const ABSENT: Sighting = {
  state: 'absent',
  batch: null,
  applicationId: null,
  trackingUrl: null,
  progress: null,
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
    progress: ended ? 1 : Math.min(1, Math.max(0, app.progress / 100)),
    diagnostics: app.diagnostics,
  };
}

/** Publishes through Livy: files on HDFS, a batch whose name and YARN tag are the run's id, sightings from both. */
export function createLivyPublisher({ hdfs, livy, yarn, files, root }: Parts): Publisher {
  const runFolder = (runId: string) => `${root}/_runs/${runId}`;
  const jobFolder = (hash: string) => `${root}/_jobs/${hash.slice(0, 16)}`;

  async function put(path: string, content: Uint8Array, signal: CancelSignal | undefined): Promise<void> {
    const present = await hdfs.status(path, real(signal));
    if (present?.size === content.byteLength) return;
    // Aside and renamed: a broken upload must not pass for the file.
    const aside = `${path}.${Date.now().toString(36)}.part`;
    await hdfs.create(aside, content, { overwrite: true, ...real(signal) });
    await hdfs.rename(aside, path, { overwrite: true, ...real(signal) });
  }

  async function batchOf(run: Run, signal: CancelSignal | undefined): Promise<LivyBatch | null> {
    const known = run.batch === null ? null : await livy.get(run.batch, real(signal));
    // After a restart Livy counts from 0 again: a batch of another name is another run.
    return known?.name === run.runId ? known : livy.find(run.runId, real(signal));
  }

  async function appOf(
    run: Run,
    batch: LivyBatch | null,
    signal: CancelSignal | undefined,
  ): Promise<YarnApp | null> {
    if (yarn === null) return null;
    const id = run.applicationId ?? batch?.appId ?? null;
    if (id !== null) return yarn.get(id, real(signal));
    return (await yarn.findByTag(run.runId, real(signal))).at(-1) ?? null;
  }

  async function look(run: Run, signal?: CancelSignal): Promise<Sighting> {
    // Livy may be down while the run goes on in YARN, and YARN is the one that knows.
    let down: unknown = null;
    const batch = await batchOf(run, signal).catch((error: unknown) => {
      if (yarn === null || !isFault(error)) throw error;
      down = error;
      return null;
    });
    const app = await appOf(run, batch, signal);
    if (app) return appSighting(app, batch?.id ?? run.batch);
    if (batch) return batchSighting(batch);
    if (down) throw down;
    return ABSENT;
  }

  return {
    kind: 'livy',
    async stage({ runId, plan }, signal) {
      const bundle = files();
      const folder = jobFolder(bundle.hash);
      for (const name of [bundle.job, ...bundle.libraries])
        await put(`${folder}/${name}`, await bundle.read(name), signal);
      await put(`${runFolder(runId)}/plan.json`, new TextEncoder().encode(canonicalJson(plan)), signal);
    },
    async submit(job: Job, signal) {
      const bundle = files();
      const folder = jobFolder(bundle.hash);
      const submission = {
        file: `${folder}/${bundle.job}`,
        pyFiles: bundle.libraries.map((name) => `${folder}/${name}`),
        conf: { 'spark.yarn.tags': job.runId },
        args: [
          ...[
            '--plan',
            `${runFolder(job.runId)}/plan.json`,
            '--approved-hash',
            job.planHash,
            '--run-id',
            job.runId,
          ],
          ...['--root', root, '--input', job.input, '--output', job.output, '--quarantine', job.quarantine],
          ...['--input-format', job.plan.source.format, '--output-format', job.outputFormat],
        ],
      };
      try {
        return batchSighting(await livy.submit(submission, { name: job.runId, ...real(signal) }));
      } catch (error) {
        if (isFault(error, 'livy.duplicate-name'))
          return look({ runId: job.runId, batch: null, applicationId: null }, signal);
        if (!isFault(error, 'livy.reply-lost')) throw error;
        throw new Fault({
          code: 'publish.reply-lost',
          message: error.message,
          unaffected: 'No second run is started.',
          advice: 'Wait: the cluster is being searched for the run.',
          cause: error,
        });
      }
    },
    look,
    async report(runId, signal) {
      const path = `${runFolder(runId)}/report.json`;
      return (await hdfs.status(path, real(signal))) === null
        ? null
        : hdfs.readJson(path, z.unknown(), real(signal));
    },
    async log({ batch }, signal) {
      const found = batch === null ? null : await livy.log(batch, { size: 200, ...real(signal) });
      return found?.log ?? [];
    },
    async stop(run, signal) {
      const batch = await batchOf(run, signal).catch(() => null);
      const app = await appOf(run, batch, signal);
      if (app && yarn && !YARN_FINAL.has(app.state)) await yarn.kill(app.id, real(signal));
      if (batch && !LIVY_FINAL.has(batch.state)) await livy.delete(batch.id, real(signal));
    },
    close() {
      hdfs.close();
      livy.close();
      yarn?.close();
    },
  };
}
