import type { ShapeCover } from '../../shared/contract/calls/source';
import type { TopicScan } from '../../shared/document/topic-sampling';
import type { MessagesDialect } from '../../shared/messages/dialect';
import { rowPlacer } from '../../shared/messages/place';
import type { Topics } from '../../shared/ports/topics';
import { gatherColumns } from '../../shared/reading/flatten';
import { openNative } from '../engine/native';
import { withTemporaryFolder } from '../run/temporary-folder';
import { createDrawnTable } from './drawn-table';
import { countShapes } from './shape-count';
import { assertFewColumns, type RowMessage, readTopicRows } from './topic-rows';
import { asDoubles, stretchesOfScan } from './topic-stretches';

/** Messages that are counted together: as many are held at once. */
const AT_ONCE = 20_000;

export type TopicCoverRequest = {
  readonly topics: Topics;
  readonly topic: string;
  readonly dialect: MessagesDialect;
  readonly messages: TopicScan;
  readonly atOnce?: number;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: (progress: { rows: number; of: number | null }) => void;
};

/**
 * Reads messages of a topic up to where it ends now, and lists the shapes of each column's values with their counts, and
 * with a message that has each. No group is joined; memory stays bounded. Faults: `kafka.*`, `registry.*`, `source.columns`.
 */
export async function coverTopic(request: TopicCoverRequest): Promise<ShapeCover> {
  const { topics, topic, dialect, messages, atOnce = AT_ONCE, signal, onProgress } = request;
  const [began, at] = [performance.now(), new Date().toISOString()];
  const stretches = await stretchesOfScan(topics, topic, messages, signal);
  return withTemporaryFolder(async (folder) => {
    const engine = await openNative({ folders: [folder], temporaryFolder: folder });
    try {
      const table = await createDrawnTable(engine);
      const counted = await countShapes(engine, table);
      const gathered = gatherColumns();
      const places: [partition: number, offset: number][] = [];
      let pending: RowMessage[] = [];
      let passed = 0;
      const count = async () => {
        for (const { row } of pending) gathered.add(row);
        const columns = gathered.columns();
        assertFewColumns(columns, topic);
        const place = rowPlacer(columns);
        const cells: (string | null)[][] = columns.map(() => []);
        for (const { row } of pending) {
          const placed = place(row).cells;
          for (const [i, column] of cells.entries()) column.push(placed[i] ?? null);
        }
        const rows = pending.length;
        if (columns.length > 0) {
          const names = columns.map((_, i) => `c${i}`);
          await engine.load('messages', names, cells);
          const piece = { columns, relation: 'messages', rows, passed, before: passed };
          await counted.add({ ...piece, unreadable: async () => [] }, signal);
          for (const number of await table.numbersAfter(passed)) {
            const found = pending[number - passed - 1]?.message;
            if (found) places.push([found.partition, Number(found.offset)]);
          }
        }
        passed += rows;
        pending = [];
      };
      const { isolation } = messages;
      const read = await readTopicRows(
        { topics, topic, dialect, stretches, isolation, signal, onProgress },
        async (rows) => {
          for (let from = 0; from < rows.length; from += atOnce) {
            pending.push(...rows.slice(from, from + atOnce));
            if (pending.length >= atOnce) await count();
          }
        },
      );
      if (pending.length > 0) await count();
      const found = await counted.read(gathered.columns(), signal);
      return {
        ...{ at, milliseconds: Math.round(performance.now() - began) },
        ...{ bytes: read.bytes, rows: passed, unreadableCount: read.unreadableCount },
        ...found,
        messages: {
          partitions: asDoubles(places.map(([partition]) => partition)),
          offsets: asDoubles(places.map(([, offset]) => offset)),
          tombstones: read.tombstones,
        },
      };
    } finally {
      await engine.close();
    }
  });
}
