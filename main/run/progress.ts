import type { RunProgress } from '../../shared/contract/calls/runs';
import type { NativeEngine } from '../engine/native';

const EVERY_MS = 200;

export type Watch = {
  phase(phase: RunProgress['phase'], of?: number | null): void;
  /** How many rows are done, where the engine is not the one to know. */
  told(rows: number): void;
  done(rows: number): void;
  stop(): void;
};

/** Reports how far a run is, several times a second, until it is stopped. */
export function watchProgress(
  engine: NativeEngine,
  onProgress: ((progress: RunProgress) => void) | undefined,
): Watch {
  let current: RunProgress['phase'] = 'reading';
  let total: number | null = null;
  let since = performance.now();
  let told: number | null = null;
  const tell = (rows: number) => {
    const seconds = (performance.now() - since) / 1000;
    onProgress?.({
      phase: current,
      rows,
      of: total,
      rowsPerSecond: seconds > 0 ? Math.round(rows / seconds) : null,
    });
  };
  const reached = () => told ?? Math.round((engine.progress() ?? 0) * (total ?? 0));
  const timer = onProgress && setInterval(() => tell(reached()), EVERY_MS);
  return {
    phase(phase, of = null) {
      current = phase;
      total = of;
      told = null;
      since = performance.now();
    },
    told(rows) {
      told = rows;
    },
    done: tell,
    stop: () => clearInterval(timer),
  };
}
