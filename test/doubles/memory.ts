import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collect: () => void = runInNewContext('gc');

/**
 * What is kept in memory once what is no longer needed was collected, in megabytes: objects, buffers and the memory
 * of WebAssembly. What the process holds (its resident set) also counts garbage, and so says little over a minute.
 */
export function keptMemory(): number {
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / 1e6;
}
