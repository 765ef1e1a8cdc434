import type { Source } from '../../shared/document/project';
import type { CancelSignal } from '../../shared/ports/signal';
import type { WasmEngine } from '../engine/wasm';
import type { HostClient, HostProgress } from './host';
import type { Sample } from './model';

type Options = {
  readonly host: HostClient;
  readonly engine: Pick<WasmEngine, 'loadArrow'>;
  readonly source: Source;
  /** Table to create or replace. */
  readonly table: string;
  readonly signal?: CancelSignal;
  readonly onProgress?: (progress: HostProgress<'source.sample'>) => void;
};

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
  const at = places && new Float64Array(places.at.slice().buffer);
  return { ...sample, table, added: 0, shapes: null, places: places && at && { kind: places.kind, at } };
}
