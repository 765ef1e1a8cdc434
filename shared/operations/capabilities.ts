import { Fault } from '../contract/errors';
import { ENGINES, type EngineKind } from './operation';
import { type AnyOperation, findOperation } from './registry';

/** Where an operation runs, in full. */
export type Capabilities = {
  readonly engines: readonly EngineKind[];
  /** Whether it runs in a stream. */
  readonly streams: boolean;
  /** Further limits, a sentence each. */
  readonly limits: readonly string[];
};

export const ENGINE_NAMES: Readonly<Record<EngineKind, string>> = {
  wasm: 'the preview (duckdb-wasm)',
  native: 'native DuckDB',
  spark: 'Spark',
};

/** Where an operation runs: on every engine, and in a stream by cell and row, unless its definition says otherwise. */
export function capabilitiesOf({ scope, capabilities }: AnyOperation): Capabilities {
  return {
    engines: capabilities?.engines ?? ENGINES,
    streams: capabilities?.streams ?? (scope === 'cell' || scope === 'row'),
    limits: capabilities?.limits ?? [],
  };
}

/** What keeps steps from running on an engine, a sentence each. */
export function obstaclesTo(
  engine: EngineKind,
  steps: readonly { readonly operation: string }[],
  find: (id: string) => AnyOperation | undefined = findOperation,
): readonly string[] {
  return steps.flatMap(({ operation: id }, index) => {
    const operation = find(id);
    if (!operation || capabilitiesOf(operation).engines.includes(engine)) return [];
    const { engines } = capabilitiesOf(operation);
    const elsewhere = engines.map((one) => ENGINE_NAMES[one]).join(' and ');
    return [`Step ${index + 1} (${id}) does not run on ${ENGINE_NAMES[engine]}, only on ${elsewhere}.`];
  });
}

/** Throws a Fault `plan.engine` that names every step that an engine can't run. */
export function assertRuns(
  engine: EngineKind,
  steps: readonly { readonly operation: string }[],
  find?: (id: string) => AnyOperation | undefined,
): void {
  const lines = obstaclesTo(engine, steps, find);
  if (lines.length === 0) return;
  throw new Fault({
    code: 'plan.engine',
    message: lines.join('\n'),
    details: { lines },
    unaffected: 'Nothing was written.',
    advice: 'Switch the named steps off, or run the rules where they can run.',
  });
}
