// Stands in for the app that a plain Electron starts first: it reads the command line
// `electron [-r MODULE]… PATH …` and hands over to the app at PATH. An ES module, because Electron waits for one
// to finish before it reports ready, so that PATH can still register schemes.
import { existsSync, readFileSync } from 'node:fs';
import Module, { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { app } from 'electron';

const { preloads, target } = readArguments(process.argv.slice(1));
if (target === undefined) {
  console.error('usage: electron [-r MODULE] PATH');
  process.exit(2);
}
Object.defineProperty(process, 'defaultApp', { value: true, enumerable: true });
Module._preloadModules(preloads);
try {
  await import(pathToFileURL(adopt(path.resolve(target))).href);
} catch (error) {
  console.error(`${target} cannot be started: ${error?.stack ?? error}`);
  process.exit(1);
}

function readArguments(words) {
  const preloads = [];
  for (let index = 0; index < words.length; index++) {
    const word = words[index];
    if (word === '-r' || word === '--require') preloads.push(words[++index]);
    else if (word.startsWith('--app=')) return { preloads, target: word.slice('--app='.length) };
    else if (!word.startsWith('-')) return { preloads, target: word };
  }
  return { preloads, target: undefined };
}

/** Gives the app at this place its name, version and path, and answers its entry file. */
function adopt(place) {
  const description = path.join(place, 'package.json');
  const entry = createRequire(path.join(place, 'index.js')).resolve(place);
  if (!existsSync(description)) {
    app.setAppPath(path.dirname(entry));
    return entry;
  }
  const { name, productName, version } = JSON.parse(readFileSync(description, 'utf8'));
  if (version) app.setVersion(version);
  app.setName(productName ?? name ?? app.getName());
  app.setAppPath(place);
  return entry;
}
