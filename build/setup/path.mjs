import { accessSync, constants } from 'node:fs';
import path from 'node:path';

/**
 * Where a program is found on PATH, or null.
 * @param {string} program
 */
export function findProgram(program) {
  for (const folder of (process.env.PATH ?? '').split(path.delimiter)) {
    const file = path.join(folder, program);
    try {
      accessSync(file, constants.X_OK);
      return file;
    } catch {
      // not in this folder
    }
  }
  return null;
}
