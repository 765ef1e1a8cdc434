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
  const outdir = path.join(root, 'out', 'bench');
  const entryPoints = [path.join(root, entry)];
  await build({ ...hostSettings(), entryPoints, outbase: path.dirname(entryPoints[0]), outdir });
  return import(pathToFileURL(path.join(outdir, `${path.basename(entry, '.ts')}.js`)).href);
}
