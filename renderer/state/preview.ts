import type { StoreApi } from 'zustand/vanilla';
import type { WasmEngine } from '../engine/wasm';
import type { WorkbenchState } from './model';

/** Keeps grid and counts in step with the rules. */
export type Preview = {
  /** The rules or the sample changed: repaints what is visible at once and counts in the background. */
  update(): void;
  /** Another step or filter is looked at; the trace stays as it is. */
  look(): void;
  /** Gives everything up that is under way. */
  stop(): void;
};

export function createPreview(_options: {
  store: StoreApi<WorkbenchState>;
  engine: () => Promise<WasmEngine>;
}): Preview {
  return { update() {}, look() {}, stop() {} };
}
