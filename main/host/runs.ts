import { basename, dirname, extname, join } from 'node:path';
import type { AppContract } from '../../shared/contract/contract';
import type { Handlers } from '../../shared/contract/define';
import { Fault } from '../../shared/contract/errors';
import type { OutputFormat } from '../../shared/document/dialect';
import type { Source } from '../../shared/document/project';
import { fileDialect } from '../reading/file-dialect';
import { runLocally } from '../run/local-run';
import { verify } from '../verify/verify';
import type { Clusters } from './clusters';
import type { Connections } from './connections';
import type { Projects } from './projects';

type Calls = Pick<Handlers<AppContract>, 'run.local' | 'verify.run'>;

/** Format of a file by its extension; CSV unless it says otherwise. */
function formatOf(path: string): OutputFormat {
  const formats: Record<string, OutputFormat> = {
    '.parquet': 'parquet',
    '.jsonl': 'jsonl',
    '.ndjson': 'jsonl',
  };
  return formats[extname(path).toLowerCase()] ?? 'csv';
}

/** Throws a Fault `run.not-local` for a source that is not on this computer. */
export function localOnly(
  { connection, name }: Source,
  advice = 'Publish the rules to clean it where it is.',
): void {
  if (connection === 'local') return;
  throw new Fault({
    code: 'run.not-local',
    message: `${name} is on a cluster; only files of this computer are cleaned here.`,
    unaffected: 'Nothing was written.',
    advice,
  });
}

/** The calls that clean a whole source on this machine, or prove that engines agree on it. */
export function createRunHandlers({
  connections,
  clusters,
  projects,
}: {
  connections: Connections;
  clusters: Clusters;
  projects: Projects;
}): Calls {
  return {
    'run.local': async ({ source: id, output, rejects, report, overwrite }, { signal, progress }) => {
      const { source, ruleSet } = projects.source(id);
      localOnly(source);
      return runLocally({
        ruleSet,
        input: source.path,
        dialect: fileDialect(source.dialect, source.name),
        output,
        rejects: rejects === undefined ? undefined : { path: rejects, format: formatOf(rejects) },
        report: report ?? join(dirname(output.path), `${basename(output.path)}.report.json`),
        overwrite,
        signal,
        onProgress: progress,
      });
    },
    'verify.run': async ({ source: id, engines, rows, cluster }, { signal, progress }) => {
      const { source, ruleSet } = projects.source(id);
      const { path } = source;
      const dialect = fileDialect(source.dialect, source.name);
      const named = cluster === null ? null : (await clusters.find(cluster)).name;
      const connector = await connections.connect(source.connection);
      try {
        const report = await verify({
          ruleSet,
          connector,
          path,
          dialect,
          engines,
          rows,
          signal,
          onProgress: progress,
          ...(cluster !== null && { spark: clusters.sparkOn(cluster) }),
        });
        return {
          ...report,
          engines: report.engines.map((one) => (one.engine === 'spark' ? { ...one, cluster: named } : one)),
        };
      } finally {
        await connector.close();
      }
    },
  };
}
