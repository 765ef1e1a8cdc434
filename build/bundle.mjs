// Bundles the program into out/: the host's programs with esbuild, the window with Vite.
// `npm run build` does it in any case, `ensureBuilt` where the sources have changed.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { readArguments } from './arguments.mjs';
import { exclusively, root } from './setup/lock.mjs';

const out = path.join(root, 'out');
const inRoot = (...names) => path.join(root, ...names);

/** @typedef {'host' | 'window'} Part */

/** What each part is made of, and what makes it. The bundler itself comes with the lock file. */
const parts = {
  host: {
    sources: ['shared', 'main', 'package.json', 'package-lock.json', 'build/bundle.mjs'],
    build: buildHost,
  },
  window: { sources: ['shared', 'renderer', 'package-lock.json', 'build/bundle.mjs'], build: buildWindow },
};

/**
 * Builds the parts whose sources have changed since they were built.
 * @param {{ log: (line: string) => void, only?: Part[] }} options
 */
export async function ensureBuilt({ log, only = ['host', 'window'] }) {
  if (only.every(isCurrent)) return;
  await exclusively('build', async () => {
    const stale = only.filter((part) => !isCurrent(part));
    if (stale.length === 0) return;
    log('building …');
    await Promise.all(stale.map(build));
  });
}

/** @param {Part} part */
async function build(part) {
  // Taken before, so that what changes meanwhile is built the next time.
  const mark = fingerprint(part);
  rmSync(stamp(part), { force: true });
  await parts[part].build();
  mkdirSync(out, { recursive: true });
  writeFileSync(stamp(part), mark);
}

const stamp = (part) => path.join(out, `${part}.stamp`);

function isCurrent(part) {
  return existsSync(stamp(part)) && readFileSync(stamp(part), 'utf8') === fingerprint(part);
}

/** Changes when a file is added, removed, renamed or written to. */
function fingerprint(part) {
  const hash = createHash('sha256');
  for (const source of parts[part].sources) {
    const place = inRoot(source);
    for (const file of statSync(place).isFile() ? [place] : filesIn(place)) {
      const state = statSync(file, { throwIfNoEntry: false });
      if (state) hash.update(`${path.relative(root, file)}\0${state.mtimeMs}\0${state.size}\n`);
    }
  }
  return hash.digest('hex');
}

function filesIn(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort();
}

/** Zod as a star import: from `{ z }` esbuild keeps all of it, its messages in fifty languages too. */
const wholeOfZod = /^import \{ z \} from 'zod';$/m;

/** @type {import('esbuild').Plugin} */
const leanZod = {
  name: 'lean-zod',
  setup(build) {
    build.onLoad({ filter: /[\\/](shared|main)[\\/].*\.ts$/ }, async ({ path: file }) => ({
      contents: (await readFile(file, 'utf8')).replace(wholeOfZod, "import * as z from 'zod';"),
      loader: 'ts',
    }));
  },
};

/**
 * Settings of esbuild for the host's programs: ES modules for Node, with chunks for what only some commands need.
 * npm packages are bundled too, since loading hundreds of small files would double the time the command line takes to
 * start. Identifiers stay as they are, so that a stack can be read.
 * @returns {import('esbuild').BuildOptions & { plugins: import('esbuild').Plugin[] }}
 */
export function hostSettings() {
  return {
    entryPoints: ['web', 'cli', 'electron']
      .map((shell) => inRoot('main', shell, 'main.ts'))
      .concat(filesIn(inRoot('main')).filter((file) => file.endsWith('-worker.ts')))
      .filter(existsSync),
    outbase: inRoot('main'),
    outdir: out,
    chunkNames: 'chunks/[name]-[hash]',
    bundle: true,
    splitting: true,
    minifySyntax: true,
    minifyWhitespace: true,
    plugins: [leanZod],
    // They have native code or files of their own.
    external: ['electron', '@duckdb/node-bindings', '@duckdb/duckdb-wasm'],
    // For what CommonJS packages require of Node.
    banner: {
      js: "import { createRequire as createOwnRequire } from 'node:module'; const require = createOwnRequire(import.meta.url);",
    },
    platform: 'node',
    target: 'node20',
    format: 'esm',
    sourcemap: true,
    logLevel: 'warning',
  };
}

/**
 * Settings for the preload script: sandboxed, it must be one CommonJS file.
 * @returns {import('esbuild').BuildOptions}
 */
export function preloadSettings() {
  return {
    entryPoints: [inRoot('main/electron/preload.ts')].filter(existsSync),
    outfile: path.join(out, 'electron/preload.cjs'),
    bundle: true,
    external: ['electron'],
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    logLevel: 'warning',
  };
}

async function buildHost() {
  rmSync(path.join(out, 'chunks'), { recursive: true, force: true });
  const esbuild = await import('esbuild');
  await Promise.all([esbuild.build(hostSettings()), esbuild.build(preloadSettings())]);
}

async function buildWindow() {
  const vite = await import('vite');
  await vite.build({ root: inRoot('renderer'), logLevel: 'warn' });
}

if (process.argv[1] === import.meta.filename) {
  readArguments('npm run build');
  await exclusively('build', () => Promise.all(Object.keys(parts).map(build))).catch((error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
}
