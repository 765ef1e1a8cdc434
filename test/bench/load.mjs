import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { hostSettings } from '../../build/bundle.mjs';
import { root } from './sample.mjs';

/**
 * Bundles a TypeScript module as the host's programs are, beside them, and imports it.
 * @param {string} entry from the root of the checkout
 */
export async function load(entry) {
  const outfile = path.join(root, 'out', 'bench', `${path.basename(entry, '.ts')}.js`);
  const { outdir: _, outbase: __, ...settings } = hostSettings();
  await build({ ...settings, entryPoints: [path.join(root, entry)], outfile });
  return import(pathToFileURL(outfile).href);
}
