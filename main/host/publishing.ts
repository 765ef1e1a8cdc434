import { join } from 'node:path';
import { hashOf } from '../../shared/compile/hash';
import type { Plan } from '../../shared/compile/plan';
import { compileSpark, type SparkPlan } from '../../shared/compile/spark';
import { withExamples } from '../../shared/compile/spark-examples';
import type { Connection } from '../../shared/contract/calls/connections';
import type { AppContract } from '../../shared/contract/contract';
import type { Handlers } from '../../shared/contract/define';
import { Fault, isFault } from '../../shared/contract/errors';
import { isFiles } from '../../shared/document/dialect';
import { notesOnCluster } from '../../shared/document/formats';
import { findJobFiles } from '../publish/job-files';
import { told } from '../publish/judge';
import { checkJobPaths } from '../publish/paths';
import { assertSameIntent, openRuns, type Runs } from '../publish/runs';
import { fileDialect } from '../reading/file-dialect';
import { inspect } from '../sampling/sample';
import { checkedRules } from './checked-rules';
import type { Clusters } from './clusters';
import type { Connections } from './connections';
import type { HostOptions } from './host';
import type { Projects } from './projects';

type Calls = Pick<
  Handlers<AppContract>,
  'publish.review' | 'publish.submit' | 'publish.runs' | 'publish.stop' | 'publish.log'
>;
/** Publishing from the window: review, submit, follow. */
export async function createPublishing(
  folder: string,
  {
    connections,
    clusters,
    projects,
    log,
    emit,
  }: {
    connections: Connections;
    clusters: Clusters;
    projects: Projects;
    log: HostOptions['log'];
    emit: (run: Parameters<Parameters<typeof openRuns>[0]['changed']>[0]) => void;
  },
): Promise<{ handlers: Calls; close(): Promise<void> }> {
  /** The plan of a source's rules as they are now, for its columns as they are now. */
  async function planOf(
    id: string,
  ): Promise<{ plan: Plan; sparkPlan: SparkPlan; ruleSetHash: string; broken: Fault | null }> {
    const { source, ruleSet } = projects.source(id);
    const dialect = fileDialect(source.dialect, source.name);
    const connector = await connections.connect(source.connection);
    try {
      const { columns } = await inspect(connector, source.path, undefined, dialect);
      const { plan, ruleSetHash, broken } = await checkedRules(ruleSet, columns);
      const sparkPlan = withExamples(compileSpark(plan, dialect, ruleSet.expectations), ruleSet);
      return { plan, sparkPlan, ruleSetHash, broken };
    } finally {
      await connector.close();
    }
  }

  function obstaclesOf(connection: Connection): string[] {
    const obstacles: string[] = [];
    if (connection.kind !== 'hdfs')
      obstacles.push(`“${connection.name}” is not a cluster: add an HDFS connection.`);
    else if (connection.livy === undefined)
      obstacles.push(`The connection “${connection.name}” has no Livy address.`);
    try {
      findJobFiles();
    } catch (error) {
      if (!isFault(error)) throw error;
      obstacles.push(`${error.message} ${error.advice ?? ''}`);
    }
    return obstacles;
  }

  const runs: Runs = await openRuns({
    folder: join(folder, 'runs'),
    publisherFor: clusters.publisherFor,
    changed: emit,
    trouble: (error) =>
      log({
        reference: '',
        call: 'publish.follow',
        error: isFault(error) ? error.code : error instanceof Error ? error.name : 'error',
        frames: [],
      }),
  });

  return {
    handlers: {
      'publish.review': async ({ source: id, connection: to }) => {
        const connection = await connections.find(to);
        const { source } = projects.source(id);
        const { plan, sparkPlan, broken } = await planOf(id);
        const user = connection.kind === 'hdfs' ? connection.user : 'user';
        // HDFS allows no colon in names.
        const base = `/user/${user}/cleaned/${source.id.replace(/[:/]/g, '-')}`;
        return {
          planHash: hashOf(sparkPlan),
          steps: plan.steps.map(({ sentence, scope }) => ({ sentence, scope })),
          libraries: { ...sparkPlan.libraries },
          input: source.connection === to ? source.path : `/data/${source.name}`,
          suggestedOutput: base,
          suggestedQuarantine: `${base}-quarantine`,
          // The job would refuse them too, but only once it runs.
          obstacles: [...obstaclesOf(connection), ...(broken ? [told(broken)] : [])],
          notes: isFiles(source.dialect) ? [...notesOnCluster(source.dialect)] : [],
        };
      },
      'publish.submit': async ({
        source: id,
        connection: to,
        runId,
        planHash,
        input,
        output,
        quarantine,
        format,
      }) => {
        const paths = checkJobPaths({ input, output, quarantine });
        const known = runs.find(runId);
        if (known) {
          // A repeated click, perhaps after the rules have changed, still means the run it began.
          assertSameIntent(known, { planHash, ...paths });
          return known;
        }
        const [obstacle] = obstaclesOf(await clusters.find(to));
        if (obstacle !== undefined) {
          throw new Fault({
            code: 'publish.obstacle',
            message: obstacle,
            unaffected: 'Nothing was published.',
            advice: 'Remove what is in the way, then publish.',
          });
        }
        const { plan, sparkPlan, ruleSetHash, broken } = await planOf(id);
        if (broken) throw broken;
        if (hashOf(sparkPlan) !== planHash) {
          throw new Fault({
            code: 'publish.changed',
            message: 'The rules or the source’s columns changed since the review.',
            unaffected: 'Nothing was published.',
            advice: 'Review again, then publish.',
          });
        }
        const job = { runId, plan: sparkPlan, planHash, ...paths, outputFormat: format };
        return runs.submit({ job, plan, ruleSetHash, connection: to, source: id });
      },
      'publish.runs': async () => [...runs.list()],
      'publish.stop': ({ runId }) => runs.stop(runId),
      'publish.log': async ({ runId }) => ({ lines: [...(await runs.log(runId))] }),
    },
    close: () => runs.close(),
  };
}
