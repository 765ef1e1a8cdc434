import { customersRules } from '../../../main/sample/customers.rules';
import { sampleProject } from '../../../main/sample/project';
import type { HostClient } from '../../../renderer/state/host';
import type { ProjectState } from '../../../shared/contract/calls/project';
import { encodeSample } from '../../../shared/sampling/arrow';
import { sampleCustomers } from './sample';

const project = sampleProject();

/** The sample project, with customers alone and so many of the starter's steps. */
export const benchProject = (steps: number): ProjectState => ({
  path: '/bench/shop.dhz',
  project: {
    ...project,
    sources: project.sources.filter(({ id }) => id === 'customers'),
    ruleSets: { customers: { ...customersRules, steps: customersRules.steps.slice(0, steps) } },
  },
  recovered: 0,
  sequence: 0,
});

/** A host in the page: it makes samples up and saves nothing. */
export function benchHost(rows: number, state: ProjectState): HostClient {
  const answers: Readonly<Record<string, (input: never) => unknown>> = {
    'app.info': () => ({
      version: '0.0.0',
      shell: 'web',
      duckdb: 'v1.5.6',
      spark: null,
      phoneMetadata: '9.0.40',
      cores: 2,
    }),
    'project.current': () => state,
    'project.edit': () => ({ saved: new Date().toISOString() }),
    'project.recent': () => [],
    'connections.list': () => [{ id: 'local', kind: 'local', name: 'This machine' }],
    'publish.runs': () => [],
    'source.sample': () => {
      const { names, rows: cells } = sampleCustomers(rows);
      const texts = names.map((_, i) => cells.map((row) => row[i] ?? null));
      return {
        arrow: encodeSample(texts),
        columns: [...names],
        rows,
        complete: false,
        total: { rows: rows * 81, exact: false },
        unreadable: [],
        unreadableCount: 0,
      };
    },
  };
  const call = async (name: string, input: never) => {
    const answer = answers[name];
    if (!answer) throw new Error(`The page's host has no ${name}.`);
    return answer(input);
  };
  return { call: call as unknown as HostClient['call'], on: () => () => {} };
}
