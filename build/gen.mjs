// `npm run gen`: writes docs/operations, the reference documentation, from the operations' definitions.
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { readArguments } from './arguments.mjs';
import { load } from './load.mjs';
import { root } from './setup/lock.mjs';

readArguments('npm run gen');
const folder = path.join(root, 'docs', 'operations');

const { referencePages } = await load('main/documentation/reference.ts');
const pages = referencePages();
mkdirSync(folder, { recursive: true });
for (const name of readdirSync(folder))
  if (name.endsWith('.md') && !pages.has(name)) rmSync(path.join(folder, name));
for (const [name, text] of pages) writeFileSync(path.join(folder, name), text);
console.log(`docs/operations: ${pages.size} pages`);
