import type { ShapeCover } from '../../shared/contract/calls/source';
import type { NativeEngine } from '../engine/native';
import { overSource, type SourceRequest } from './over-source';
import { piecesOf } from './pieces';
import { scan } from './scan';
import { countShapes } from './shape-count';

const TELL_MS = 250;

/** While DuckDB computes: how far it is. */
function tellProgress(engine: NativeEngine, rows: () => number, tell: (rows: number) => void) {
  const timer = setInterval(() => {
    const share = engine.progress();
    if (share !== null) tell(Math.round(share * rows()));
  }, TELL_MS);
  return () => clearInterval(timer);
}

/**
 * Reads all of a source and lists the shapes of each column's values with their counts, and with a row that has each.
 * Memory stays bounded: DuckDB counts, and what comes over the network is taken in pieces.
 */
export async function coverShapes(request: SourceRequest): Promise<ShapeCover> {
  const [began, at] = [performance.now(), new Date().toISOString()];
  return overSource(request, null, async (job, table) => {
    const { engine, dialect, signal, told } = job;
    let [inPiece, passed] = [0, 0];
    const stopTelling = tellProgress(
      engine,
      () => inPiece,
      (rows) => told(passed + rows),
    );
    try {
      const counted = await countShapes(engine, table);
      const whole = dialect.format === 'jsonl' || dialect.format === 'json';
      const scanned = await scan(job, piecesOf(job, { whole }), async (piece) => {
        [passed, inPiece] = [piece.passed, piece.rows];
        await counted.add(piece, signal);
        return true;
      });
      const found = await counted.read(undefined, signal);
      return {
        ...{ at, milliseconds: Math.round(performance.now() - began) },
        ...{ bytes: scanned.bytes, rows: scanned.rows, unreadableCount: scanned.unreadableCount },
        ...found,
      };
    } finally {
      stopTelling();
    }
  });
}
