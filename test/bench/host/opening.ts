import { createHost } from '../../../main/host/create';
import type { Dialect } from '../../../shared/document/dialect';

/** The host's part in opening a file: what the window asks for, one call after the other; milliseconds. */
export async function openOnce(path: string, rows: number) {
  const host = await createHost({ shell: 'web', version: '0', log: () => {} });
  const context = { signal: new AbortController().signal, progress: () => {}, emit: () => {} };
  const timed = async <T>(work: () => Promise<T>): Promise<[T, number]> => {
    const since = performance.now();
    const answer = await work();
    return [answer, performance.now() - since];
  };
  try {
    const place = { connection: 'local', path };
    const [{ dialect }, inspected] = await timed(() => host.handlers['source.inspect'](place, context));
    const sample = (wanted: number) =>
      timed(() =>
        host.handlers['source.sample'](
          { ...place, dialect: dialect as Dialect, sampling: { method: 'first', rows: wanted } },
          context,
        ),
      );
    const [answer, sampled] = await sample(rows);
    return {
      inspect: inspected,
      sample: sampled,
      rows: answer.rows,
      bytes: answer.arrow.byteLength,
      total: answer.total,
    };
  } finally {
    await host.close();
  }
}
