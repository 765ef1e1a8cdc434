import type { RunProgress } from '../../shared/contract/calls/runs';
import type { NativeEngine } from '../engine/native';

const EVERY_MS = 200;

/** Reports how far a run is, several times a second, until it is stopped. */
export function watchProgress(
  engine: NativeEngine,
  onProgress: ((progress: RunProgress) => void) | undefined,
): { phase(phase: RunProgress['phase'], of?: number | null): void; done(rows: number): void; stop(): void } {
  let current: RunProgress['phase'] = 'reading';
  let total: number | null = null;
  let since = performance.now();
  const tell = (rows: number) => {
    const seconds = (performance.now() - since) / 1000;
    onProgress?.({
      phase: current,
      rows,
      of: total,
      rowsPerSecond: seconds > 0 ? Math.round(rows / seconds) : null,
    });
  };
  const timer = onProgress && setInterval(() => tell(engine.progress().rows), EVERY_MS);
  return {
    phase(phase, of = null) {
      current = phase;
      total = of;
      since = performance.now();
    },
    done: tell,
    stop: () => clearInterval(timer),
  };
}
