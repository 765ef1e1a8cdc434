import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Fault } from '../../shared/contract/errors';
import { PHONE_METADATA_VERSION } from '../../shared/lookup/phone-options';

/** The job and its libraries, made by `npm run setup:spark`: file names and content. */
export type JobFiles = {
  readonly job: string;
  readonly stream: string;
  readonly scan: string;
  readonly libraries: readonly string[];
  readonly hash: string;
  read(name: string): Promise<Uint8Array>;
};

const JOB = 'job.py';
const STREAM = 'stream.py';
const SCAN = 'scan.py';
const LIBRARIES = ['dataharmonize.zip', `phonenumbers-${PHONE_METADATA_VERSION}.zip`];

function programFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder);
  return folder;
}

/** Finds the job's files in `out/pyspark`; a Fault says how to make them. */
export function findJobFiles(folder = join(programFolder(), 'out', 'pyspark')): JobFiles {
  const names = [JOB, STREAM, SCAN, ...LIBRARIES];
  const missing = names.find((name) => !existsSync(join(folder, name)));
  if (missing !== undefined) {
    throw new Fault({
      code: 'publish.no-job',
      message: `The job’s file ${missing} is not there.`,
      unaffected: 'The rules and the sample are as they were.',
      advice: 'Type  npm run setup:spark  in the program’s folder, once.',
    });
  }
  const hash = createHash('sha256');
  for (const name of names) hash.update(name).update(readFileSync(join(folder, name)));
  return {
    job: JOB,
    stream: STREAM,
    scan: SCAN,
    libraries: LIBRARIES,
    hash: hash.digest('hex'),
    read: (name) => readFile(join(folder, name)),
  };
}
