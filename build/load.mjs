import path from 'node:path';
import { build } from 'esbuild';
import { root } from './setup/lock.mjs';

/**
 * Bundles a TypeScript module in memory, so that it needs no build, and imports it.
 * @param {string} entry from the root of the checkout
 */
export async function load(entry) {
  const bundled = await build({
    entryPoints: [path.join(root, entry)],
    bundle: true,
    write: false,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    logLevel: 'silent',
  });
  const code = Buffer.from(bundled.outputFiles[0].contents).toString('base64');
  return await import(`data:text/javascript;base64,${code}`);
}
