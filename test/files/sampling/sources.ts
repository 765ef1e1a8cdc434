import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { z } from 'zod';
import { createLocalConnector } from '../../../main/connectors/local/connector';
import { sample } from '../../../main/sampling/sample';
import { type Dialect, usualDialect } from '../../../shared/document/dialect';
import { fileSamplingSchema } from '../../../shared/document/sampling';
import type { Connector } from '../../../shared/ports/connector';
import { decodeSample } from './decode';

/** Without what has a default. */
export type SamplingGiven = z.input<typeof fileSamplingSchema>;

export type Counted = Connector & { bytes: number; opens: number };

/** A connector over files of this computer that says it is a cluster: chunks of a size, bytes counted. */
export function remote(chunk = 100_000): Counted {
  const local = createLocalConnector();
  const counted: Counted = {
    kind: 'hdfs',
    bytes: 0,
    opens: 0,
    home: local.home,
    list: local.list,
    stat: local.stat,
    close: local.close,
    async *open(path, range) {
      counted.opens++;
      for await (const part of local.open(path, range)) {
        for (let at = 0; at < part.length; at += chunk) {
          const piece = part.subarray(at, at + chunk);
          counted.bytes += piece.length;
          yield piece;
        }
      }
    },
  };
  return counted;
}

export const csv = (over: Partial<Extract<Dialect, { format: 'csv' }>> = {}): Dialect => ({
  ...usualDialect('csv'),
  ...over,
});

/** Writes a file into a folder of its own and draws samples of it. */
export async function withFile<T>(
  name: string,
  content: string | Uint8Array,
  use: (file: {
    path: string;
    size: number;
    draw: (
      sampling: SamplingGiven,
      dialect: Dialect,
      connector?: Connector,
    ) => Promise<Awaited<ReturnType<typeof sample>> & { cells: (string | null)[][] }>;
  }) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'dataharmonize-sampling-'));
  const path = join(folder, name);
  try {
    await writeFile(path, content);
    return await use({
      path,
      size: (await stat(path)).size,
      async draw(sampling, dialect, connector = createLocalConnector()) {
        const drawn = await sample({
          ...{ connector, path, dialect, pieceBytes: 200_000 },
          sampling: fileSamplingSchema.parse(sampling),
        });
        return { ...drawn, cells: decodeSample(drawn.arrow) };
      },
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
