import type { Source } from '../../shared/document/project';
import type { CancelSignal } from '../../shared/ports/signal';
import type { WasmEngine } from '../engine/wasm';
import type { HostClient, HostOutput, HostProgress } from './host';
import type { Sample, SamplePlaces } from './model';

type Options = {
  readonly host: HostClient;
  readonly engine: Pick<WasmEngine, 'loadArrow'>;
  readonly source: Source;
  /** Table to create or replace. */
  readonly table: string;
  readonly signal?: CancelSignal;
  readonly onProgress?: (progress: HostProgress<'source.sample'>) => void;
};

const numbers = (bytes: Uint8Array) => new Float64Array(bytes.slice().buffer);

function placesFrom(told: NonNullable<HostOutput<'source.sample'>['places']>): SamplePlaces {
  return told.kind === 'offset'
    ? { kind: told.kind, at: numbers(told.at), partitions: numbers(told.partitions) }
    : { kind: told.kind, at: numbers(told.at) };
}

/** Has the host draw a sample of a source and puts it into a table of the engine. */
export async function loadSample(options: Options): Promise<Sample> {
  const { host, engine, source, table, signal, onProgress } = options;
  const { connection, path, dialect, sampling } = source;
  const input = { connection, path, dialect, sampling };
  const { arrow, places, ...sample } = await host.call('source.sample', input, {
    ...(signal && { signal }),
    ...(onProgress && { onProgress }),
  });
  await engine.loadArrow(table, arrow);
  return { ...sample, table, added: 0, shapes: null, places: places && placesFrom(places) };
}
