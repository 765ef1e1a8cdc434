import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { exclusively, root } from './lock.mjs';
import { run } from './run.mjs';

const stamp = path.join(root, 'node_modules', '.package-lock.sha256');

/** Installs the npm packages of package-lock.json unless they are there. */
export async function ensureNpm({ log }) {
  if (isCurrent()) return;
  await exclusively('npm', async () => {
    if (isCurrent()) return;
    log('installing npm packages …');
    await run('npm', ['ci', '--no-audit', '--no-fund'], { cwd: root });
    writeFileSync(stamp, lockHash());
  });
}

function isCurrent() {
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === lockHash();
}

function lockHash() {
  return createHash('sha256')
    .update(readFileSync(path.join(root, 'package-lock.json')))
    .digest('hex');
}
