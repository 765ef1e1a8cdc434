import type { RunProgress } from '../../shared/contract/calls/runs';
import type { NativeEngine } from '../engine/native';

const EVERY_MS = 200;

/** Reports how far a run is, several times a second, until it is stopped. */
export function watchProgress(
  engine: NativeEngine,
  onProgress: ((progress: RunProgress) => void) | undefined,
): {
  phase(phase: RunProgress['phase'], of?: number | null): void;
  /** How many inputs of a lookup have been answered, which the engine knows nothing of. */
  answered(rows: number): void;
  done(rows: number): void;
  stop(): void;
} {
  let current: RunProgress['phase'] = 'reading';
  let total: number | null = null;
  let since = performance.now();
  let answered: number | null = null;
  const tell = (rows: number) => {
    const seconds = (performance.now() - since) / 1000;
    onProgress?.({
      phase: current,
      rows,
      of: total,
      rowsPerSecond: seconds > 0 ? Math.round(rows / seconds) : null,
    });
  };
  const timer = onProgress && setInterval(() => tell(answered ?? engine.progress().rows), EVERY_MS);
  return {
    phase(phase, of = null) {
      current = phase;
      total = of;
      answered = null;
      since = performance.now();
    },
    answered(rows) {
      answered = rows;
    },
    done: tell,
    stop: () => clearInterval(timer),
  };
}
